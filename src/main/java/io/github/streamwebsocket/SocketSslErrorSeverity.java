package io.github.streamwebsocket;

/**
 * How bad the errors of a server's certificate chain are, as in {@code
 * Windows.Networking.Sockets.SocketSslErrorSeverity}.
 */
public enum SocketSslErrorSeverity {
    /** There are no errors. */
    NONE(0),
    /** Errors that {@link TlsControl#ignorableServerCertificateErrors()} may tell to overlook, and no others. */
    IGNORABLE(1),
    /** At least one error that nobody may overlook: the content of the chain cannot be relied on. */
    FATAL(2);

    private final int value;

    SocketSslErrorSeverity(int value) {
        this.value = value;
    }

    /**
     * Returns the number this constant has in the original enumeration.
     *
     * @return the number
     */
    public int value() {
        return value;
    }
}
