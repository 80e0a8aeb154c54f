package io.github.streamwebsocket.internal.tls;

import io.github.streamwebsocket.ChainValidationResult;
import io.github.streamwebsocket.ServerCertificates;
import io.github.streamwebsocket.WebErrorStatus;
import java.security.cert.CertificateException;
import java.util.Set;
import java.util.stream.Collectors;
import org.bouncycastle.tls.AlertDescription;
import org.jspecify.annotations.Nullable;

/** Why a server's certificate was refused, in our words; travels through the TLS provider as the cause of its alert. */
final class CertificateRefusedException extends CertificateException {
    private static final long serialVersionUID = 1L;

    private final WebErrorStatus status;
    private final short alert;
    private final transient ServerCertificates certificates;

    private CertificateRefusedException(
            WebErrorStatus status,
            short alert,
            String message,
            ServerCertificates certificates,
            @Nullable Throwable cause) {
        super(message, cause);
        this.status = status;
        this.alert = alert;
        this.certificates = certificates;
    }

    /**
     * By the validation, or for want of a pin.
     *
     * @param errors those of the certificates' errors that were not ignored; at least one
     */
    static CertificateRefusedException notTrusted(
            String host, ServerCertificates certificates, Set<ChainValidationResult> errors) {
        return new CertificateRefusedException(
                WorstError.status(errors),
                WorstError.alert(errors),
                message(host, certificates, errors),
                certificates,
                null);
    }

    static String message(String host, ServerCertificates certificates, Set<ChainValidationResult> errors) {
        return "certificate of " + host + " is not trusted: "
                + certificates.explanations().entrySet().stream()
                        .filter(entry -> errors.contains(entry.getKey()))
                        .map(entry -> entry.getKey() + " (" + entry.getValue() + ")")
                        .collect(Collectors.joining(", "));
    }

    /**
     * By a handler of the application.
     *
     * @param fault what the handler threw, if that is how it rejected
     */
    static CertificateRefusedException rejected(
            String host, ServerCertificates certificates, @Nullable Throwable fault) {
        return new CertificateRefusedException(
                WebErrorStatus.CERTIFICATE_IS_INVALID,
                AlertDescription.bad_certificate,
                "certificate of " + host + " was rejected by the application",
                certificates,
                fault);
    }

    WebErrorStatus status() {
        return status;
    }

    /** The description of the alert that the server gets (RFC 8446 6). */
    short alert() {
        return alert;
    }

    ServerCertificates certificates() {
        return certificates;
    }
}
