package io.github.streamwebsocket.internal.connection;

import static io.github.streamwebsocket.internal.connection.Talk.bytes;
import static io.github.streamwebsocket.testing.RawFrames.BINARY;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.streamwebsocket.OutgoingMessage;
import io.github.streamwebsocket.SocketMessageType;
import io.github.streamwebsocket.WebErrorStatus;
import io.github.streamwebsocket.WebSocketClosedException;
import io.github.streamwebsocket.WebSocketInterruptedException;
import io.github.streamwebsocket.testing.Call;
import io.github.streamwebsocket.testing.NoThreadsLeft;
import io.github.streamwebsocket.testing.RawFrames;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** The right to send belongs to a message from its start to its end, and goes to the others in the order they asked. */
@ExtendWith(NoThreadsLeft.class)
class SendingTurnTest {

    @Test
    void sendersGetTheirTurnInTheOrderInWhichTheyAsked() throws IOException {
        try (Talk talk = Talk.open();
                OutgoingMessage message = talk.connection.sender().beginMessage(SocketMessageType.BINARY)) {
            List<Call<Void>> senders = new ArrayList<>();
            for (int i = 1; i <= 8; i++) {
                String text = "sender " + i;
                senders.add(Call.run(() -> talk.send(text)).awaitInside(SendPermit.class));
            }
            assertEquals(0, talk.far.unread(), "a sender did not wait for the message under way");
            message.complete();
            senders.forEach(Call::result);
            assertEquals("", talk.peer.expect(BINARY).text());
            for (int i = 1; i <= 8; i++) {
                assertEquals("sender " + i, talk.peer.expect(BINARY).text());
            }
        }
    }

    @Test
    void aBusySenderDoesNotOvertakeOneThatWaits() throws Exception {
        try (Talk talk = Talk.open()) {
            for (int round = 0; round < 50; round++) {
                CountDownLatch begun = new CountDownLatch(1);
                CountDownLatch go = new CountDownLatch(1);
                Call<Void> busy = Call.run(() -> {
                    OutgoingMessage message = talk.connection.sender().beginMessage(SocketMessageType.BINARY);
                    begun.countDown();
                    go.await();
                    message.complete();
                    talk.send("busy again");
                });
                begun.await();
                Call<Void> waiting = Call.run(() -> talk.send("waited")).awaitInside(SendPermit.class);
                go.countDown();
                busy.result();
                waiting.result();
                assertEquals("", talk.peer.expect(BINARY).text());
                assertEquals("waited", talk.peer.expect(BINARY).text());
                assertEquals("busy again", talk.peer.expect(BINARY).text());
            }
        }
    }

    @Test
    void aSendInsideTheThreadsOwnMessageIsAMistakeAndHarmsNothing(@TempDir Path folder) throws IOException {
        Path file = Files.write(folder.resolve("file"), bytes("file"));
        try (Talk talk = Talk.open();
                OutgoingMessage message = talk.connection.sender().beginMessage(SocketMessageType.BINARY)) {
            message.write(bytes("one "));
            Connection connection = talk.connection;
            List<Executable> sends = List.of(
                    () -> talk.send("x"),
                    () -> connection.sender().send(SocketMessageType.BINARY, ByteBuffer.wrap(bytes("x"))),
                    () -> connection.sender().send(SocketMessageType.BINARY, file),
                    () -> connection.sender().send(SocketMessageType.BINARY, out -> out.write('x')),
                    () -> connection.sender().sendAll(SocketMessageType.BINARY, List.of(ByteBuffer.wrap(bytes("x")))),
                    () -> connection
                            .sender()
                            .beginMessage(SocketMessageType.BINARY)
                            .close());
            for (Executable send : sends) {
                assertThrows(IllegalStateException.class, send);
            }
            message.write(bytes("two"));
            message.complete();
            talk.send("after");
            assertEquals("one two", talk.peer.expect(BINARY).text());
            assertEquals("after", talk.peer.expect(BINARY).text());
        }
    }

