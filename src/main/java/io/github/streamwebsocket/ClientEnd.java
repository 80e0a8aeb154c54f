package io.github.streamwebsocket;

import io.github.streamwebsocket.internal.ClientSettings;
import io.github.streamwebsocket.internal.HandlerList;
import io.github.streamwebsocket.internal.Role;
import io.github.streamwebsocket.internal.ServerValidation;
import io.github.streamwebsocket.internal.connection.Connection;
import io.github.streamwebsocket.internal.connection.Handlers;
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
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The life of a client's socket, whichever it is: not connected, connecting, connected, closed. Takes one attempt to
 * connect at a time, and makes the socket terminal with the first close or abort. For any thread.
 */
final class ClientEnd implements End {
    private enum State {
        NEW,
        CONNECTING,
        CONNECTED,
        CLOSED
    }

    private static final AtomicReferenceFieldUpdater<ClientEnd, State> STATE =
            AtomicReferenceFieldUpdater.newUpdater(ClientEnd.class, State.class, "state");
    private static final AtomicReferenceFieldUpdater<ClientEnd, Headers> REQUEST_HEADERS =
            AtomicReferenceFieldUpdater.newUpdater(ClientEnd.class, Headers.class, "requestHeaders");

    private final ClientInformation information;
    private final boolean text;
    private final Handlers<WebSocketClosedEventArgs> closed = new Handlers<>("closed");
    private final HandlerList<WebSocketServerCustomValidationRequestedEventArgs> validationHandlers =
            new HandlerList<>();
    private volatile Headers requestHeaders = Headers.EMPTY;

    private volatile State state = State.NEW;
    /** The attempt to connect that is under way; what abort() ends. */
    private volatile @Nullable ConnectScope attempt;

    private volatile @Nullable Connection connection;

    /**
     * Makes the end of a socket that is not connected.
     *
     * @param text whether the socket takes text messages
     */
    ClientEnd(ClientInformation information, boolean text) {
        this.information = information;
        this.text = text;
    }

    /** @throws IllegalStateException when it is too late for settings */
    void checkConfigurable() {
        State now = state;
        if (now != State.NEW) {
            throw new IllegalStateException("expected a socket not yet connected but it is "
                    + switch (now) {
                        case CONNECTING -> "connecting";
                        case CONNECTED -> "connected";
                        default -> "closed";
                    }
                    + ": settings, headers and handlers of messages count when connect starts");
        }
    }

    void setRequestHeader(String name, String value) {
        RequestHeaderRules.check(Objects.requireNonNull(name, "name"), Objects.requireNonNull(value, "value"));
        checkConfigurable();
        REQUEST_HEADERS.updateAndGet(this, before -> {
            List<Headers.Field> fields = new ArrayList<>(before.fields());
            fields.removeIf(field -> field.name().equalsIgnoreCase(name));
            fields.add(new Headers.Field(name, value));
            return Headers.of(fields);
        });
    }

    Registration onValidation(Consumer<? super WebSocketServerCustomValidationRequestedEventArgs> handler) {
        return validationHandlers.add(handler);
    }

    /**
     * Connects.
     *
     * @param beforeUse is given the connection before anybody else can use it
     */
    void connect(URI uri, WebSocketControl<?> control, Consumer<Connection> beforeUse) throws IOException {
        WebSocketUri target = WebSocketUri.of(Objects.requireNonNull(uri, "uri"));
        enterConnecting();
        try {
            information.reset();
            ServerValidation validation =
                    new ServerValidation(information::serverCertificates, validationHandlers::registered);
            ClientSettings settings = control.snapshot(requestHeaders, validation);
            Connection opened = connect(target, settings);
            control.opened(opened, settings.connection());
            beforeUse.accept(opened);
            enterConnected(opened);
        } finally {
            attempt = null;
            STATE.compareAndSet(this, State.CONNECTING, State.NEW);
        }
    }

    private void enterConnecting() {
        if (STATE.compareAndSet(this, State.NEW, State.CONNECTING)) {
            return;
        }
        if (connection != null) {
            throw new IllegalStateException(
                    "expected a socket that was never connected: make a new one to connect again");
        }
        if (state == State.CLOSED) {
            throw new IllegalStateException(
                    "expected a socket that is not closed but it was closed or aborted: make a new one to connect");
        }
        throw new IllegalStateException("expected one connect() at a time but another thread is in it");
    }

    private Connection connect(WebSocketUri target, ClientSettings settings) throws IOException {
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
                    text,
                    closed,
                    () -> {});
            information.established(established);
            return opened;
        }
    }

    private void enterConnected(Connection opened) throws WebSocketConnectException {
        connection = opened;
        if (!STATE.compareAndSet(this, State.CONNECTING, State.CONNECTED)) {
            opened.abort();
            throw cancelled();
        }
    }

    private void checkNotClosed() throws WebSocketConnectException {
        if (state == State.CLOSED) {
            throw cancelled();
        }
    }

    private static WebSocketConnectException cancelled() {
        return new WebSocketConnectException(
                WebErrorStatus.OPERATION_CANCELED, "no connection: this socket was closed or aborted meanwhile", null);
    }

    @Override
    public Handlers<WebSocketClosedEventArgs> closed() {
        return closed;
    }

    @Override
    public Connection connection() throws WebSocketClosedException {
        Connection opened = connection;
        if (opened != null) {
            return opened;
        }
        if (state == State.CLOSED) {
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
        state = State.CLOSED;
        ConnectScope scope = attempt;
        if (scope != null) {
            scope.cancel();
        }
        return connection;
    }
}
