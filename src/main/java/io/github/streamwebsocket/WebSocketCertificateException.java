package io.github.streamwebsocket;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The server's certificate was refused: by the validation, a public key pin or a handler of {@link
 * StreamWebSocket#onServerCustomValidationRequested}. Not a byte of the opening request was sent. Carries everything that
 * was found wrong.
 */
public class WebSocketCertificateException extends WebSocketConnectException {
    private static final long serialVersionUID = 1L;

    /** The facts, which are not part of the serial form. */
    private final transient ServerCertificates certificates;

    /**
     * Made by the library; its parameters may change in any release.
     *
     * @param status the kind of fault
     * @param message what is wrong
     * @param certificates the chain and its errors
     * @param cause the fault below, or null
     */
    public WebSocketCertificateException(
            WebErrorStatus status, String message, ServerCertificates certificates, @Nullable Throwable cause) {
        super(status, message, cause);
        this.certificates = certificates;
    }

    /**
     * Returns the chain and its errors.
     *
     * @return the same as {@link StreamWebSocket#information()} tells after the failed connect
     */
    @SuppressWarnings("ConstantValue") // null after deserialization, for certificates are not part of the serial form
    public ServerCertificates certificates() {
        return certificates == null ? ServerCertificates.NONE : certificates;
    }

    /**
     * Returns every error of the chain.
     *
     * @return the errors in the order of the constants; empty when a handler rejected a chain without any
     */
    public List<ChainValidationResult> serverCertificateErrors() {
        return certificates().errors();
    }

    /**
     * Returns every error of the chain with words that say where it is.
     *
     * @return an explanation for each error
     */
    public Map<ChainValidationResult, String> explanations() {
        return certificates().explanations();
    }

    /**
     * Returns how bad the errors are.
     *
     * @return the severity of the worst
     */
    public SocketSslErrorSeverity serverCertificateErrorSeverity() {
        return certificates().severity();
    }

    /**
     * Returns what the server sent.
     *
     * @return its own certificate first
     */
    public List<X509Certificate> chain() {
        return certificates().sent();
    }
}