    @Test
    void aSendInsideABodyIsAMistakeThatDropsTheMessage() throws IOException {
        try (Talk talk = Talk.open()) {
            assertThrows(
                    IllegalStateException.class,
                    () -> talk.connection.sender().send(SocketMessageType.BINARY, out -> {
                        out.write('x');
                        talk.send("inner");
                    }));
            talk.send("after");
            assertEquals("after", talk.peer.expect(BINARY).text());
        }
    }

    @Test
    void aMessageBegunByOneThreadIsCompletedByAnother() throws IOException {
        try (Talk talk = Talk.open()) {
            OutgoingMessage message = talk.connection.sender().beginMessage(SocketMessageType.BINARY);
            Call.run(() -> {
                        message.write(bytes("by another"));
                        message.complete();
                    })
                    .result();
            talk.send("by the first again");
            assertEquals("by another", talk.peer.expect(BINARY).text());
            assertEquals("by the first again", talk.peer.expect(BINARY).text());
        }
    }

    @Test
    void messagesOfManyThreadsAreNotMixed() throws IOException {
        try (Talk talk = Talk.open(new Tuning().frameSize(512), 2000)) {
            List<Call<Void>> senders = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                byte[] payload = new byte[5000];
                Arrays.fill(payload, (byte) i);
                senders.add(Call.run(() -> {
                    for (int k = 0; k < 5; k++) {
                        talk.send(payload);
                    }
                }));
            }
            List<RawFrames.Frame> frames = new ArrayList<>();
            for (int ends = 0; ends < 40; ) {
                RawFrames.Frame frame = talk.peer.read();
                frames.add(frame);
                ends += frame.fin() ? 1 : 0;
            }
            senders.forEach(Call::result);
            for (byte[] message : RawFrames.messages(frames)) {
                assertEquals(5000, message.length);
                for (byte b : message) {
                    assertEquals(message[0], b);
                }
            }
        }
    }

    @Test
    void interruptionWhileWaitingForTheTurnEndsOnlyThatCall() throws IOException {
        try (Talk talk = Talk.open()) {
            OutgoingMessage message = talk.connection.sender().beginMessage(SocketMessageType.BINARY);
            Call<Void> interrupted = Call.run(() -> talk.send("never")).awaitInside(SendPermit.class);
            Call<Void> patient = Call.run(() -> talk.send("second")).awaitInside(SendPermit.class);
            interrupted.interrupt();
            assertEquals(
                    WebErrorStatus.OPERATION_CANCELED,
                    interrupted.failure(WebSocketInterruptedException.class).status());
            assertTrue(interrupted.interruptStatusKept());
            assertFalse(patient.done());
            message.write(bytes("first"));
            message.complete();
            patient.result();
            talk.send("third");
            assertEquals("first", talk.peer.expect(BINARY).text());
            assertEquals("second", talk.peer.expect(BINARY).text());
            assertEquals("third", talk.peer.expect(BINARY).text());
        }
    }

    @Test
    void aSenderThatWaitsLearnsOfTheEnd() throws IOException {
        try (Talk talk = Talk.open()) {
            Call.run(() -> talk.connection.sender().beginMessage(SocketMessageType.BINARY))
                    .result();
            List<Call<Void>> waiting = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                waiting.add(Call.run(() -> talk.send("x")).awaitInside(SendPermit.class));
            }
            talk.peer.close(1000, "");
            talk.peer.expectClose();
            talk.peer.eof();
            for (Call<Void> call : waiting) {
                call.failure(WebSocketClosedException.class);
            }
        }
    }

    @Test
    void aRangeOutsideTheArrayIsRefusedBeforeAnythingIsSent() throws IOException {
        try (Talk talk = Talk.open(new Tuning().frameSize(1024))) {
            byte[] bytes = new byte[5000];
            assertThrows(
                    IndexOutOfBoundsException.class,
                    () -> talk.connection.sender().send(SocketMessageType.BINARY, bytes, 0, 5001));
            assertThrows(
                    IndexOutOfBoundsException.class,
                    () -> talk.connection.sender().send(SocketMessageType.BINARY, bytes, -1, 2));
            talk.send("after");
            assertEquals("after", talk.peer.expect(BINARY).text());
        }
    }
}
