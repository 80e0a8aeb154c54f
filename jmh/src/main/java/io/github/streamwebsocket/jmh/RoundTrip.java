package io.github.streamwebsocket.jmh;

import io.github.streamwebsocket.jmh.client.BenchConnection;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** A binary message of 64 bytes to the peer and back: an operation is both. */
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(value = 5, jvmArgsAppend = "-Djmh.executor=VIRTUAL")
public class RoundTrip extends Talk {
    private static final int SIZE = 64;

    private final byte[] message = payload(SIZE);
    private BenchConnection connection;

    /** Connects. */
    @Setup
    public void open() throws Exception {
        start();
        connection = connect("/echo");
    }

    /** Closes. */
    @TearDown
    public void end() throws Exception {
        connection.close();
        stop();
    }

    /** Returns when the message is back; its size is checked. */
    @Benchmark
    public void trip() throws Exception {
        connection.send(message);
        connection.receive(1, SIZE);
    }
}
