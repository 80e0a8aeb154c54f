package io.github.streamwebsocket;

import io.github.streamwebsocket.internal.HandlerList;
import io.github.streamwebsocket.internal.connection.Connection;
import io.github.streamwebsocket.internal.connection.MessageSource;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Raises the event of received messages: one virtual thread reads message after message and calls the handlers one after
 * another, so that a slow one holds up the peer and nobody else. For any thread.
 */
final class MessageEvents {
    private static final System.Logger LOGGER = System.getLogger("io.github.streamwebsocket");

    private final HandlerList<MessageWebSocketMessageReceivedEventArgs> handlers = new HandlerList<>();
    private final AtomicBoolean started = new AtomicBoolean();
    private volatile @Nullable Connection connection;
    private volatile @Nullable MessageSource source;
    /** This side ended the connection, so its end is no news. */
    private volatile boolean silent;

    Registration add(Consumer<? super MessageWebSocketMessageReceivedEventArgs> handler) {
        return handlers.add(handler);
    }

    /** Whether there is a handler. */
    boolean wanted() {
        return !handlers.registered().isEmpty();
    }

    boolean started() {
        return started.get();
    }

    /**
     * Takes the messages of a connection for events.
     *
     * @throws IllegalStateException if they are being received in another way
     */
    void take(Connection from) {
        source = from.takeEvents();
        connection = from;
    }

    /** Begins to read what was taken; a second call does nothing. */
    void start(MessageWebSocketReceiveMode mode) {
        if (started.compareAndSet(false, true)) {
            MessageSource messages = Objects.requireNonNull(source, "taken");
            Thread.ofVirtual().name("websocket-messages").start(() -> readAll(messages, mode));
        }
    }

    /** From now on no fault is told. */
    void silence() {
        silent = true;
    }

    /** Faults are told after all. */
    void speak() {
        silent = false;
    }

    private void readAll(MessageSource messages, MessageWebSocketReceiveMode mode) {
        IncomingMessage message = next(messages);
        while (message != null && handOut(new MessageSections(messages, message), message.type(), mode)) {
            message = next(messages);
        }
    }

    /** The next message; null at the end, of which handlers are told if it is a fault. */
    private @Nullable IncomingMessage next(MessageSource messages) {
        while (true) {
            try {
                return messages.next();
            } catch (WebSocketTimeoutException e) {
                // A silence is no fault of a message.
            } catch (WebSocketClosedException e) {
                return null; // between messages: the closed event tells of it
            } catch (IOException e) {
                fail(SocketMessageType.BINARY, e);
                return null;
            }
        }
    }

    /** Hands out a message, whole or in sections; false when it failed. */
    private boolean handOut(MessageSections sections, SocketMessageType type, MessageWebSocketReceiveMode mode) {
        try {
            if (mode == MessageWebSocketReceiveMode.FULL_MESSAGE) {
                raise(type, sections.all(), true);
            } else {
                sections.each((section, last) -> raise(type, section, last));
            }
            return true;
        } catch (IOException e) {
            fail(type, e);
        } catch (OutOfMemoryError e) { // must not leave a connection that nobody reads, in silence
            Objects.requireNonNull(connection, "taken").abort();
            fail(
                    type,
                    new WebSocketAbortedException(
                            WebErrorStatus.CONNECTION_ABORTED,
                            "expected a message that fits into memory: set maxMessageSize, or take PARTIAL_MESSAGE",
                            e));
        }
        return false;
    }

    private void raise(SocketMessageType type, ReceivedBytes data, boolean complete) {
        for (Consumer<? super MessageWebSocketMessageReceivedEventArgs> handler : handlers.registered()) {
            call(handler, MessageWebSocketMessageReceivedEventArgs.of(type, data, complete));
        }
    }

    private void fail(SocketMessageType type, IOException fault) {
        if (silent) {
            return;
        }
        for (Consumer<? super MessageWebSocketMessageReceivedEventArgs> handler : handlers.registered()) {
            call(handler, MessageWebSocketMessageReceivedEventArgs.failed(type, fault));
        }
    }

    private static void call(
            Consumer<? super MessageWebSocketMessageReceivedEventArgs> handler,
            MessageWebSocketMessageReceivedEventArgs args) {
        try {
            handler.accept(args);
        } catch (Throwable e) { // also an Error must not end silently
            LOGGER.log(Level.WARNING, "a handler of messageReceived failed", e);
        } finally {
            Thread.interrupted(); // left by a handler, it would end the connection at the next read
        }
    }
}
