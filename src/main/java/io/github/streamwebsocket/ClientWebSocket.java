package io.github.streamwebsocket;

import java.io.IOException;
import java.net.URI;
import java.util.function.Consumer;

/**
 * The client's end of a connection. It is configured by {@link #control()} and {@link #setRequestHeader}, connected once,
 * and closed once. After a failed connect it may be configured anew and connected again; after {@link #close()} or {@link
 * #abort()} it may not.
 */
public sealed interface ClientWebSocket extends WebSocket permits StreamWebSocket, MessageWebSocket {

    /**
     * Returns the settings. They can be changed until {@link #connect} and again after a failed one.
     *
     * @return the same object each time
     */
    WebSocketControl<?> control();

    /**
     * Adds a header to the opening request, in place of one of the same name that was set before.
     *
     * @param name a token (RFC 9110 5.1) that is none of the headers the handshake owns: {@code Host}, {@code Upgrade},
     *     {@code Connection}, {@code Content-Length}, {@code Transfer-Encoding} and all {@code Sec-WebSocket-*}
     * @param value the value: no CR, LF, NUL or other control characters
     * @throws IllegalArgumentException for any other name or value
     * @throws IllegalStateException if the socket is connected, connecting or closed
     */
    void setRequestHeader(String name, String value);

    /**
     * Adds a handler that decides whether to connect to a server, after the default validation has passed: without
     * errors, or with none but {@link TlsControl#ignorableServerCertificateErrors() ignorable} ones, and with
     * a {@link TlsControl#publicKeyPins() pinned} key if there are pins. It is asked in each {@code connect}
     * to a {@code wss} URI, during the TLS handshake, before a byte of the opening request is sent; with an {@link
     * TlsControl#sslContext() SSLContext} of one's own, after the handshake.
     *
     * <p>The connection is allowed unless the handler calls {@code reject()} or throws; what it throws goes to the system
     * logger and is the cause of what {@code connect} throws. Each handler runs on a thread of its own, a
     * virtual one from JDK 24 on, and may block; {@code connect} waits for it, and for the deferrals it takes, up to the
     * connect timeout, {@link #abort()}, {@link #close()} or its own interruption, which interrupt the handler's thread.
     * Several handlers are asked one after another in the order of registration; the first rejection ends it. {@link
     * #information()} has the certificates by then.
     *
     * {@snippet :
     * socket.onServerCustomValidationRequested(args -> {
     *     if (!known.contains(args.serverCertificate())) {
     *         args.reject();
     *     }
     * });
     * }
     *
     * @param handler asked about the server; may be added at any time, and counts from the next validation on
     * @return closing it removes the handler
     */
    Registration onServerCustomValidationRequested(
            Consumer<? super WebSocketServerCustomValidationRequestedEventArgs> handler);

    /**
     * Connects: looks up the name, connects TCP, for {@code wss} TLS, and does the opening handshake of RFC 6455 4. Blocks
     * for all of it, for the connect timeout at the most (30 s unless set). When it throws, the socket is as before, and
     * may be configured anew and connected again, unless it was closed or aborted.
     *
     * @param uri an absolute {@code ws} or {@code wss} URI with a host, without fragment and user info
     * @throws WebSocketCertificateException if the server's certificate is not trusted, does not name the host, is not
     *     pinned, or was rejected by a handler of {@link #onServerCustomValidationRequested}
     * @throws WebSocketConnectException if no connection can be made, TLS fails, the time is over, the
     *     thread is interrupted, or {@link #abort()} or {@link #close()} is called meanwhile, after which the socket cannot
     *     be connected any more
     * @throws WebSocketHandshakeException if the server refuses, or answers what RFC 6455 does not allow
     * @throws IOException if the connection breaks
     * @throws IllegalArgumentException if the URI is no such URI; nothing is sent
     * @throws IllegalStateException if the socket was connected or closed before, or another thread is connecting it
     */
    void connect(URI uri) throws IOException;
}
