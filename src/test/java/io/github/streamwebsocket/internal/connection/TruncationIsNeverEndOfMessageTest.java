package io.github.streamwebsocket.internal.connection;

import static io.github.streamwebsocket.internal.connection.Talk.bytes;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.streamwebsocket.IncomingMessage;
import io.github.streamwebsocket.WebErrorStatus;
import io.github.streamwebsocket.WebSocketAbortedException;
import io.github.streamwebsocket.WebSocketClosedEventArgs;
import io.github.streamwebsocket.WebSocketClosedException;
import io.github.streamwebsocket.WebSocketException;
import io.github.streamwebsocket.WebSocketTimeoutException;
import io.github.streamwebsocket.testing.Call;
import io.github.streamwebsocket.testing.NoThreadsLeft;
import io.github.streamwebsocket.testing.RawFrames;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** -1 means the true end and only that: whatever breaks or ends inside a message is an exception. */
@ExtendWith(NoThreadsLeft.class)
class TruncationIsNeverEndOfMessageTest {
    private static final byte[] FIRST = RawFrames.pattern(130);

    /** Two messages, one of them in fragments with a ping and an empty fragment between, and a Close. */
    private static final List<byte[]> FRAMES = List.of(
            RawFrames.frame(RawFrames.BINARY).payload(FIRST).bytes(),
            RawFrames.frame(RawFrames.BINARY).notFin().payload("sec").bytes(),
            RawFrames.frame(RawFrames.PING).payload("?").bytes(),
            RawFrames.frame(RawFrames.CONTINUATION).notFin().bytes(),
            RawFrames.frame(RawFrames.CONTINUATION).payload("ond").bytes(),
            RawFrames.frame(RawFrames.BINARY).bytes(),
            RawFrames.close(1000, "bye").bytes());

    private static final byte[] CONVERSATION = RawFrames.join(FRAMES.toArray(new byte[0][]));
    private static final int END_OF_FIRST = FRAMES.get(0).length;
    private static final int END_OF_CLOSE = CONVERSATION.length;
    private static final int END_OF_THIRD = END_OF_CLOSE - FRAMES.get(6).length;
    private static final int END_OF_SECOND = END_OF_THIRD - 2;

    @Test
    void aCutAtAnyByteGivesTheWholeMessagesBeforeItAndThenAnException() throws IOException {
        for (int length = 0; length <= END_OF_CLOSE; length++) {
            for (boolean reset : new boolean[] {false, true}) {
                try (Talk talk = sendUpTo(length, reset)) {
                    List<byte[]> messages = new ArrayList<>();
                    WebSocketException end = receiveAll(talk, messages);
                    String where = "cut at " + length + (reset ? " by a reset" : "");
                    assertEquals(wholeMessages(length), messages.size(), where);
                    assertEquals(length < END_OF_CLOSE, end != null, where);
                    if (end != null) {
                        assertEquals(
                                reset ? WebErrorStatus.CONNECTION_RESET : WebErrorStatus.CONNECTION_ABORTED,
                                end.status(),
                                where + ": " + end);
                    }
                    if (messages.size() > 1) {
                        assertArrayEquals(FIRST, messages.get(0));
                        assertArrayEquals(bytes("second"), messages.get(1));
                    }
                }
            }
        }
    }

    @Test
    void aCutAtAnyByteOfAStreamGivesTheBytesBeforeItAndThenAnException() throws IOException {
        byte[] whole = RawFrames.join(FIRST, bytes("second"));
        for (int length = 0; length <= END_OF_CLOSE; length++) {
            try (Talk talk = sendUpTo(length, false)) {
                InputStream in = talk.connection.inputStream();
                ByteArrayOutputStream got = new ByteArrayOutputStream();
                boolean clean = copy(in, got) == null;
                assertEquals(length == END_OF_CLOSE, clean, "cut at " + length);
                assertArrayEquals(Arrays.copyOf(whole, got.size()), got.toByteArray(), "cut at " + length);
                assertTrue(length < END_OF_SECOND || got.size() == whole.length, "cut at " + length);
            }
        }
    }

    @Test
    void whenTheKeeperFoundTheBreakTheReaderIsToldAllTheSame() throws IOException {
        try (Talk talk = sendUpTo(END_OF_FIRST, false)) {
            assertArrayEquals(FIRST, talk.receive());
            talk.awaitEnd();
            assertThrows(WebSocketAbortedException.class, talk.connection::receive);
        }
    }

