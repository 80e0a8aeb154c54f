package io.github.streamwebsocket.jmh;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Binary messages of 1 KiB, each of which leaves by itself, or many that may leave together. An operation is a message. */
@BenchmarkMode(Mode.Throughput)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(value = 5, jvmArgsAppend = "-Djmh.executor=VIRTUAL")
public class SmallMessages extends Talk {
    private static final int COUNT = 1024;
    /** Before the peer reads again, in microseconds: so that it need not be woken for each message. */
    private static final int PAUSE = 100;

    private final byte[] message = payload(KIB);
    private final List<ByteBuffer> messages = new ArrayList<>();
    private Sink sink;

    /** Connects. */
    @Setup
    public void open() throws Exception {
        start();
        for (int i = 0; i < COUNT; i++) {
            messages.add(ByteBuffer.wrap(payload(KIB)));
        }
        sink = Sink.connect(this, (long) COUNT * KIB, PAUSE);
    }

    /** Sees to it that all have come. */
    @TearDown
    public void check() throws Exception {
        sink.close();
        stop();
    }

    /** Each in a write of its own, or whatever the library takes for that. */
    @Benchmark
    @OperationsPerInvocation(COUNT)
    public void oneByOne() throws Exception {
        for (int i = 0; i < COUNT; i++) {
            sink.connection().send(message);
        }
        sink.sent(COUNT, (long) COUNT * KIB);
    }

    /** All in as few writes as the library can do. */
    @Benchmark
    @OperationsPerInvocation(COUNT)
    public void batch() throws Exception {
        for (ByteBuffer each : messages) {
            each.clear();
        }
        sink.connection().sendAll(messages);
        sink.sent(COUNT, (long) COUNT * KIB);
    }
}
