package io.github.streamwebsocket.internal.tls;

import io.github.streamwebsocket.WebErrorStatus;
import java.security.cert.CertificateException;
import org.jspecify.annotations.Nullable;

/** Why a server's certificate was refused, in our words; travels through the TLS provider as the cause of its alert. */
final class CertificateRefusedException extends CertificateException {
    private static final long serialVersionUID = 1L;

    private final WebErrorStatus status;

    CertificateRefusedException(WebErrorStatus status, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.status = status;
    }

    WebErrorStatus status() {
        return status;
    }
}