    @Test
    void aCloseInsideAMessageIsAnExceptionAndAnsweredInGoodOrder() throws IOException {
        for (boolean view : new boolean[] {false, true}) {
            try (Talk talk = Talk.open()) {
                talk.peer.begin("half");
                talk.peer.close(1000, "bye");
                InputStream in = view ? talk.connection.inputStream() : talk.connection.receive();
                assertNotNull(in);
                assertArrayEquals(bytes("half"), in.readNBytes(4));
                for (int i = 0; i < 2; i++) {
                    WebSocketException e = assertThrows(WebSocketException.class, in::read);
                    assertEquals(WebErrorStatus.CONNECTION_ABORTED, e.status());
                    WebSocketClosedException why = (WebSocketClosedException) e.getCause();
                    assertEquals(1000, why.remoteCode());
                    assertEquals("bye", why.remoteReason());
                    assertTrue(why.closedByRemoteFirst());
                }
                in.close(); // as try-with-resources does
                assertEquals(new WebSocketClosedEventArgs(1000, "bye"), talk.closedEvent());
                assertEquals(1000, talk.peer.expectClose());
                talk.peer.eof();
                talk.awaitEnd();
            }
        }
    }

    @Test
    void onlyACloseWithNormalOrNoCodeAtABoundaryIsTheEndOfAStream() throws IOException {
        for (int code : new int[] {1000, 1005, 1001, 1002, 1009, 1011, 3000, 4999}) {
            for (boolean view : new boolean[] {false, true}) {
                try (Talk talk = Talk.open()) {
                    talk.peer.binary("all");
                    if (code == 1005) {
                        talk.peer.close();
                    } else {
                        talk.peer.close(code, "so");
                    }
                    Call<Boolean> end = Call.of(() -> endsCleanly(talk, view));
                    if (code == 1000 || code == 1005) {
                        assertTrue(end.result(), "code " + code);
                    } else {
                        WebSocketClosedException e = end.failure(WebSocketClosedException.class);
                        assertEquals(WebErrorStatus.DISCONNECTED, e.status());
                        assertEquals(code, e.remoteCode());
                        assertEquals("so", e.remoteReason());
                        assertEquals(code, e.localCode());
                    }
                    assertEquals(code, talk.peer.expectClose());
                }
            }
        }
    }

    private static boolean endsCleanly(Talk talk, boolean view) throws IOException {
        if (!view) {
            assertArrayEquals(bytes("all"), talk.receive());
            return talk.connection.receive() == null;
        }
        InputStream in = talk.connection.inputStream();
        assertArrayEquals(bytes("all"), in.readNBytes(3));
        return in.read() < 0 && in.read(new byte[9]) < 0;
    }

    @Test
    void aCloseThatThisSideAskedForIsNoEndIfDataWasDroppedForIt() throws IOException {
        for (boolean dropped : new boolean[] {false, true}) {
            try (Talk talk = Talk.open()) {
                Call<Void> closer = Call.run(() -> talk.connection.close(1000, ""));
                assertEquals(1000, talk.peer.expectClose());
                if (dropped) {
                    talk.peer.binary("lost");
                }
                talk.peer.close(1000, "");
                talk.peer.eof();
                closer.result();
                InputStream in = talk.connection.inputStream();
                if (dropped) {
                    assertThrows(WebSocketClosedException.class, in::read);
                } else {
                    assertEquals(-1, in.read());
                }
            }
        }
    }

    @Test
    void aMessageWhoseRestWasDroppedForOurCloseHasNoEnd() throws IOException {
        for (boolean early : new boolean[] {true, false}) {
            try (Talk talk = Talk.open()) {
                talk.peer.begin("half");
                if (early) {
                    talk.peer.end("rest");
                }
                IncomingMessage message = talk.connection.receive();
                assertArrayEquals(bytes("half"), message.readNBytes(4));
                Call<Void> closer = Call.run(() -> talk.connection.close(1000, ""));
                assertEquals(1000, talk.peer.expectClose());
                if (!early) {
                    talk.peer.end("rest");
                }
                talk.peer.binary("another");
                talk.peer.close(1000, "");
                talk.peer.eof();
                closer.result();
                for (int i = 0; i < 2; i++) {
                    assertThrows(WebSocketAbortedException.class, message::read);
                }
            }
        }
    }

