package io.github.streamwebsocket.internal.connection;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.github.streamwebsocket.IncomingMessage;
import io.github.streamwebsocket.WebSocketTimeoutException;
import io.github.streamwebsocket.testing.Call;
import io.github.streamwebsocket.testing.RawFrames;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A read ends at its timeout whatever a peer sends that is no data, and goes on afterwards where it stopped. */
class ReadTimeoutIsKeptTest {

    @ParameterizedTest
    @ValueSource(ints = {RawFrames.CONTINUATION, RawFrames.PING, RawFrames.PONG})
    void aPeerThatSendsFramesWithoutDataDoesNotHoldARead(int opcode) throws Exception {
        AtomicBoolean enough = new AtomicBoolean();
        try (Talk talk = Talk.open(new Tuning().readTimeout(50))) {
            talk.peer.begin("a");
            IncomingMessage message = talk.connection.receive();
            assertNotNull(message);
            assertEquals('a', message.read());
            Call<Void> flood = Call.run(() -> {
                while (!enough.get()) {
                    RawFrames.Builder frame = RawFrames.frame(opcode);
                    talk.peer.frame(opcode == RawFrames.CONTINUATION ? frame.notFin() : frame);
                }
                talk.peer.end("b");
            });
            Call<Integer> read = Call.of(message::read);
            read.failure(WebSocketTimeoutException.class);
            System.out.println(
                    "a read of 50 ms in a flood of opcode " + opcode + " ended after " + read.millis() + " ms");
            enough.set(true);
            assertEquals('b', readPatiently(message));
            flood.result();
        }
    }

    @Test
    void dataThatIsThereIsReadHoweverShortTheTimeout() throws Exception {
        try (Talk talk = Talk.open(new Tuning().readTimeout(1))) {
            byte[] payload = RawFrames.pattern(100_000);
            Call<Void> sender = Call.run(() -> talk.peer.binary(payload));
            IncomingMessage message = null;
            while (message == null) {
                try {
                    message = talk.connection.receive();
                } catch (WebSocketTimeoutException e) {
                    // Nothing is there yet.
                }
            }
            byte[] came = new byte[payload.length];
            for (int i = 0; i < came.length; i++) {
                came[i] = (byte) readPatiently(message);
            }
            assertArrayEquals(payload, came);
            sender.result();
        }
    }

    private static int readPatiently(IncomingMessage message) throws Exception {
        while (true) {
            try {
                return message.read();
            } catch (WebSocketTimeoutException e) {
                // Nothing is there yet.
            }
        }
    }
}
