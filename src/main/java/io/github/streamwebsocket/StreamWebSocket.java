package io.github.streamwebsocket;

import io.github.streamwebsocket.internal.ClientSettings;
import io.github.streamwebsocket.internal.HandlerList;
import io.github.streamwebsocket.internal.Role;
import io.github.streamwebsocket.internal.ServerValidation;
import io.github.streamwebsocket.internal.connection.Connection;
import io.github.streamwebsocket.internal.frame.ClosePayload;
import io.github.streamwebsocket.internal.handshake.ClientHandshake;
import io.github.streamwebsocket.internal.handshake.Established;
import io.github.streamwebsocket.internal.handshake.RequestHeaderRules;
import io.github.streamwebsocket.internal.handshake.WebSocketUri;
import io.github.streamwebsocket.internal.net.ConnectScope;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A WebSocket client that reads and writes streams, so that files of any size go through in sections: {@code
 * Windows.Networking.Sockets.StreamWebSocket} for Java. For binary data only; a text message from the peer fails the
 * connection with 1003.
 *
 * {@snippet :
 * try (StreamWebSocket socket = StreamWebSocket.open(URI.create("wss://example.org/films"))) {
 *     socket.send(Path.of("film.mkv"));
 * }
 * }
 *
 * <p>A socket is configured by {@link #control()} and {@link #setRequestHeader}, connected once, and closed once. After a
 * failed connect it may be configured anew and connected again; after {@link #close()} or {@link #abort()} it may not.
 */
public final class StreamWebSocket extends ConnectedWebSocket {
    private enum State {
        NEW,
        CONNECTING,
        CONNECTED,
        CLOSED
    }

    private final StreamWebSocketInformation information = new StreamWebSocketInformation();
    private final StreamWebSocketControl control = new StreamWebSocketControl(this::checkConfigurable);

    private final HandlerList<WebSocketServerCustomValidationRequestedEventArgs> validationHandlers =
            new HandlerList<>();
    private final ServerValidation validation =
            new ServerValidation(information::serverCertificates, validationHandlers::registered);
    private final ReentrantLock headerLock = new ReentrantLock();
    /** Guarded by headerLock. */
    private final List<Headers.Field> requestHeaders = new ArrayList<>();

    private final AtomicReference<State> state = new AtomicReference<>(State.NEW);
    /** The attempt to connect that is under way; what abort() ends. */
    private volatile @Nullable ConnectScope attempt;

    private volatile @Nullable Connection connection;

    /** Makes a socket that is not connected. */
    public StreamWebSocket() {}

    /**
     * Makes a socket and connects it with all settings at their defaults.
     *
     * @param uri an absolute {@code ws} or {@code wss} URI
     * @return the connected socket
     * @throws WebSocketCertificateException if the server's certificate is not trusted or does not name the host
     * @throws WebSocketConnectException if no connection can be made
     * @throws WebSocketHandshakeException if the server refuses
     * @throws IOException if the connection breaks
     * @throws IllegalArgumentException if the URI is none that can be connected to
     */
    public static StreamWebSocket open(URI uri) throws IOException {
        StreamWebSocket socket = new StreamWebSocket();
        socket.connect(uri);
        return socket;
    }

    /**
     * Returns the settings. They can be changed until {@link #connect} and again after a failed one.
     *
     * @return the same object each time
     */
    public StreamWebSocketControl control() {
        return control;
    }

    @Override
    public StreamWebSocketInformation information() {
        return information;
    }

    /**
     * Adds a header to the opening request, in place of one of the same name that was set before.
     *
     * @param name a token (RFC 9110 5.1) that is none of the headers the handshake owns: {@code Host}, {@code Upgrade},
     *     {@code Connection}, {@code Content-Length}, {@code Transfer-Encoding} and all {@code Sec-WebSocket-*}
     * @param value the value: no CR, LF, NUL or other control characters
     * @throws IllegalArgumentException for any other name or value
     * @throws IllegalStateException if the socket is connected, connecting or closed
     */
    public void setRequestHeader(String name, String value) {
        RequestHeaderRules.check(name, value);
        checkConfigurable();
        headerLock.lock();
        try {
            requestHeaders.removeIf(field -> field.name().equalsIgnoreCase(name));
            requestHeaders.add(new Headers.Field(name, value));
        } finally {
            headerLock.unlock();
        }
    }

    /**
     * Adds a handler that decides whether to connect to a server, after the default validation has passed: without
     * errors, or with none but {@link StreamWebSocketControl#ignorableServerCertificateErrors() ignorable} ones, and with
     * a {@link StreamWebSocketControl#publicKeyPins() pinned} key if there are pins. It is asked in each {@code connect}
     * to a {@code wss} URI, during the TLS handshake, before a byte of the opening request is sent; with an {@link
     * StreamWebSocketControl#sslContext() SSLContext} of one's own, after the handshake.
     *
     * <p>The connection is allowed unless the handler calls {@code reject()} or throws; what it throws goes to the system
     * logger and is the cause of what {@code connect} throws. Each handler runs on a virtual thread of its own and may
     * block; {@code connect} waits for it, and for the deferrals it takes, up to the connect timeout, {@link #abort()},
     * {@link #close()} or its own interruption, which interrupt the handler's thread. Several handlers are asked one
     * after another in the order of registration; the first rejection ends it. {@link #information()} has the
     * certificates by then.
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
    public Registration onServerCustomValidationRequested(
            Consumer<? super WebSocketServerCustomValidationRequestedEventArgs> handler) {
        return validationHandlers.add(handler);
    }

    /**
     * Connects: looks up the name, connects TCP, for {@code wss} TLS, and does the opening handshake of RFC 6455 4. Blocks
     * for all of it, for the connect timeout at the most (30 s unless set). When it throws, the socket is as before, and
     * may be configured anew and connected again.
     *
     * @param uri an absolute {@code ws} or {@code wss} URI with a host, without fragment and user info
     * @throws WebSocketCertificateException if the server's certificate is not trusted, does not name the host, is not
     *     pinned, or was rejected by a handler of {@link #onServerCustomValidationRequested}
     * @throws WebSocketConnectException if no connection can be made, TLS fails, the time is over, {@link #abort()} is called, or the thread is interrupted
     * @throws WebSocketHandshakeException if the server refuses, or answers what RFC 6455 does not allow
     * @throws IOException if the connection breaks
     * @throws IllegalArgumentException if the URI is no such URI; nothing is sent
     * @throws IllegalStateException if the socket was connected before, or another thread is connecting it
     */
    public void connect(URI uri) throws IOException {
        WebSocketUri target = WebSocketUri.of(uri);
        enterConnecting();
        try {
            information.reset();
            connect(target, control.snapshot(headers(), validation));
        } finally {
            attempt = null;
            state.compareAndSet(State.CONNECTING, State.NEW);
        }
    }

    private void enterConnecting() throws WebSocketConnectException {
        if (state.compareAndSet(State.NEW, State.CONNECTING)) {
            return;
        }
        if (connection != null) {
            throw new IllegalStateException(
                    "expected a socket that was never connected: make a new one to connect again");
        }
        if (state.get() == State.CLOSED) {
            throw cancelled();
        }
        throw new IllegalStateException("expected one connect() at a time but another thread is in it");
    }

    private void connect(WebSocketUri target, ClientSettings settings) throws IOException {
        try (ConnectScope scope = ConnectScope.begin(target.host() + ":" + target.port(), settings.connectTimeout())) {
            attempt = scope;
            checkNotClosed(); // abort() has either seen the attempt or is seen here
            Established established = ClientHandshake.connect(target, settings, scope, information::tls);
            scope.succeed();
            Connection opened = Connection.open(
                    Role.CLIENT,
                    established.wire(),
                    established.leftover(),
                    established.deflate(),
                    settings.connection(),
                    false,
                    closed,
                    () -> {});
            information.established(established);
            control.connected(settings.connection());
            connection = opened;
            if (!state.compareAndSet(State.CONNECTING, State.CONNECTED)) {
                opened.abort();
                throw cancelled();
            }
        }
    }

    private void checkNotClosed() throws WebSocketConnectException {
        if (state.get() == State.CLOSED) {
            throw cancelled();
        }
    }

    private static WebSocketConnectException cancelled() {
        return new WebSocketConnectException(
                WebErrorStatus.OPERATION_CANCELED, "no connection: this socket was closed or aborted", null);
    }

    private Headers headers() {
        headerLock.lock();
        try {
            return Headers.of(requestHeaders);
        } finally {
            headerLock.unlock();
        }
    }

    private void checkConfigurable() {
        State now = state.get();
        if (now != State.NEW) {
            throw new IllegalStateException("expected a socket not yet connected but it is "
                    + switch (now) {
                        case CONNECTING -> "connecting";
                        case CONNECTED -> "connected";
                        default -> "closed";
                    }
                    + ": settings and headers are read when connect starts");
        }
    }

    @Override
    Connection connection() throws WebSocketClosedException {
        Connection opened = connection;
        if (opened != null) {
            return opened;
        }
        if (state.get() == State.CLOSED) {
            int none = WebSocketClosedException.NO_CLOSE_FRAME;
            throw new WebSocketClosedException(
                    "this socket was closed before it was connected", none, none, "", false, null);
        }
        throw new IllegalStateException("expected a connected socket: call connect(URI) first");
    }

    @Override
    public boolean isOpen() {
        Connection opened = connection;
        return opened != null && opened.isOpen();
    }

    @Override
    public void close() throws IOException {
        Connection opened = end();
        if (opened != null) {
            opened.close();
        }
    }

    @Override
    public void close(int code, String reason) throws IOException {
        ClosePayload.ofUser(code, reason, Role.CLIENT); // checked also when there is nobody to send it to
        Connection opened = end();
        if (opened != null) {
            opened.close(code, reason);
        }
    }

    @Override
    public void abort() {
        Connection opened = end();
        if (opened != null) {
            opened.abort();
        }
    }

    /** Makes the socket terminal and ends an attempt to connect. Returns the connection if there is one. */
    private @Nullable Connection end() {
        state.set(State.CLOSED);
        ConnectScope scope = attempt;
        if (scope != null) {
            scope.cancel();
        }
        return connection;
    }
}
