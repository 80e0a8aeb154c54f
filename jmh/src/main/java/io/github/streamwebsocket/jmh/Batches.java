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
import org.openjdk.jmh.annotations.Warmup;

/** Binary messages of 1 KiB, many of which may leave together. An operation is a message. */
@BenchmarkMode(Mode.Throughput)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(value = 5, jvmArgsAppend = "-Djmh.executor=VIRTUAL")
public class Batches extends Sending {
    private final List<ByteBuffer> messages = new ArrayList<>();

    /** Connects. */
    @Setup
    public void open() throws Exception {
        start();
        for (int i = 0; i < BATCH; i++) {
            messages.add(ByteBuffer.wrap(payload(KIB)));
        }
        sink = Sink.connect(this, (long) BATCH * KIB);
    }

    /** All in as few writes as the library can do. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public void batch() throws Exception {
        for (ByteBuffer each : messages) {
            each.clear();
        }
        sink.connection().sendAll(messages);
        sink.sent(BATCH, (long) BATCH * KIB);
    }
}
