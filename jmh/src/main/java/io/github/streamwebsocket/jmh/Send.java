package io.github.streamwebsocket.jmh;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Binary messages sent one after the other to a peer that only counts them. An operation is 64 KiB of payload, so with
 * messages of that size it is a message.
 */
@BenchmarkMode(Mode.Throughput)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(value = 5, jvmArgsAppend = "-Djmh.executor=VIRTUAL")
public class Send extends Sending {
    private static final long STEP = (long) UNIT * UNITS;

    /** Of each message, in bytes; divides 16 MiB. */
    @Param({"65536", "16777216"})
    private int size;

    private byte[] message;
    private int messages;

    /** Connects. */
    @Setup
    public void open() throws Exception {
        start();
        message = payload(size);
        messages = (int) (STEP / size);
        sink = Sink.connect(this, STEP);
    }

    /** Returns when the library has taken the last message. */
    @Benchmark
    @OperationsPerInvocation(UNITS)
    public void messages() throws Exception {
        for (int i = 0; i < messages; i++) {
            sink.connection().send(message);
        }
        sink.sent(messages, STEP);
    }
}
