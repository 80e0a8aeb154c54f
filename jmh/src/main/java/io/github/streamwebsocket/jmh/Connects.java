package io.github.streamwebsocket.jmh;

import io.github.streamwebsocket.jmh.client.BenchClient;
import io.github.streamwebsocket.jmh.client.Clients;
import io.github.streamwebsocket.jmh.client.Trust;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Connecting, and closing in good order, one after the other: an operation is both, to the end of TCP. */
@BenchmarkMode(Mode.Throughput)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(value = 5, jvmArgsAppend = "-Djmh.executor=VIRTUAL")
public class Connects extends Talk {
    /** Starts the library. */
    @Setup
    public void open() throws Exception {
        start();
    }

    @Override
    BenchClient open(Clients chosen, Trust trust) throws Exception {
        return chosen.open(trust);
    }

    /** Ends it. */
    @TearDown
    public void end() throws Exception {
        stop();
    }

    /** Connects and closes. */
    @Benchmark
    public void connection() throws Exception {
        connect("/idle").close();
    }
}
