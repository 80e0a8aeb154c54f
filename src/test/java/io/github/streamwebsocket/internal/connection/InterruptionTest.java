package io.github.streamwebsocket.internal.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.streamwebsocket.WebErrorStatus;
import io.github.streamwebsocket.WebSocketAbortedException;
import io.github.streamwebsocket.testing.Call;
import io.github.streamwebsocket.testing.NoThreadsLeft;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Interrupting a virtual thread that waits for the peer ends the connection, is told, and is not swallowed. */
@ExtendWith(NoThreadsLeft.class)
class InterruptionTest {

    @Test
    void aReadEndsTheConnection() {
        try (Talk talk = Talk.open()) {
            Call<?> reader = Call.of(talk.connection::receive);
            talk.near.awaitReader();
            assertCanceled(talk, reader);
        }
    }

    @Test
    void aReadInsideAMessageEndsTheConnection() throws IOException {
        try (Talk talk = Talk.open()) {
            talk.peer.begin("half");
            Call<?> reader = Call.of(talk::receive);
            talk.near.awaitReader();
            assertCanceled(talk, reader);
        }
    }

    @Test
    void aReadWithATimeoutEndsTheConnectionToo() {
        try (Talk talk = Talk.open(new Tuning().readTimeout(60_000))) {
            Call<?> reader = Call.of(talk.connection::receive);
            talk.near.awaitReader();
            assertCanceled(talk, reader);
        }
    }

    @Test
    void aStuckWriteEndsTheConnection() {
        try (Talk talk = Talk.open(new Tuning(), 4096)) {
            Call<?> writer = Call.run(() -> talk.send(new byte[100_000]));
            talk.near.awaitWriterStuck();
            assertCanceled(talk, writer);
        }
    }

    @Test
    void aWriteThatWaitsForTheFrameOfAnotherEndsTheConnection() throws IOException {
        try (Talk talk = Talk.open(new Tuning(), 4)) {
            Call<Void> ping = Call.run(() -> talk.peer.ping("a pong too long for the pipe"));
            talk.near.awaitWriterStuck(); // the answer
            ping.result();
            Call<?> writer = Call.run(() -> talk.send("x")).awaitInside(Outbound.class);
            assertCanceled(talk, writer);
        }
    }

    @Test
    void aCloseThatWaitsForThePeerEndsTheConnection() throws IOException {
        try (Talk talk = Talk.open()) {
            Call<?> closer = Call.run(talk.connection::close);
            talk.peer.expectClose();
            talk.near.awaitReader();
            assertCanceled(talk, closer);
        }
    }

    @Test
    void aCloseThatWaitsForTheEndOfTcpEndsTheConnection() throws IOException {
        try (Talk talk = Talk.open()) {
            Call<?> closer = Call.run(talk.connection::close);
            talk.peer.expectClose();
            talk.peer.close();
            talk.closedEvent();
            talk.peer.expectEnd();
            closer.awaitInside(Ending.class);
            assertCanceled(talk, closer);
        }
    }

    @Test
    void aCloseThatWaitsForAReaderEndsTheConnection() throws IOException {
        try (Talk talk = Talk.open()) {
            talk.awaitKeeper();
            Call<?> closer = Call.run(talk.connection::close).awaitInside(Lease.class);
            assertCanceled(talk, closer);
        }
    }

    @Test
    void othersLearnThatTheConnectionWasEnded() {
        try (Talk talk = Talk.open()) {
            Call<?> reader = Call.of(() -> talk.connection.inputStream().read());
            talk.near.awaitReader();
            Call<?> other = Call.of(() -> talk.connection.inputStream().read()).awaitInside(Lease.class);
            reader.interrupt();
            WebSocketAbortedException e = other.failure(WebSocketAbortedException.class);
            assertEquals(WebErrorStatus.OPERATION_CANCELED, e.status());
            assertFalse(other.interruptStatusKept());
            reader.await();
        }
    }

    @Test
    void aThreadThatWasInterruptedBeforeMayReadWhatIsThere() throws IOException {
        try (Talk talk = Talk.open()) {
            talk.peer.binary("there");
            Call<byte[]> reader = Call.of(() -> {
                Thread.currentThread().interrupt();
                return talk.receive();
            });
            assertEquals(5, reader.result().length);
            assertTrue(reader.interruptStatusKept());
            assertTrue(talk.connection.isOpen());
        }
    }

    private static void assertCanceled(Talk talk, Call<?> call) {
        long before = System.nanoTime();
        call.interrupt();
        WebSocketAbortedException e = call.failure(WebSocketAbortedException.class);
        assertEquals(WebErrorStatus.OPERATION_CANCELED, e.status());
        assertTrue(call.interruptStatusKept());
        System.out.println("interrupted call returned " + call.millisSince(before) + " ms later");
        talk.awaitEnd();
        assertTrue(talk.near.aborted());
    }
}
