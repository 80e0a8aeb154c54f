package io.github.streamwebsocket.jmh;

import io.github.streamwebsocket.jmh.client.BenchConnection;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** One message that never ends, sent and received in sections of 64 KiB. An operation is a section. */
@BenchmarkMode(Mode.Throughput)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(value = 5, jvmArgsAppend = "-Djmh.executor=VIRTUAL")
public class Stream {
    private static final long STEP = (long) Talk.UNIT * Talk.UNITS;

    /** The way out. */
    @State(Scope.Thread)
    public static class Out extends Talk {
        private final byte[] section = payload(UNIT);
        private Sink sink;

        /** Connects. */
        @Setup
        public void open() throws Exception {
            start();
            sink = Sink.connect(this, STEP);
        }

        /** Sees to it that all has come. */
        @TearDown
        public void check() throws Exception {
            sink.connection().sendSection(section); // pushes out what is held back of those before
            sink.connection().sendSection(section);
            sink.close();
            stop();
        }
    }

    /** The way in. */
    @State(Scope.Thread)
    public static class In extends Talk {
        private BenchConnection connection;

        /** Connects. */
        @Setup
        public void open() throws Exception {
            start();
            connection = connectToSource("/source?fragments=" + UNIT, to -> to.receiveSections(UNIT));
        }

        /** Closes, with the message under way. */
        @TearDown
        public void end() throws Exception {
            connection.close();
            stop();
        }
    }

    /** Returns when the library has taken the last section. */
    @Benchmark
    @OperationsPerInvocation(Talk.UNITS)
    public void send(Out out) throws Exception {
        for (int i = 0; i < Talk.UNITS; i++) {
            out.sink.connection().sendSection(out.section);
        }
        out.sink.sent(0, STEP); // the message does not end
    }

    /** Returns when the last of these bytes is there. */
    @Benchmark
    @OperationsPerInvocation(Talk.UNITS)
    public void receive(In in) throws Exception {
        in.connection.receiveSections(STEP);
    }
}
