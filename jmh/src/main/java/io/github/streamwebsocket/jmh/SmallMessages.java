package io.github.streamwebsocket.jmh;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.Warmup;

/** Binary messages of 1 KiB, each of which leaves by itself. An operation is a message. */
@BenchmarkMode(Mode.Throughput)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(value = 5, jvmArgsAppend = "-Djmh.executor=VIRTUAL")
public class SmallMessages extends Sending {
    /** Before the peer reads again, in microseconds: so that it need not be woken for each message. */
    private static final int PAUSE = 100;

    private final byte[] message = payload(KIB);

    /** Connects. */
    @Setup
    public void open() throws Exception {
        start();
        sink = Sink.connect(this, (long) BATCH * KIB, PAUSE);
    }

    /** Each in a write of its own, or whatever the library takes for that. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public void oneByOne() throws Exception {
        for (int i = 0; i < BATCH; i++) {
            sink.connection().send(message);
        }
        sink.sent(BATCH, (long) BATCH * KIB);
    }
}
