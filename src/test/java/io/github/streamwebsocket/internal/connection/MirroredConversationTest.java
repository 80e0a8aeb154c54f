package io.github.streamwebsocket.internal.connection;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.github.streamwebsocket.IncomingMessage;
import io.github.streamwebsocket.OutgoingMessage;
import io.github.streamwebsocket.SocketMessageType;
import io.github.streamwebsocket.WebSocketClosedException;
import io.github.streamwebsocket.internal.DeflateParameters;
import io.github.streamwebsocket.internal.Role;
import io.github.streamwebsocket.testing.Call;
import io.github.streamwebsocket.testing.NoThreadsLeft;
import io.github.streamwebsocket.testing.PipeWire;
import io.github.streamwebsocket.testing.RandomMessages;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A random script of what one side sends, receives and closes is played against its mirror, which receives what the other
 * sends. Between two of ours, and between each of ours and a peer that makes its frames by itself. What goes wrong names
 * the seed, with which it happens again.
 */
@ExtendWith(NoThreadsLeft.class)
class MirroredConversationTest {
    private static final int SCRIPTS = 300;

    /** One step: a message, or the Close that ends the script. */
    record Step(boolean byClient, RandomMessages.@Nullable Message message, int closeCode) {}

    /** One that plays a part. For one thread at a time. */
    interface Side {
        void send(RandomMessages.Message message) throws Exception;

        void receive(RandomMessages.Message expected) throws Exception;

        void close(int code) throws Exception;

        void expectClose(int code) throws Exception;
    }

    private static List<Step> script(Random random) {
        RandomMessages messages = new RandomMessages(random.nextLong());
        List<Step> steps = new ArrayList<>();
        for (int left = random.nextInt(20); left > 0; left--) {
            steps.add(new Step(random.nextBoolean(), messages.next(), 0));
        }
        steps.add(new Step(random.nextBoolean(), null, random.nextBoolean() ? 1000 : 3000 + random.nextInt(2000)));
        return steps;
    }

    private static void play(List<Step> script, boolean client, Side side) throws Exception {
        for (Step step : script) {
            boolean mine = step.byClient() == client;
            RandomMessages.Message message = step.message();
            if (message == null && mine) {
                side.close(step.closeCode());
            } else if (message == null) {
                side.expectClose(step.closeCode());
            } else if (mine) {
                side.send(message);
            } else {
                side.receive(message);
            }
        }
    }

    private static @Nullable DeflateParameters deflate(Random random) {
        return random.nextInt(3) == 0
                ? null
                : new DeflateParameters(
                        random.nextBoolean(),
                        random.nextBoolean(),
                        8 + random.nextInt(8),
                        8 + random.nextInt(8),
                        1 + random.nextInt(9),
                        random.nextInt(3) * 100);
    }

    private static Tuning tuning(Random random, @Nullable DeflateParameters deflate) {
        Tuning tuning = new Tuning()
                .text()
                .frameSize(128 + random.nextInt(random.nextBoolean() ? 100 : 65_000))
                .unsolicitedPong(random.nextInt(3));
        return deflate == null ? tuning : tuning.deflate(deflate);
    }

    private static Connection open(Role role, PipeWire wire, Tuning tuning) {
        return Connection.open(
                role, wire, new byte[0], tuning.deflate(), tuning.settings(), true, new Handlers<>("closed"), () -> {});
    }

    @Test
    void betweenTwoOfOurs() {
        for (int i = 0; i < SCRIPTS; i++) {
            long seed = System.nanoTime();
            Random random = new Random(seed);
            DeflateParameters deflate = deflate(random);
            PipeWire[] pipe = PipeWire.pair(64 + random.nextInt(100_000));
            Connection client = open(Role.CLIENT, pipe[0], tuning(random, deflate));
            Connection server = open(Role.SERVER, pipe[1], tuning(random, deflate));
            play(seed, script(random), new Ours(client, random.nextLong()), new Ours(server, random.nextLong()));
            client.abort();
            server.abort();
        }
    }

