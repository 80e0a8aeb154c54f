package io.github.streamwebsocket.cli;

import io.github.streamwebsocket.ChainValidationResult;
import io.github.streamwebsocket.ServerCertificates;
import java.security.cert.X509Certificate;
import java.time.Instant;

/** What a person can do about an error of a certificate. Pure. */
final class CertificateAdvice {
    private final ServerCertificates certificates;
    private final Instant now;

    CertificateAdvice(ServerCertificates certificates, Instant now) {
        this.certificates = certificates;
        this.now = now;
    }

    /** Returns a sentence that says what to do. */
    String on(ChainValidationResult error) {
        return switch (error) {
            case SUCCESS -> "Nothing.";
            case UNTRUSTED ->
                "If the authority is your own, save its certificate and use --ca FILE; for one self-signed server whose"
                        + " SHA-256 you have compared with its owner's, pin it: --pin " + pin()
                        + " --ignore UNTRUSTED";
            case REVOKED -> "Do not connect: its authority has withdrawn it; the server needs a new certificate.";
            case EXPIRED ->
                "The server needs a new certificate, unless the clock of this machine is wrong: it says "
                        + now.toString().substring(0, 10) + "; to connect all the same: --ignore EXPIRED";
            case INCOMPLETE_CHAIN ->
                "The server should send the certificate of " + missing()
                        + " as well; until it does, get it from there, save it and use --ca FILE";
            case INVALID_SIGNATURE ->
                "Do not connect: a certificate was altered, or made by somebody else than it says.";
            case WRONG_USAGE ->
                "The server needs a certificate that was issued for servers; to connect all the same:"
                        + " --ignore WRONG_USAGE";
            case INVALID_NAME ->
                "Connect by a name it is valid for; if the server is only reached by another one, say which it has:"
                        + " --server-name NAME";
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
                "The server needs another certificate; if it is a pin that does not match, ask who runs the server for"
                        + " the new one, and only then use it.";
        };
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
