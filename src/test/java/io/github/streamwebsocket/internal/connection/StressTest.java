package io.github.streamwebsocket.internal.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.streamwebsocket.IncomingMessage;
import io.github.streamwebsocket.OutgoingMessage;
import io.github.streamwebsocket.SocketMessageType;
import io.github.streamwebsocket.WebSocketException;
import io.github.streamwebsocket.WebSocketTimeoutException;
import io.github.streamwebsocket.testing.Call;
import io.github.streamwebsocket.testing.NoThreadsLeft;
import io.github.streamwebsocket.testing.PipeWire;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Two connections talk in both directions and end in some way at some moment. Whatever happens, what arrives is whole
 * and in order, everybody returns, with an exception of ours at the most, and nothing is left.
 */
@ExtendWith(NoThreadsLeft.class)
class StressTest {
    private static final long NANOS = TimeUnit.SECONDS.toNanos(Long.getLong("stress.seconds", 4));
    private static final int SENDERS = 2;

    @Test
    void randomOperationsAndEnds() throws InterruptedException {
        long seed = Long.getLong("stress.seed", System.nanoTime());
        System.out.println("stress seed " + seed + " (-Dstress.seed=..., -Dstress.seconds=...)");
        Random random = new Random(seed);
        long until = System.nanoTime() + NANOS;
        int rounds = 0;
        for (; System.nanoTime() < until; rounds++) {
            round(new Random(random.nextLong()), "seed " + seed + ", round " + rounds);
        }
        System.out.println(rounds + " rounds");
        assertTrue(rounds > 3);
    }

