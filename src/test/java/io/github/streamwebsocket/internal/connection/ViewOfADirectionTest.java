package io.github.streamwebsocket.internal.connection;

import static io.github.streamwebsocket.internal.connection.Talk.bytes;
import static io.github.streamwebsocket.testing.RawFrames.BINARY;
import static io.github.streamwebsocket.testing.RawFrames.PONG;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.streamwebsocket.SocketMessageType;
import io.github.streamwebsocket.testing.Call;
import io.github.streamwebsocket.testing.NoThreadsLeft;
import io.github.streamwebsocket.testing.RawFrames;
import io.github.streamwebsocket.testing.RawFrames.Frame;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.function.Executable;

/** Each direction is one stream or messages: the first use decides. What the stream is. */
@ExtendWith(NoThreadsLeft.class)
class ViewOfADirectionTest {

    @Test
    void afterTheOutputStreamMessagesCannotBeSent() throws IOException {
        try (Talk talk = Talk.open()) {
            OutputStream out = talk.connection.outputStream();
            assertSame(out, talk.connection.outputStream());
            List<Executable> sends = List.of(
                    () -> talk.send("x"),
                    () -> talk.connection.sender().send(SocketMessageType.BINARY, ByteBuffer.allocate(1)),
                    () -> talk.connection.sender().send(SocketMessageType.BINARY, Path.of("none")),
                    () -> talk.connection.sender().send(SocketMessageType.BINARY, body -> {}),
                    () -> talk.connection.sender().sendAll(SocketMessageType.BINARY, List.of()),
                    () -> talk.connection.sender().beginMessage(SocketMessageType.BINARY));
            for (Executable send : sends) {
                assertThrows(IllegalStateException.class, send);
            }
            talk.peer.binary("messages in this direction");
            assertEquals(26, talk.receive().length);
            out.write(1);
            out.flush();
            assertEquals(1, talk.peer.expect(BINARY).payload().length);
        }
    }

    @Test
    void afterAMessageThereIsNoStream() throws IOException {
        try (Talk talk = Talk.open()) {
            talk.send("x");
            assertThrows(IllegalStateException.class, talk.connection::outputStream);
            talk.peer.binary("y");
            talk.receive();
            assertThrows(IllegalStateException.class, talk.connection::inputStream);
            talk.send("z");
        }
    }

    @Test
    void afterTheInputStreamNothingCanBeReceived() throws IOException {
        try (Talk talk = Talk.open()) {
            InputStream in = talk.connection.inputStream();
            assertSame(in, talk.connection.inputStream());
            assertThrows(IllegalStateException.class, talk.connection::receive);
            talk.send("messages in the other direction");
            talk.peer.binary("x");
            assertEquals('x', in.read());
        }
    }

    @Test
    void manyThreadsThatAskGetOneStream() {
        try (Talk talk = Talk.open()) {
            List<Call<OutputStream>> calls = Stream.generate(() -> Call.of(talk.connection::outputStream))
                    .limit(20)
                    .toList();
            for (Call<OutputStream> call : calls) {
                assertSame(talk.connection.outputStream(), call.result());
            }
        }
    }

    @Test
    void threadsThatChooseMessagesAtOnceAllMay() {
        for (int round = 0; round < 300; round++) {
            View<String> view = new View<>("stream");
            CountDownLatch go = new CountDownLatch(1);
            List<Call<Void>> calls = Stream.generate(() -> Call.run(() -> {
                        go.await();
                        view.messages("messages");
                    }))
                    .limit(6)
                    .toList();
            go.countDown();
            calls.forEach(Call::result);
        }
    }

    @Test
    void eachFlushAndEachFullBufferIsACompleteMessage() throws IOException {
        try (Talk talk = Talk.open(new Tuning().frameSize(1024))) {
            OutputStream out = talk.connection.outputStream();
            out.flush();
            out.write(bytes("one"));
            out.flush();
            out.flush();
            out.write(RawFrames.pattern(5000));
            out.flush();
            assertEquals("one", talk.peer.expect(BINARY).text());
            ByteArrayOutputStream got = new ByteArrayOutputStream();
            while (got.size() < 5000) {
                Frame frame = talk.peer.expect(BINARY);
                assertTrue(frame.payload().length > 0);
                assertTrue(frame.wireLength() <= 1024 + 14);
                got.writeBytes(frame.payload());
            }
            assertArrayEquals(RawFrames.pattern(5000), got.toByteArray());
            out.write('x');
            assertEquals(0, talk.far.unread(), "a byte was sent before a flush");
        }
    }

    @Test
    void closingTheOutputStreamFlushesAndSendsNoClose() throws IOException {
        try (Talk talk = Talk.open()) {
            OutputStream out = talk.connection.outputStream();
            out.write(bytes("last"));
            out.close();
            out.close();
            out.flush();
            assertThrows(IOException.class, () -> out.write(1));
            assertEquals("last", talk.peer.expect(BINARY).text());
            talk.peer.ping("still open?");
            assertEquals("still open?", talk.peer.expect(PONG).text());
            assertTrue(talk.connection.isOpen());
            talk.peer.binary("y");
            assertEquals('y', talk.connection.inputStream().read());
        }
    }

    @Test
    void theInputStreamIsAllMessagesAsOneSequence() throws IOException {
        try (Talk talk = Talk.open()) {
            talk.peer.binary("");
            talk.peer.binary("one ");
            talk.peer.begin("two ");
            talk.peer.ping("between");
            talk.peer.end("");
            talk.peer.begin("");
            talk.peer.end("three");
            talk.peer.close();
            assertArrayEquals(
                    bytes("one two three"), talk.connection.inputStream().readAllBytes());
        }
    }

    @Test
    void aReadGivesASectionAsSoonAsItIsThere() throws IOException {
        try (Talk talk = Talk.open()) {
            InputStream in = talk.connection.inputStream();
            byte[] frame = RawFrames.frame(BINARY).payload(new byte[1000]).bytes();
            talk.peer.raw(Arrays.copyOf(frame, 104));
            assertEquals(100, in.read(new byte[1000]));
            Call<Integer> next = Call.of(() -> in.readNBytes(900).length);
            talk.near.awaitReader();
            talk.peer.raw(Arrays.copyOfRange(frame, 104, frame.length));
            assertEquals(900, next.result());
        }
    }

    @Test
    void severalReadersOfTheStreamTakeTurns() throws IOException {
        try (Talk talk = Talk.open()) {
            InputStream in = talk.connection.inputStream();
            List<Call<Integer>> readers = Stream.generate(() -> Call.of(() -> in.readNBytes(1000).length))
                    .limit(4)
                    .toList();
            for (int i = 0; i < 40; i++) {
                talk.peer.binary(new byte[100]);
            }
            for (Call<Integer> reader : readers) {
                assertEquals(1000, reader.result());
            }
        }
    }

    @Test
    void aMessageThatFitsInOneBufferIsOneFrame() throws IOException {
        for (int length : new int[] {0, 1, 1023, 1024}) {
            try (Talk talk = Talk.open(new Tuning().frameSize(1024))) {
                talk.send(new byte[length]);
                assertEquals(length, talk.peer.expect(BINARY).payload().length);
                talk.connection.sender().send(SocketMessageType.BINARY, out -> {
                    for (int i = 0; i < length; i++) {
                        out.write(i);
                    }
                });
                assertEquals(length, talk.peer.expect(BINARY).payload().length);
                talk.send("next");
                assertEquals("next", talk.peer.expect(BINARY).text(), "an empty final frame followed");
            }
        }
    }
}
