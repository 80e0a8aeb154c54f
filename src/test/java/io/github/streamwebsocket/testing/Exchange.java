package io.github.streamwebsocket.testing;

import io.github.streamwebsocket.IncomingMessage;
import io.github.streamwebsocket.OutgoingMessage;
import io.github.streamwebsocket.SocketMessageType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Random messages that one end sends, in one piece or fragmented at random places, while it receives as many. */
public final class Exchange {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final MessageEnd end;
    private final long seed;
    private final int count;
    private final Tally sent = new Tally();
    private final Tally received = new Tally();

    private Exchange(MessageEnd end, long seed, int count) {
        this.end = end;
        this.seed = seed;
        this.count = count;
    }

    /** What went out and came in: two tallies, finished. */
    public record Result(String sent, String received, long sentBytes, long receivedBytes) {}

    /** Sends and receives so many messages. */
    public static Result run(MessageEnd end, long seed, int count) throws Exception {
        Exchange exchange = new Exchange(end, seed, count);
        try {
            together(end, exchange::send, exchange::receive);
        } catch (Exception e) {
            throw new AssertionError("with seed " + seed, e);
        }
        return new Result(
                exchange.sent.finish(), exchange.received.finish(), exchange.sent.bytes(), exchange.received.bytes());
    }

    /** Sends beside receiving, and gives what the latter gives. If one of them fails the connection ends, so that both end. */
    public static <T> T together(MessageEnd end, Call.Action sending, Callable<T> receiving) throws Exception {
        FutureTask<Void> sender = new FutureTask<>(() -> {
            try {
                sending.run();
                return null;
            } catch (Throwable e) {
                end.abort();
                throw new AssertionError("sending failed", e);
            }
        });
        Thread.ofVirtual().name("test-sender").start(sender);
        try {
            T result = receiving.call();
            sender.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            return result;
        } catch (Exception | Error e) {
            end.abort();
            try {
                sender.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            } catch (Exception why) {
                e.addSuppressed(why);
            }
            throw e;
        }
    }

    private void send() throws IOException {
        RandomMessages messages = new RandomMessages(seed);
        SplittableRandom random = new SplittableRandom(seed + 1);
        for (int i = 0; i < count; i++) {
            RandomMessages.Message message = messages.next();
            sent.add(message.type(), message.payload());
            switch (random.nextInt(4)) {
                case 0 -> sendFragmented(message, random);
                case 1 -> sendWritten(message, random);
                default -> sendWhole(message);
            }
        }
    }

    private void sendWhole(RandomMessages.Message message) throws IOException {
        if (message.type() == SocketMessageType.UTF8) {
            end.sendText(message.text());
        } else {
            end.send(message.payload());
        }
    }

    /** Text by a writer, in two parts that may cut a pair of surrogates. */
    private void sendWritten(RandomMessages.Message message, SplittableRandom random) throws IOException {
        if (message.type() == SocketMessageType.BINARY) {
            sendWhole(message);
            return;
        }
        String text = message.text();
        int cut = random.nextInt(text.length() + 1);
        end.sendText(out -> {
            out.write(text, 0, cut);
            out.write(text, cut, text.length() - cut);
        });
    }

    private void sendFragmented(RandomMessages.Message message, SplittableRandom random) throws IOException {
        byte[] payload = message.payload();
        int left = payload.length;
        try (OutgoingMessage out = end.beginMessage(message.type())) {
            for (int cuts = random.nextInt(5); cuts > 0; cuts--) {
                int length = random.nextInt(left + 1);
                out.write(payload, payload.length - left, length);
                left -= length;
                if (random.nextBoolean()) {
                    out.flush();
                }
            }
            out.write(payload, payload.length - left, left);
            out.complete();
        }
    }

    private @Nullable Void receive() throws IOException {
        SplittableRandom random = new SplittableRandom(seed + 2);
        for (int i = 0; i < count; i++) {
            IncomingMessage message = end.receive();
            if (message == null) {
                throw new AssertionError("expected " + count + " messages but the connection was closed after " + i);
            }
            received.add(message.type(), payload(message, new byte[1 + random.nextInt(16_384)]));
        }
        return null;
    }

    private static byte[] payload(IncomingMessage message, byte[] section) throws IOException {
        ByteArrayOutputStream payload = new ByteArrayOutputStream();
        try (message) {
            for (int length = message.read(section); length >= 0; length = message.read(section)) {
                payload.write(section, 0, length);
            }
        }
        return payload.toByteArray();
    }
}