    @Test
    void betweenOursAndOneThatMakesItsFramesByItself() {
        for (int i = 0; i < SCRIPTS; i++) {
            long seed = System.nanoTime();
            Random random = new Random(seed);
            DeflateParameters deflate = deflate(random);
            Role role = random.nextBoolean() ? Role.CLIENT : Role.SERVER;
            PipeWire[] pipe = PipeWire.pair(64 + random.nextInt(100_000));
            Connection connection = open(role, pipe[0], tuning(random, deflate));
            Ours ours = new Ours(connection, random.nextLong());
            Side raw = new RawSide(pipe[1], role.peer(), deflate, random.nextLong());
            boolean client = role == Role.CLIENT;
            play(seed, script(random), client ? ours : raw, client ? raw : ours);
            connection.abort();
        }
    }

    private static void play(long seed, List<Step> script, Side client, Side server) {
        AtomicReference<@Nullable Throwable> first = new AtomicReference<>();
        List<Call<Void>> parts = List.of(
                Call.run(() -> note(first, () -> play(script, true, client))),
                Call.run(() -> note(first, () -> play(script, false, server))));
        for (Call<Void> part : parts) {
            Throwable outcome = part.outcome();
            if (outcome != null) {
                throw new AssertionError("seed " + seed + ", " + script.size() + " steps", first.get());
            }
        }
    }

    private static void note(AtomicReference<@Nullable Throwable> first, Call.Action part) throws Throwable {
        try {
            part.run();
        } catch (Throwable e) {
            first.compareAndSet(null, e);
            throw e;
        }
    }

    /** A connection of ours, which sends and reads in every way there is. */
    private static final class Ours implements Side {
        private final Connection connection;
        private final Random random;

        Ours(Connection connection, long seed) {
            this.connection = connection;
            this.random = new Random(seed);
        }

        @Override
        public void send(RandomMessages.Message message) throws IOException {
            Sender sender = connection.sender();
            byte[] payload = message.payload();
            SocketMessageType type = message.type();
            switch (random.nextInt(8)) {
                case 0 -> sender.send(type, ByteBuffer.wrap(payload));
                case 1 -> sender.sendAll(type, List.of(ByteBuffer.wrap(payload)));
                case 2 -> sender.send(type, out -> inParts(payload, out));
                case 3 -> {
                    try (OutgoingMessage out = sender.beginMessage(type)) {
                        inParts(payload, out);
                        out.complete();
                    }
                }
                case 4 -> {
                    int cut = random.nextInt(payload.length + 1);
                    sender.sendFrame(type, ByteBuffer.wrap(payload, 0, cut), false);
                    sender.sendFrame(type, ByteBuffer.wrap(payload, cut, payload.length - cut), true);
                }
                case 5 -> sendAsText(message);
                default -> sender.send(type, payload, 0, payload.length);
            }
        }

        private void sendAsText(RandomMessages.Message message) throws IOException {
            if (message.type() == SocketMessageType.BINARY) {
                connection.sender().send(message.type(), message.payload(), 0, message.payload().length);
            } else if (random.nextBoolean()) {
                connection.sender().sendText(message.text());
            } else {
                String text = message.text();
                int cut = random.nextInt(text.length() + 1); // inside a pair of surrogates too
                connection.sender().sendText(out -> {
                    out.write(text, 0, cut);
                    out.write(text, cut, text.length() - cut);
                });
            }
        }

        private void inParts(byte[] payload, OutputStream out) throws IOException {
            for (int at = 0; at < payload.length; ) {
                int count = Math.min(payload.length - at, 1 + random.nextInt(10_000));
                out.write(payload, at, count);
                at += count;
                if (random.nextInt(3) == 0) {
                    out.flush();
                }
            }
        }

        @Override
        public void receive(RandomMessages.Message expected) throws IOException {
            try (IncomingMessage message = connection.receive()) {
                assertNotNull(message);
                assertEquals(expected.type(), message.type());
                byte[] payload = expected.payload();
                int wanted = random.nextInt(5) == 0 ? random.nextInt(payload.length + 1) : payload.length;
                byte[] read = message.readNBytes(wanted);
                assertArrayEquals(Arrays.copyOf(payload, wanted), read);
                if (wanted == payload.length) {
                    assertEquals(-1, message.read());
                }
            } // what is left is dropped
        }

        @Override
        public void close(int code) throws IOException {
            connection.close(code, "");
        }

        @Override
        public void expectClose(int code) throws IOException {
            try {
                assertNull(connection.receive());
                assertEquals(1000, code);
            } catch (WebSocketClosedException e) {
                assertEquals(code, e.remoteCode());
            }
        }
    }
}
