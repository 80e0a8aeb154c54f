package io.github.streamwebsocket.internal.connection;

import static io.github.streamwebsocket.internal.connection.Talk.bytes;
import static io.github.streamwebsocket.testing.RawFrames.BINARY;
import static io.github.streamwebsocket.testing.RawFrames.CLOSE;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.streamwebsocket.WebErrorStatus;
import io.github.streamwebsocket.WebSocketClosedEventArgs;
import io.github.streamwebsocket.WebSocketClosedException;
import io.github.streamwebsocket.WebSocketException;
import io.github.streamwebsocket.testing.Call;
import io.github.streamwebsocket.testing.NoThreadsLeft;
import io.github.streamwebsocket.testing.RawFrames.Frame;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What was written is sent or an exception, and what broke a write is told by whoever knows it. */
@ExtendWith(NoThreadsLeft.class)
class NoByteIsLostInSilenceTest {

    @Test
    void aPeerThatIsGoneWhenItsCloseIsAnsweredHasClosedInGoodOrder() throws IOException {
        try (Talk talk = Talk.open()) {
            talk.near.breakOutput();
            talk.peer.binary("all");
            talk.peer.close(1000, "");
            talk.peer.eof();
            assertArrayEquals(bytes("all"), talk.receive());
            assertNull(talk.connection.receive());
            talk.awaitEnd();
            assertNull(talk.connection.receive());
            assertEquals(new WebSocketClosedEventArgs(1000, ""), talk.closedEvent());
            assertThrows(WebSocketClosedException.class, () -> talk.send("x"));
        }
    }

    @Test
    void aWriteThatFailsReportsTheCloseThatSaysWhy() throws IOException {
        try (Talk talk = Talk.open()) {
            talk.awaitKeeper();
            talk.far.delay(Duration.ofMillis(20));
            talk.peer.close(1009, "too big");
            talk.near.breakOutput();
            WebSocketClosedException e = Call.run(() -> talk.send("x")).failure(WebSocketClosedException.class);
            assertEquals(1009, e.remoteCode());
            assertEquals("too big", e.remoteReason());
            assertEquals(new WebSocketClosedEventArgs(1009, "too big"), talk.closedEvent());
            talk.peer.eof();
            talk.awaitEnd(); // and not only when the close timeout is over
        }
    }

    @Test
    void aWriteThatFailsWithoutAWordSaysThat() throws IOException {
        try (Talk talk = Talk.open()) {
            talk.near.cut();
            Call<Void> sender = Call.run(() -> talk.send("x"));
            WebErrorStatus status = sender.failure(WebSocketException.class).status();
            assertTrue(
                    status == WebErrorStatus.CONNECTION_ABORTED || status == WebErrorStatus.CONNECTION_RESET,
                    status.toString());
            talk.awaitEnd();
        }
    }

    @Test
    void afterAWriteFailedWhatThePeerSentBeforeCanStillBeRead() throws IOException {
        try (Talk talk = Talk.open()) {
            talk.peer.binary("before");
            talk.peer.close(1000, "");
            talk.near.breakOutput();
            Call.run(() -> talk.send("x")).failure(WebSocketException.class);
            assertArrayEquals(bytes("before"), talk.receive());
            assertNull(talk.connection.receive());
        }
    }

    @Test
    void theTunnelIsFlushedInFrontOfTheClose() throws IOException {
        try (Talk talk = Talk.open()) {
            OutputStream out = talk.connection.outputStream();
            out.write(bytes("buffered"));
            assertEquals(0, talk.far.unread());
            Call<Void> closer = Call.run(talk.connection::close);
            assertEquals("buffered", talk.peer.expect(BINARY).text());
            assertEquals(1005, talk.peer.expectClose());
            talk.peer.close();
            talk.peer.eof();
            closer.result();
            assertThrows(IOException.class, () -> out.write(1));
        }
    }

    @Test
    void bytesThatCouldNotBeFlushedAreAnExceptionOnce() throws IOException {
        try (Talk talk = Talk.open(new Tuning().closeTimeout(200), 64)) {
            OutputStream out = talk.connection.outputStream();
            out.write(new byte[1000]);
            Call<Void> closer = Call.run(talk.connection::close);
            closer.failure(WebSocketException.class);
            System.out.println("a flush of 200 ms took " + closer.millis() + " ms");
            talk.connection.close();
        }
        try (Talk talk = Talk.open()) {
            talk.connection.outputStream().write(1);
            talk.connection.abort();
            talk.awaitEnd();
            assertThrows(WebSocketException.class, talk.connection::close);
            talk.connection.close();
        }
    }

    @Test
    void closersWaitForTheFlushOfTheFirst() throws IOException {
        try (Talk talk = Talk.open(new Tuning(), 64)) {
            talk.connection.outputStream().write(new byte[1000]);
            Call<Void> first = Call.run(talk.connection::close);
            talk.near.awaitWriterStuck();
            Call<Void> second = Call.run(talk.connection::close).awaitInside(SendPermit.class);
            assertEquals(1000, talk.peer.expect(BINARY).payload().length);
            talk.peer.expectClose();
            talk.peer.close();
            talk.peer.eof();
            first.result();
            second.result();
        }
    }

    @Test
    void aByteThatWasTakenWhileTheSocketClosedIsSentOrThrown() throws IOException {
        for (int round = 0; round < 60; round++) {
            try (Talk talk = Talk.open()) {
                OutputStream out = talk.connection.outputStream();
                int[] taken = {0};
                Call<Void> writer = Call.run(() -> {
                    while (true) {
                        out.write(1);
                        taken[0]++;
                    }
                });
                Call<Void> closer = Call.run(talk.connection::close);
                int sent = 0;
                Frame frame = talk.peer.read();
                for (; frame.opcode() != CLOSE; frame = talk.peer.read()) {
                    sent += frame.payload().length;
                }
                talk.peer.close();
                talk.peer.eof();
                closer.result();
                writer.failure(WebSocketException.class);
                assertEquals(taken[0], sent);
            }
        }
    }
}
