package io.github.streamwebsocket.jmh;

import io.github.streamwebsocket.jmh.client.BenchConnection;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Binary messages received one after the other from a peer that sends without end. An operation is 64 KiB of payload, so
 * with messages of that size it is a message. The size of each message is checked.
 */
@BenchmarkMode(Mode.Throughput)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(value = 5, jvmArgsAppend = "-Djmh.executor=VIRTUAL")
public class Receive extends Talk {
    /** Of each message, in bytes; divides 16 MiB. */
    @Param({"65536", "16777216"})
    private int size;

    private int messages;
    private BenchConnection connection;

    /** Connects. */
    @Setup
    public void open() throws Exception {
        start();
        messages = (int) ((long) UNIT * UNITS / size);
        connection = connectToSource("/source?size=" + size, to -> to.receive(1, size));
    }

    /** Closes. */
    @TearDown
    public void end() throws Exception {
        connection.close();
        stop();
    }

    /** Returns when the last byte of the last message is there. */
    @Benchmark
    @OperationsPerInvocation(UNITS)
    public void messages() throws Exception {
        connection.receive(messages, size);
    }
}
