package io.github.streamwebsocket.internal.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.streamwebsocket.SocketMessageType;
import io.github.streamwebsocket.WebErrorStatus;
import io.github.streamwebsocket.WebSocketAbortedException;
import io.github.streamwebsocket.testing.Call;
import io.github.streamwebsocket.testing.NoThreadsLeft;
import io.github.streamwebsocket.testing.Soon;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** abort() frees whoever reads, writes or waits, at once, and does not block. */
@ExtendWith(NoThreadsLeft.class)
class AbortFreesEverybodyTest {

    @Test
    void readersWritersAndAllWhoWaitReturn() throws IOException {
        try (Talk talk = Talk.open(new Tuning(), 4096)) {
            Map<String, Call<?>> calls = new LinkedHashMap<>();
            InputStream in = talk.connection.inputStream();
            calls.put("reader", Call.of(() -> in.read(new byte[10])));
            talk.near.awaitReader();
            calls.put("second reader", Call.of(() -> in.read(new byte[10])).awaitInside(Lease.class));
            calls.put("writer", Call.run(() -> talk.send(new byte[100_000])));
            talk.near.awaitWriterStuck();
            calls.put("second writer", Call.run(() -> talk.send(new byte[1])).awaitInside(SendPermit.class));
            calls.put(
                    "third writer",
                    Call.run(() -> talk.connection.sender().beginMessage(SocketMessageType.BINARY))
                            .awaitInside(SendPermit.class));
            assertTrue(calls.values().stream().noneMatch(Call::done));
            abortAndExpectAllToFail(talk, calls);
        }
    }

    @Test
    void aReaderBehindTheKeeperReturns() throws IOException {
        try (Talk talk = Talk.open()) {
            talk.awaitKeeper();
            abortAndExpectAllToFail(
                    talk, Map.of("reader", Call.of(talk.connection::receive).awaitInside(Lease.class)));
        }
    }

    @Test
    void aThreadThatClosesReturnsWithoutAnException() throws IOException {
        try (Talk talk = Talk.open()) {
            Call<Void> closer = Call.run(talk.connection::close);
            talk.peer.expectClose();
            assertFalse(closer.done());
            talk.connection.abort();
            closer.result();
            assertNull(talk.closedEventSoFar());
        }
    }

    @Test
    void anEndThatIsStuckBehindThePeerIsCutShort() throws IOException {
        try (Talk talk = Talk.open()) {
            talk.near.hangEndOutput();
            Call<Void> closer = Call.run(talk.connection::close);
            talk.peer.expectClose();
            talk.peer.close();
            talk.closedEvent();
            assertFalse(closer.done());
            talk.connection.abort();
            closer.result();
        }
    }

    @Test
    void insideABodyItReachesTheSender() throws IOException {
        try (Talk talk = Talk.open()) {
            Call<Void> sender = Call.run(() -> talk.connection.sender().send(SocketMessageType.BINARY, out -> {
                out.write(1);
                talk.connection.abort();
            }));
            assertEquals(
                    WebErrorStatus.OPERATION_CANCELED,
                    sender.failure(WebSocketAbortedException.class).status());
        }
    }

    @Test
    void itMayBeCalledAgainAndByMany() throws IOException {
        try (Talk talk = Talk.open()) {
            Call<?>[] calls = new Call<?>[10];
            for (int i = 0; i < calls.length; i++) {
                calls[i] = Call.run(talk.connection::abort);
            }
            for (Call<?> call : calls) {
                call.result();
            }
            talk.awaitEnd();
            talk.connection.abort();
            talk.connection.close();
            assertFalse(talk.connection.isOpen());
        }
    }

    @Test
    void afterACloseInGoodOrderItChangesNothing() throws IOException {
        try (Talk talk = Talk.open()) {
            talk.peer.close(1000, "");
            talk.peer.expectClose();
            talk.peer.eof();
            talk.awaitEnd();
            talk.connection.abort();
            assertNull(talk.connection.receive());
        }
    }

    @Test
    void everyLaterCallGetsAnExceptionOfItsOwnThatDoesNotSayTheSameTwice() throws IOException {
        try (Talk talk = Talk.open()) {
            talk.connection.abort();
            WebSocketAbortedException one =
                    assertThrows(WebSocketAbortedException.class, () -> talk.connection.receive());
            WebSocketAbortedException two = assertThrows(WebSocketAbortedException.class, () -> talk.send("x"));
            assertNotSame(one, two);
            assertNull(one.getCause());
            assertNull(two.getCause());
            assertEquals(WebErrorStatus.OPERATION_CANCELED, one.status());
            assertEquals(WebErrorStatus.OPERATION_CANCELED, two.status());
            assertTrue(two.getStackTrace()[0].getClassName().startsWith("io.github.streamwebsocket"));
        }
    }

    private static void abortAndExpectAllToFail(Talk talk, Map<String, Call<?>> calls) {
        long before = System.nanoTime();
        talk.connection.abort();
        long abort = (System.nanoTime() - before) / 1_000_000;
        assertTrue(abort < Soon.LIMIT.toMillis(), "abort() blocked for " + abort + " ms");
        StringBuilder times = new StringBuilder("abort() ").append(abort).append(" ms");
        calls.forEach((name, call) -> {
            assertEquals(
                    WebErrorStatus.OPERATION_CANCELED,
                    call.failure(WebSocketAbortedException.class).status(),
                    name);
            times.append(", ").append(name).append(' ').append(call.millisSince(before));
        });
        System.out.println(times + " ms later");
        talk.awaitEnd();
    }
}
