package io.github.streamwebsocket.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.streamwebsocket.MessageWebSocketMessageReceivedEventArgs;
import io.github.streamwebsocket.SocketMessageType;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A handler of received messages that keeps what it is given, for a test to look at. */
public final class ReceivedEvents implements Consumer<MessageWebSocketMessageReceivedEventArgs> {
    private final BlockingQueue<MessageWebSocketMessageReceivedEventArgs> events = new LinkedBlockingQueue<>();

    private volatile @Nullable Thread caller;

    @Override
    public void accept(MessageWebSocketMessageReceivedEventArgs args) {
        caller = Thread.currentThread();
        events.add(args);
    }

    /** Waits for the next event. */
    public MessageWebSocketMessageReceivedEventArgs next() {
        try {
            MessageWebSocketMessageReceivedEventArgs next = events.poll(10, TimeUnit.SECONDS);
            if (next == null) {
                throw new AssertionError("expected an event but none came");
            }
            return next;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Waits for the next event, which must be a whole text message, or the last section of one. */
    public String text() throws IOException {
        MessageWebSocketMessageReceivedEventArgs args = next();
        String text = args.getDataReader().readString(); // first, as a failure says why
        assertEquals(SocketMessageType.UTF8, args.messageType());
        assertEquals(true, args.isMessageComplete());
        return text;
    }

    /** Waits for the next event, which must tell of this failure. */
    public <X extends IOException> X failure(Class<X> type) {
        MessageWebSocketMessageReceivedEventArgs args = next();
        assertEquals(false, args.isMessageComplete());
        assertThrows(type, args::getDataReader);
        return assertThrows(type, args::getDataStream);
    }

    /** Waits until the thread that brought events has ended; there may be no event that was not looked at. */
    public void expectNoMore() {
        Thread reader = caller;
        try {
            if (reader != null && !reader.join(Duration.ofSeconds(10))) {
                throw new AssertionError("expected the thread of the events to end");
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        assertEquals(0, events.size());
    }
}
