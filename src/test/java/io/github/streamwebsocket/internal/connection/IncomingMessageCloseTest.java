package io.github.streamwebsocket.internal.connection;

import static io.github.streamwebsocket.internal.connection.Talk.bytes;
import static io.github.streamwebsocket.testing.RawFrames.PONG;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.streamwebsocket.IncomingMessage;
import io.github.streamwebsocket.SocketMessageType;
import io.github.streamwebsocket.WebErrorStatus;
import io.github.streamwebsocket.WebSocketAbortedException;
import io.github.streamwebsocket.testing.Call;
import io.github.streamwebsocket.testing.NoThreadsLeft;
import io.github.streamwebsocket.testing.RawFrames;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A message closed before its end is dropped if that costs little; there is one message and one receive() at a time. */
@ExtendWith(NoThreadsLeft.class)
class IncomingMessageCloseTest {

    @Test
    void littleThatIsLeftIsDroppedAndTheNextMessageIsReceived() throws IOException {
        try (Talk talk = Talk.open()) {
            talk.peer.begin("one");
            talk.peer.ping("between");
            talk.peer.frame(RawFrames.frame(RawFrames.CONTINUATION).payload(new byte[500_000]));
            talk.peer.binary("two");
            IncomingMessage message = talk.connection.receive();
            assertNotNull(message);
            assertEquals('o', message.read());
            message.close();
            message.close();
            assertThrows(IOException.class, message::read);
            assertThrows(IOException.class, message::available);
            assertArrayEquals(bytes("two"), talk.receive());
            assertEquals("between", talk.peer.expect(PONG).text());
        }
    }

    @Test
    void aMessageOfWhichNothingWasReadIsDroppedToo() throws IOException {
        try (Talk talk = Talk.open()) {
            talk.peer.binary("");
            talk.peer.binary("one");
            talk.peer.binary("two");
            talk.connection.receive().close();
            talk.connection.receive().close();
            assertArrayEquals(bytes("two"), talk.receive());
        }
    }

    @Test
    void muchThatIsLeftAbortsTheConnection() throws IOException {
        try (Talk talk = Talk.open(new Tuning(), 100_000)) {
            Call<Void> sender = Call.run(() -> talk.peer.binary(new byte[3 << 20]));
            IncomingMessage message = talk.connection.receive();
            message.close();
            talk.awaitEnd();
            sender.failure(IOException.class);
            WebSocketAbortedException e =
                    assertThrows(WebSocketAbortedException.class, () -> talk.connection.receive());
            assertEquals(WebErrorStatus.OPERATION_CANCELED, e.status());
        }
    }

    @Test
    void aRestThatDoesNotComeAbortsTheConnectionAfterASecond() throws IOException {
        try (Talk talk = Talk.open()) {
            talk.peer.begin("half");
            IncomingMessage message = talk.connection.receive();
            Call<Void> closer = Call.run(message::close);
            closer.result();
            System.out.println("dropping a message that does not end took " + closer.millis() + " ms");
            assertTrue(closer.millis() >= 900, closer.millis() + " ms");
            talk.awaitEnd();
        }
    }

    @Test
    void aRestThatComesInTimeIsDropped() throws IOException {
        try (Talk talk = Talk.open()) {
            talk.peer.begin("half");
            Call<Void> closer = Call.run(talk.connection.receive()::close);
            talk.near.awaitReader();
            talk.peer.end("rest");
            closer.result();
            talk.peer.binary("next");
            assertArrayEquals(bytes("next"), talk.receive());
        }
    }

    @Test
    void theNextReceiveWhileOneIsOpenIsAMistake() throws IOException {
        try (Talk talk = Talk.open()) {
            talk.peer.binary("one");
            talk.peer.binary("two");
            IncomingMessage message = talk.connection.receive();
            assertEquals(SocketMessageType.BINARY, message.type());
            assertThrows(IllegalStateException.class, talk.connection::receive);
            assertArrayEquals(bytes("one"), message.readAllBytes());
            assertEquals(-1, message.read());
            assertArrayEquals(bytes("two"), talk.receive());
        }
    }

    @Test
    void theNextReceiveDoesNotWaitForTheReaderOfTheOpenMessageToSayThat() throws IOException {
        try (Talk talk = Talk.open()) {
            talk.peer.begin("");
            Call<byte[]> reader = Call.of(talk::receive);
            talk.near.awaitReader();
            Call.of(talk.connection::receive).failure(IllegalStateException.class);
            assertFalse(reader.done());
            talk.peer.end("whole");
            assertArrayEquals(bytes("whole"), reader.result());
        }
    }

    @Test
    void twoReceivesAtOnceAreAMistake() throws IOException {
        try (Talk talk = Talk.open()) {
            Call<byte[]> first = Call.of(talk::receive);
            talk.near.awaitReader();
            assertThrows(IllegalStateException.class, talk.connection::receive);
            talk.peer.binary("for the first");
            assertArrayEquals(bytes("for the first"), first.result());
        }
    }

    @Test
    void aMessageMayBeReadByAnotherThreadThanTheOneThatReceivedIt() throws IOException {
        try (Talk talk = Talk.open()) {
            talk.peer.binary("handed over");
            IncomingMessage message = talk.connection.receive();
            assertArrayEquals(
                    bytes("handed over"), Call.of(message::readAllBytes).result());
        }
    }

    @Test
    void aReadTellsHowMuchIsThere() throws IOException {
        try (Talk talk = Talk.open()) {
            talk.peer.binary("0123456789");
            IncomingMessage message = talk.connection.receive();
            assertEquals(10, message.available());
            assertArrayEquals(bytes("0123"), message.readNBytes(4));
            assertEquals(6, message.available());
            assertEquals(0, message.read(new byte[0]));
            assertArrayEquals(bytes("456789"), message.readAllBytes());
            assertEquals(0, message.available());
            assertThrows(IndexOutOfBoundsException.class, () -> message.read(new byte[3], 2, 2));
        }
    }
}
