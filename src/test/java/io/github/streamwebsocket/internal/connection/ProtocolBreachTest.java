package io.github.streamwebsocket.internal.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.streamwebsocket.WebErrorStatus;
import io.github.streamwebsocket.WebSocketProtocolException;
import io.github.streamwebsocket.testing.Call;
import io.github.streamwebsocket.testing.NoThreadsLeft;
import io.github.streamwebsocket.testing.RawFrames;
import io.github.streamwebsocket.testing.RawFrames.Frame;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A breach of the protocol fails the connection with the code the RFC names, on both sides (RFC 6455 7.1.7, 7.4.1). */
@ExtendWith(NoThreadsLeft.class)
class ProtocolBreachTest {

    static Stream<Arguments> breaches() {
        return Stream.of(
                Arguments.of("rsv1", RawFrames.frame(RawFrames.BINARY).rsv(4), 1002),
                Arguments.of("reserved opcode 3", RawFrames.frame(3), 1002),
                Arguments.of("reserved opcode 11", RawFrames.frame(11), 1002),
                Arguments.of("continuation of nothing", RawFrames.frame(RawFrames.CONTINUATION), 1002),
                Arguments.of(
                        "ping in fragments", RawFrames.frame(RawFrames.PING).notFin(), 1002),
                Arguments.of("ping too long", RawFrames.frame(RawFrames.PING).payload(new byte[126]), 1002),
                Arguments.of(
                        "length not in its shortest form",
                        RawFrames.frame(RawFrames.BINARY).lengthForm(2).payload("x"),
                        1002),
                Arguments.of(
                        "negative length", RawFrames.frame(RawFrames.BINARY).claimedLength(Long.MIN_VALUE), 1002),
                Arguments.of(
                        "close of one byte", RawFrames.frame(RawFrames.CLOSE).payload("x"), 1002),
                Arguments.of("close code 1005", RawFrames.close(1005, ""), 1002),
                Arguments.of("close code 999", RawFrames.close(999, ""), 1002),
                Arguments.of(
                        "close reason not UTF-8",
                        RawFrames.frame(RawFrames.CLOSE).payload(RawFrames.hex("03 e8 ff fe")),
                        1007),
                Arguments.of("text", RawFrames.frame(RawFrames.TEXT).payload("text"), 1003));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("breaches")
    void theReaderThePeerAndAllLaterCallsAreTold(String name, RawFrames.Builder frame, int code) throws IOException {
        for (Talk opened : List.of(Talk.open(), Talk.server())) {
            try (Talk talk = opened) {
                Call<?> reader = Call.of(talk.connection::receive);
                talk.peer.frame(frame);
                WebSocketProtocolException first = reader.failure(WebSocketProtocolException.class);
                assertTold(talk, first, code);
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("breaches")
    void whenNobodyReadsThePeerIsToldAllTheSame(String name, RawFrames.Builder frame, int code) throws IOException {
        try (Talk talk = Talk.open()) {
            talk.peer.frame(frame);
            assertCloseSaysOnly(talk, code);
            talk.peer.eof();
            talk.awaitEnd();
            WebSocketProtocolException e =
                    assertThrows(WebSocketProtocolException.class, () -> talk.connection.receive());
            assertEquals(code, e.closeCode());
        }
    }

    @Test
    void aMaskWhereNoneBelongsAndNoneWhereOneBelongs() throws IOException {
        for (Talk opened : List.of(Talk.open(), Talk.server())) {
            try (Talk talk = opened) {
                boolean wrong = opened.peer.masks();
                talk.peer.raw(RawFrames.frame(RawFrames.BINARY)
                        .masked(!wrong)
                        .payload("x")
                        .bytes());
                WebSocketProtocolException first =
                        Call.of(talk.connection::receive).failure(WebSocketProtocolException.class);
                assertTold(talk, first, 1002);
            }
        }
    }

    @Test
    void aNewMessageInsideAMessageFailsTheReadOfTheOpenOne() throws IOException {
        try (Talk talk = Talk.open()) {
            talk.peer.begin("half");
            talk.peer.binary("another");
            WebSocketProtocolException first = Call.of(talk::receive).failure(WebSocketProtocolException.class);
            assertTold(talk, first, 1002);
        }
    }

    @Test
    void thePeerNeedNotAnswerAndNothingItSendsBehindIsRead() throws IOException {
        try (Talk talk = Talk.open()) {
            talk.peer.frame(RawFrames.frame(3));
            talk.peer.binary("behind");
            talk.peer.close(1000, "");
            talk.peer.eof();
            assertCloseSaysOnly(talk, 1002);
            talk.peer.expectEnd();
            talk.awaitEnd();
            assertNull(talk.closedEventSoFar());
        }
    }

    @Test
    void messagesBeforeTheBreachAreDeliveredIfTheyWereTaken() throws IOException {
        try (Talk talk = Talk.open()) {
            talk.peer.binary("good");
            talk.peer.frame(RawFrames.frame(3));
            assertEquals("good", new String(talk.receive(), StandardCharsets.UTF_8));
            assertThrows(WebSocketProtocolException.class, () -> talk.connection.receive());
        }
    }

    @Test
    void closeAfterABreachThrowsNothing() throws IOException {
        try (Talk talk = Talk.open()) {
            talk.peer.frame(RawFrames.frame(3));
            Call.of(talk.connection::receive).failure(WebSocketProtocolException.class);
            Call<Void> closer = Call.run(talk.connection::close);
            assertCloseSaysOnly(talk, 1002);
            talk.peer.eof();
            closer.result();
        }
    }

    private static void assertTold(Talk talk, WebSocketProtocolException first, int code) throws IOException {
        assertEquals(code, first.closeCode());
        assertEquals(WebErrorStatus.CONNECTION_ABORTED, first.status());
        assertTrue(first.getMessage().startsWith("expected "), first.getMessage());
        assertFalse(talk.connection.isOpen());
        assertCloseSaysOnly(talk, code);

        WebSocketProtocolException second =
                assertThrows(WebSocketProtocolException.class, () -> talk.connection.receive());
        WebSocketProtocolException third = assertThrows(WebSocketProtocolException.class, () -> talk.send("x"));
        assertEquals(code, second.closeCode());
        assertEquals(code, third.closeCode());
        assertNotSame(second, third);
        assertSame(first.getCause(), second.getCause(), "the same was told twice");
        assertSame(first.getCause(), third.getCause());
        assertEquals(first.getMessage(), third.getMessage());

        talk.peer.expectEnd();
        talk.peer.eof();
        talk.awaitEnd();
    }

    /** A Close with this code and not a word of ours. */
    private static void assertCloseSaysOnly(Talk talk, int code) throws IOException {
        Frame close = talk.peer.expect(RawFrames.CLOSE);
        assertEquals(2, close.payload().length);
        assertEquals(code, (close.payload()[0] & 0xFF) << 8 | (close.payload()[1] & 0xFF));
    }
}
