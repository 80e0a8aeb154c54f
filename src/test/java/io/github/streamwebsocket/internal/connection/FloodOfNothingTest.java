package io.github.streamwebsocket.internal.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.streamwebsocket.IncomingMessage;
import io.github.streamwebsocket.WebSocketTimeoutException;
import io.github.streamwebsocket.internal.DeflateParameters;
import io.github.streamwebsocket.internal.Role;
import io.github.streamwebsocket.testing.Call;
import io.github.streamwebsocket.testing.EndlessWire;
import io.github.streamwebsocket.testing.NoThreadsLeft;
import io.github.streamwebsocket.testing.RawFrames;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A peer that sends frames without data, each in time and without end, holds nobody longer than the time allowed. */
@ExtendWith(NoThreadsLeft.class)
class FloodOfNothingTest {
    private static final byte[] NOTHING = {};
    private static final byte[] BEGIN =
            RawFrames.frame(RawFrames.BINARY).notFin().payload("x").bytes();
    private static final byte[] PING = RawFrames.frame(RawFrames.PING).bytes();
    private static final byte[] EMPTY_FRAGMENT =
            RawFrames.frame(RawFrames.CONTINUATION).notFin().bytes();
    private static final byte[] EMPTY_MESSAGE =
            RawFrames.frame(RawFrames.BINARY).bytes();

    /** Two empty stored blocks: data, and yet none. */
    private static final byte[] EMPTY_BLOCKS = {0, 0, 0, -1, -1, 0, 0, 0, -1, -1};

    private Connection connection;

    private void flood(byte[] first, byte[] unit) {
        connection = Connection.open(
                Role.CLIENT,
                new EndlessWire(first, unit),
                new byte[0],
                new DeflateParameters(false, false, 15, 15, 6, 0),
                new Tuning().readTimeout(50).settings(),
                false,
                new Handlers<>("closed"),
                () -> {});
    }

    @AfterEach
    void abort() {
        connection.abort();
    }

    @Test
    void pingsDoNotProlongTheWaitForAMessage() {
        flood(NOTHING, PING);
        Call.of(connection::receive).failure(WebSocketTimeoutException.class);
        assertTrue(connection.isOpen());
    }

    @Test
    void pingsDoNotProlongARead() throws IOException {
        aReadEndsInTimeDuring(PING);
    }

    @Test
    void emptyFragmentsDoNotProlongARead() throws IOException {
        aReadEndsInTimeDuring(EMPTY_FRAGMENT);
    }

    @Test
    void compressedDataThatUnfoldToNothingDoNotProlongARead() throws IOException {
        byte[] begin = RawFrames.frame(RawFrames.BINARY)
                .rsv(4)
                .notFin()
                .payload(new byte[] {(byte) 0xaa, 0, 0, 0, 0, -1, -1})
                .bytes();
        byte[] emptyBlocks = RawFrames.frame(RawFrames.CONTINUATION)
                .notFin()
                .payload(EMPTY_BLOCKS)
                .bytes();
        aReadEndsInTimeDuring(begin, emptyBlocks);
        connection.abort();
        byte[] endlessFrame = RawFrames.frame(RawFrames.BINARY)
                .rsv(4)
                .claimedLength(Long.MAX_VALUE)
                .payload(new byte[] {(byte) 0xaa, 0, 0, 0, 0, -1, -1})
                .bytes();
        aReadEndsInTimeDuring(endlessFrame, EMPTY_BLOCKS);
    }

    private void aReadEndsInTimeDuring(byte[] unit) throws IOException {
        aReadEndsInTimeDuring(BEGIN, unit);
    }

    private void aReadEndsInTimeDuring(byte[] begin, byte[] unit) throws IOException {
        flood(begin, unit);
        IncomingMessage message = Call.of(connection::receive).result();
        assertEquals('x', message.read());
        Call.of(message::read).failure(WebSocketTimeoutException.class);
        assertTrue(connection.isOpen());
    }

    @Test
    void emptyMessagesDoNotProlongAReadOfTheStream() {
        flood(NOTHING, EMPTY_MESSAGE);
        Call.of(() -> connection.inputStream().read()).failure(WebSocketTimeoutException.class);
        assertTrue(connection.isOpen());
    }

    @Test
    void pingsDoNotProlongTheCloseOfAMessage() {
        closeOfAMessageEndsDuring(PING);
    }

    @Test
    void emptyFragmentsDoNotProlongTheCloseOfAMessage() {
        closeOfAMessageEndsDuring(EMPTY_FRAGMENT);
    }

    private void closeOfAMessageEndsDuring(byte[] unit) {
        flood(BEGIN, unit);
        IncomingMessage message = Call.of(connection::receive).result();
        Call.run(message::close).result();
        assertFalse(connection.isOpen());
    }
}
