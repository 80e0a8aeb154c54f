package io.github.streamwebsocket.cli;

import io.github.streamwebsocket.ChainValidationResult;
import io.github.streamwebsocket.ServerCertificates;
import io.github.streamwebsocket.SocketSslErrorSeverity;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What {@code cert} prints: the path from the server's certificate up, what else was sent, and the errors. Pure.
 *
 * @param host the name the certificate has to have
 * @param certificates the chain and its errors
 * @param ignored errors that do not count
 * @param connection what was agreed on in the handshake; "" if it did not come to that
 * @param now when it was looked at
 */
record CertificateReport(
        String host,
        ServerCertificates certificates,
        Set<ChainValidationResult> ignored,
        String connection,
        Instant now) {
    private static final int INDENT = 4;
    private static final int NAME_COLUMNS = 11;

    /** A server may send any number; a path that long is none anybody reads. */
    private static final int MOST_SHOWN = 10;

    List<String> lines() {
        TextPage page = new TextPage();
        path(page);
        unused(page);
        if (!connection.isEmpty()) {
            page.add(0, "connection", INDENT + NAME_COLUMNS, connection);
            page.blank();
        }
        errors(page);
        return page.lines();
    }

    /** Returns the path that was judged; what was sent, if there is none. */
    static List<X509Certificate> shown(ServerCertificates certificates) {
        return certificates.path().isEmpty() ? certificates.sent() : certificates.path();
    }

    private void path(TextPage page) {
        List<X509Certificate> path = shown(certificates);
        for (int i = 0; i < Math.min(path.size(), MOST_SHOWN); i++) {
            X509Certificate certificate = path.get(i);
            page.add("[" + (i + 1) + "] ", " ".repeat(INDENT), CertificateText.subject(certificate));
            page.add(INDENT, role(path, i));
            CertificateText.facts(certificate, now)
                    .forEach((name, value) -> page.add(INDENT, name, NAME_COLUMNS, value));
            page.blank();
        }
        more(page, path.size());
    }

    private static void more(TextPage page, int number) {
        if (number > MOST_SHOWN) {
            page.add(INDENT, String.format(Locale.ROOT, "and %,d more", number - MOST_SHOWN));
            page.blank();
        }
    }

    /** Says what the certificate is here, and who has signed it. */
    private String role(List<X509Certificate> path, int index) {
        String own = index == 0 ? "the server's certificate, " : "";
        X509Certificate certificate = path.get(index);
        if (index + 1 < path.size()) {
            return own + signedBy() + "[" + (index + 2) + "]";
        }
        if (anchored()) {
            String sent = index > 0 && certificates.sent().contains(certificate) ? ", sent as well" : "";
            return own + "trusted here (trust anchor)" + sent;
        }
        boolean selfSigned = certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
        String distrust = certificates.errors().contains(ChainValidationResult.UNTRUSTED) ? ", not trusted here" : "";
        return own
                + (selfSigned
                        ? signedBy() + "itself" + distrust
                        : signedBy() + CertificateText.issuer(certificate) + ", whose certificate was not sent");
    }

    private String signedBy() {
        return certificates.errors().contains(ChainValidationResult.INVALID_SIGNATURE)
                ? "says it was signed by "
                : "signed by ";
    }

    /** Whether the last of the path is a trust anchor. */
    private boolean anchored() {
        List<ChainValidationResult> errors = certificates.errors();
        return !certificates.path().isEmpty()
                && !errors.contains(ChainValidationResult.UNTRUSTED)
                && !errors.contains(ChainValidationResult.INCOMPLETE_CHAIN);
    }

    private void unused(TextPage page) {
        List<X509Certificate> unused = new ArrayList<>(certificates.sent());
        unused.removeAll(shown(certificates));
        if (unused.isEmpty()) {
            return;
        }
        page.add(0, "sent as well, but of no use:");
        for (X509Certificate certificate : unused.subList(0, Math.min(unused.size(), MOST_SHOWN))) {
            page.add("  - ", " ".repeat(INDENT), CertificateText.subject(certificate));
            page.add(
                    INDENT,
                    "signed by " + CertificateText.issuer(certificate) + "; "
                            + CertificateText.validity(certificate, now));
        }
        page.blank();
        more(page, unused.size());
    }

    private void errors(TextPage page) {
        List<ChainValidationResult> errors = certificates.errors().stream()
                .sorted(Comparator.comparingInt(this::rank))
                .toList();
        if (errors.isEmpty()) {
            page.add(0, "OK: the certificate is trusted, and valid for " + ErrorReport.oneLine(host));
            return;
        }
        CertificateAdvice advice = new CertificateAdvice(ErrorReport.oneLine(host), certificates, now);
        page.add(0, errors.size() == 1 ? "1 error:" : errors.size() + " errors:");
        for (ChainValidationResult error : errors) {
            page.blank();
            page.add(0, error + " (" + severity(error) + ")");
            page.add(
                    INDENT,
                    ErrorReport.printable(
                            String.valueOf(certificates.explanations().get(error))));
            if (!ignored.contains(error)) {
                page.add("  > ", " ".repeat(INDENT), advice.on(error));
            }
        }
    }

    /** The worst goes first. */
    private int rank(ChainValidationResult error) {
        if (ignored.contains(error)) {
            return 2;
        }
        return error.severity() == SocketSslErrorSeverity.FATAL ? 0 : 1;
    }

    private String severity(ChainValidationResult error) {
        if (ignored.contains(error)) {
            return "ignored";
        }
        return error.severity() == SocketSslErrorSeverity.FATAL ? "fatal" : "can be ignored";
    }
}