    @Test
    void aMessageWhoseRestWasDroppedDuringATimeoutHasNoEnd() throws IOException {
        try (Talk talk = Talk.open(new Tuning().readTimeout(50))) {
            talk.peer.begin("half");
            IncomingMessage message = talk.connection.receive();
            assertArrayEquals(bytes("half"), message.readNBytes(4));
            Call<Integer> reader = Call.of(message::read);
            talk.near.awaitReader();
            Call<Void> closer = Call.run(() -> talk.connection.close(1000, ""));
            assertEquals(1000, talk.peer.expectClose());
            talk.peer.end("rest");
            reader.failure(WebSocketTimeoutException.class);
            talk.peer.close(1000, "");
            talk.peer.eof();
            closer.result();
            assertThrows(WebSocketAbortedException.class, message::read);
        }
    }

    @Test
    void aMessageThatWasReadToItsLastByteHasItsEndAfterOurCloseToo() throws IOException {
        for (boolean more : new boolean[] {false, true}) {
            try (Talk talk = Talk.open()) {
                talk.peer.binary("whole");
                if (more) {
                    talk.peer.binary("dropped");
                }
                IncomingMessage message = talk.connection.receive();
                assertArrayEquals(bytes("whole"), message.readNBytes(5));
                Call<Void> closer = Call.run(() -> talk.connection.close(1000, ""));
                assertEquals(1000, talk.peer.expectClose());
                talk.peer.close(1000, "");
                talk.peer.eof();
                closer.result();
                assertEquals(-1, message.read());
            }
        }
    }

    @Test
    void aReadTimeoutLosesNothingWhereverItComes() throws IOException {
        try (Talk talk = Talk.open(new Tuning().readTimeout(3))) {
            List<byte[]> messages = new ArrayList<>();
            ByteArrayOutputStream message = new ByteArrayOutputStream();
            IncomingMessage open = null;
            int timeouts = 0;
            boolean end = false;
            for (int sent = 0; !end; ) {
                try {
                    if (open == null) {
                        open = talk.connection.receive();
                        end = open == null;
                    } else {
                        int b = open.read();
                        if (b >= 0) {
                            message.write(b);
                        } else {
                            messages.add(message.toByteArray());
                            message.reset();
                            open = null;
                        }
                    }
                } catch (WebSocketTimeoutException e) {
                    timeouts++;
                    talk.peer.raw(new byte[] {CONVERSATION[sent++]});
                }
            }
            assertEquals(CONVERSATION.length, timeouts);
            assertEquals(3, messages.size());
            assertArrayEquals(FIRST, messages.get(0));
            assertArrayEquals(bytes("second"), messages.get(1));
            assertEquals(0, messages.get(2).length);
            assertEquals("?", talk.peer.expect(RawFrames.PONG).text());
        }
    }

    @Test
    void theTimeoutOfTheSocketIsSetOnlyWhenItChanges() throws IOException {
        try (Talk talk = Talk.open()) {
            for (int i = 0; i < 100; i++) {
                talk.peer.binary("x");
                talk.receive();
            }
            assertEquals(0, talk.near.timeoutsSet());
        }
    }

    private static Talk sendUpTo(int length, boolean reset) throws IOException {
        Talk talk = Talk.open();
        talk.peer.raw(Arrays.copyOf(CONVERSATION, length));
        if (reset) {
            talk.far.cut();
        } else {
            talk.peer.eof();
        }
        return talk;
    }

    private static int wholeMessages(int length) {
        return length < END_OF_FIRST ? 0 : length < END_OF_SECOND ? 1 : length < END_OF_THIRD ? 2 : 3;
    }

    /** Receives messages to their ends; gives what ended it all, null if that was the end in good order. */
    private static WebSocketException receiveAll(Talk talk, List<byte[]> whole) throws IOException {
        try {
            for (IncomingMessage m = talk.connection.receive(); m != null; m = talk.connection.receive()) {
                ByteArrayOutputStream got = new ByteArrayOutputStream();
                WebSocketException end = copy(m, got);
                if (end != null) {
                    assertThrows(WebSocketException.class, m::read, "the second read must not look like the end");
                    return end;
                }
                assertFalse(m.read() >= 0);
                whole.add(got.toByteArray());
            }
            return null;
        } catch (WebSocketException e) {
            return e;
        }
    }

    private static WebSocketException copy(InputStream in, ByteArrayOutputStream to) throws IOException {
        byte[] buffer = new byte[7];
        try {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                to.write(buffer, 0, count);
            }
            return null;
        } catch (WebSocketException e) {
            return e;
        }
    }

    @Test
    void nullOfReceiveStaysNull() throws IOException {
        try (Talk talk = Talk.open()) {
            talk.peer.close();
            assertNull(talk.connection.receive());
            talk.peer.eof();
            talk.awaitEnd();
            assertNull(talk.connection.receive());
        }
    }
}
