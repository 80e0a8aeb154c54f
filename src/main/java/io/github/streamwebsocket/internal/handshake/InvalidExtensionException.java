package io.github.streamwebsocket.internal.handshake;

/**
 * What is said about an extension is well formed but cannot be agreed to. A server declines such an offer, a client fails
 * the connection (RFC 7692 7.1). Stays inside the handshake.
 */
final class InvalidExtensionException extends Exception {
    /**
     * @param message what was expected and what came
     */
    InvalidExtensionException(String message) {
        super(message);
    }
}