    private static void round(Random random, String name) {
        int[] capacities = {16, 300, 5000, 100_000};
        PipeWire[] pipe = PipeWire.pair(capacities[random.nextInt(capacities.length)]);
        Tuning tuning = new Tuning()
                .closeTimeout(300)
                .frameSize(200 + random.nextInt(3000))
                .keepAlive(random.nextBoolean() ? 30 : 0)
                .readTimeout(random.nextInt(3) == 0 ? 5 : 0)
                .writeTimeout(random.nextInt(3) == 0 ? 1000 : 0)
                .unsolicitedPong(random.nextInt(3) == 0 ? 5 : 0);
        List<Call<Void>> calls = new ArrayList<>();
        try (Duo duo = new Duo(pipe, tuning)) {
            boolean streams = random.nextInt(4) == 0;
            for (Connection side : duo.sides()) {
                if (streams) {
                    Random own = new Random(random.nextLong());
                    calls.add(Call.run(() -> write(side, own)));
                    calls.add(Call.run(() -> read(side)));
                    continue;
                }
                for (int sender = 0; sender < SENDERS; sender++) {
                    int id = sender;
                    Random own = new Random(random.nextLong());
                    calls.add(Call.run(() -> send(side, id, own)));
                }
                Random own = new Random(random.nextLong());
                calls.add(Call.run(() -> receive(side, own)));
            }
            LockSupport.parkNanos(
                    TimeUnit.MICROSECONDS.toNanos(random.nextInt(random.nextInt(4) == 0 ? 90_000 : 9_000)));
            end(duo, pipe, calls, random);
            LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(random.nextInt(3_000)));
            end(duo, pipe, calls, random);
            for (Call<Void> call : calls) {
                Throwable outcome = call.outcome();
                if (outcome != null && !(outcome instanceof WebSocketException)) {
                    throw new AssertionError(name + ": " + outcome, outcome);
                }
            }
            duo.awaitEnd();
        } catch (AssertionError e) {
            throw new AssertionError(name + ": " + e.getMessage(), e);
        }
    }

    private static void end(Duo duo, PipeWire[] pipe, List<Call<Void>> calls, Random random) {
        int who = random.nextInt(2);
        Connection side = duo.sides().get(who);
        switch (random.nextInt(8)) {
            case 0 -> side.abort();
            case 1 -> calls.add(Call.run(side::close));
            case 2 -> {
                calls.add(Call.run(() -> duo.client.close(1000, "")));
                calls.add(Call.run(() -> duo.server.close(1001, "")));
            }
            case 3 -> pipe[who].cut();
            case 4 -> pipe[who].breakOutput();
            case 5 -> calls.get(random.nextInt(calls.size())).interrupt();
            case 6 -> pipe[who].abort();
            default -> {
                calls.add(Call.run(side::close));
                LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(random.nextInt(500)));
                side.abort();
            }
        }
        if (random.nextBoolean()) {
            calls.add(Call.run(side::close)); // so that a round always ends, at the second time at the latest
        } else {
            side.abort();
        }
    }

    /** Sends messages that tell their sender, their number and their length, until the connection ends. */
    private static void send(Connection side, int id, Random random) throws IOException {
        for (int number = 0; ; number++) {
            byte[] payload = payload(id, number, random.nextInt(random.nextInt(4) == 0 ? 20_000 : 200));
            switch (random.nextInt(6)) {
                case 0 -> side.sender().send(SocketMessageType.BINARY, ByteBuffer.wrap(payload));
                case 1 ->
                    side.sender().send(SocketMessageType.BINARY, out -> {
                        for (byte b : payload) {
                            out.write(b);
                        }
                    });
                case 2 -> {
                    try (OutgoingMessage message = side.sender().beginMessage(SocketMessageType.BINARY)) {
                        int half = payload.length / 2;
                        message.write(payload, 0, half);
                        message.flush();
                        message.write(payload, half, payload.length - half);
                        message.complete();
                    }
                }
                case 3 -> {
                    try (OutgoingMessage dropped = side.sender().beginMessage(SocketMessageType.BINARY)) {
                        dropped.write(1);
                    }
                    side.sender().send(SocketMessageType.BINARY, payload, 0, payload.length);
                }
                case 4 ->
                    side.sender()
                            .sendAll(
                                    SocketMessageType.BINARY,
                                    List.of(ByteBuffer.wrap(payload), ByteBuffer.wrap(payload(id, ++number, 5))));
                default -> side.sender().send(SocketMessageType.BINARY, payload, 0, payload.length);
            }
            if (random.nextInt(2000) == 0) {
                try (OutgoingMessage givenUp = side.sender().beginMessage(SocketMessageType.BINARY)) {
                    givenUp.write(1);
                    givenUp.flush();
                }
            }
        }
    }

    private static void receive(Connection side, Random random) throws IOException {
        int[] next = new int[SENDERS];
        while (true) {
            IncomingMessage message;
            try {
                message = side.receive();
            } catch (WebSocketTimeoutException e) {
                continue;
            }
            if (message == null) {
                return;
            }
            try (message) {
                check(readPatiently(message, random), next);
            }
            if (random.nextInt(300) == 0) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(60)); // lets the keeper have a turn
            }
        }
    }

    private static byte[] readPatiently(IncomingMessage message, Random random) throws IOException {
        ByteBuffer got = ByteBuffer.allocate(30_000);
        byte[] buffer = new byte[1 + random.nextInt(3000)];
        while (true) {
            try {
                int count = message.read(buffer);
                if (count < 0) {
                    return Arrays.copyOf(got.array(), got.position());
                }
                got.put(buffer, 0, count);
            } catch (WebSocketTimeoutException e) {
                assertTrue(got.hasRemaining());
            }
        }
    }

    private static void write(Connection side, Random random) throws IOException {
        OutputStream out = side.outputStream();
        for (int total = 0; ; ) {
            byte[] bytes = new byte[1 + random.nextInt(random.nextInt(4) == 0 ? 20_000 : 200)];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = octet(total++);
            }
            out.write(bytes);
            if (random.nextInt(3) == 0) {
                out.flush();
            }
        }
    }

    private static void read(Connection side) throws IOException {
        InputStream in = side.inputStream();
        byte[] buffer = new byte[2000];
        for (int total = 0, count = 0; count >= 0; ) {
            for (int i = 0; i < count; i++) {
                assertEquals(octet(total++), buffer[i]);
            }
            try {
                count = in.read(buffer);
            } catch (WebSocketTimeoutException e) {
                count = 0;
            }
        }
    }

    private static byte octet(int position) {
        return (byte) (position * 31 + (position >> 8));
    }

    private static byte[] payload(int id, int number, int length) {
        ByteBuffer bytes =
                ByteBuffer.allocate(12 + length).putInt(id).putInt(number).putInt(length);
        while (bytes.hasRemaining()) {
            bytes.put((byte) (bytes.position() * 31 + number));
        }
        return bytes.array();
    }

    private static void check(byte[] payload, int[] next) {
        ByteBuffer head = ByteBuffer.wrap(payload);
        int id = head.getInt();
        assertEquals(next[id]++, head.getInt(), "the message of this sender that comes next");
        assertEquals(payload.length, 12 + head.getInt());
        for (int i = 12; i < payload.length; i++) {
            assertEquals((byte) (i * 31 + next[id] - 1), payload[i]);
        }
    }
}
