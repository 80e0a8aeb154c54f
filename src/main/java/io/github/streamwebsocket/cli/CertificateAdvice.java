package io.github.streamwebsocket.cli;

import io.github.streamwebsocket.ChainValidationResult;
import io.github.streamwebsocket.ServerCertificates;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;

/** What a person can do about an error of a certificate. Pure. */
final class CertificateAdvice {
    private final String host;
    private final ServerCertificates certificates;
    private final Instant now;

    /**
     * Makes the adviser.
     *
     * @param host the name the certificate has to have, printable
     * @param certificates the chain and its errors
     * @param now when it was looked at
     */
    CertificateAdvice(String host, ServerCertificates certificates, Instant now) {
        this.host = host;
        this.certificates = certificates;
        this.now = now;
    }

    /** Returns a sentence that says what to do; options to copy are on a line of their own. */
    String on(ChainValidationResult error) {
        return switch (error) {
            case SUCCESS -> "Nothing.";
            case UNTRUSTED -> untrusted();
            case REVOKED -> "Do not connect: its authority has withdrawn it; the server needs a new certificate.";
            case EXPIRED ->
                "The server needs a new certificate, unless the clock of this machine is wrong: it says "
                        + now.toString().substring(0, 10) + "; to connect all the same: --ignore EXPIRED";
            case INCOMPLETE_CHAIN ->
                "If " + missing() + " is an authority you trust, get its certificate from its owner and use --ca FILE;"
                        + " if it is one between the server and a trusted one, the server has to send it.";
            case INVALID_SIGNATURE ->
                "Do not connect: a certificate was altered, or made by somebody else than it says.";
            case WRONG_USAGE ->
                "The server needs a certificate that was issued for servers; to connect all the same:"
                        + " --ignore WRONG_USAGE";
            case INVALID_NAME ->
                "Connect by a name it is valid for, which " + host + " is not; if the server is only reached by that,"
                        + " say which it has: --server-name NAME";
            case INVALID_CERTIFICATE_AUTHORITY_POLICY ->
                "The server needs a certificate whose authorities agree on their policies: tell who runs it.";
            case BASIC_CONSTRAINTS_ERROR ->
                "Do not connect: a certificate was issued by somebody who may not issue any, or not this one.";
            case UNKNOWN_CRITICAL_EXTENSION ->
                "The server needs a certificate that others can understand too: tell who runs it.";
            case REVOCATION_INFORMATION_MISSING ->
                "Have the server staple an OCSP response; to connect all the same:"
                        + " --ignore REVOCATION_INFORMATION_MISSING";
            case REVOCATION_FAILURE ->
                "Have the server staple a fresh OCSP response; to connect all the same: --ignore REVOCATION_FAILURE";
            case OTHER_ERRORS ->
                "If no pin matches, ask who runs the server for the new pin, and do not take it from here; for"
                        + " anything else the server needs another certificate.";
        };
    }

    private String untrusted() {
        List<X509Certificate> path = CertificateReport.shown(certificates);
        String compare = "compare the SHA-256 of the server's certificate with its owner's, and pin it:\n--pin " + pin()
                + " --ignore UNTRUSTED";
        return path.size() == 1
                ? "If you know whose server it is, " + compare
                : "If you trust " + CertificateText.subject(path.getLast())
                        + ", save its certificate and use --ca FILE;" + " if not, but the server, " + compare;
    }

    private String pin() {
        return certificates.certificate().map(CertificateText::pin).orElse("PIN");
    }

    /** The issuer that the end of the path names. */
    private String missing() {
        X509Certificate last = CertificateReport.shown(certificates).getLast();
        return CertificateText.issuer(last);
    }
}
