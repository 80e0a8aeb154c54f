package io.github.streamwebsocket.testing;

import io.github.streamwebsocket.internal.tls.Credentials;
import io.github.streamwebsocket.internal.tls.ServerCredential;
import java.net.URI;

/** What lies between client and server. */
public enum Transport {
    WS,
    WSS_RSA,
    WSS_ECDSA;

    /** What the server proves its name with: localhost, 127.0.0.1 or ::1. */
    public ServerCredential credential() {
        return switch (this) {
            case WS -> throw new IllegalStateException("no TLS");
            case WSS_RSA -> Credentials.RSA;
            case WSS_ECDSA -> Credentials.EC;
        };
    }

    public boolean secure() {
        return this != WS;
    }

    public URI uri(int port, String path) {
        return URI.create((secure() ? "wss" : "ws") + "://127.0.0.1:" + port + path);
    }
}
