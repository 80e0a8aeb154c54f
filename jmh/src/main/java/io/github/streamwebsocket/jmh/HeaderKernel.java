package io.github.streamwebsocket.jmh;

import io.github.streamwebsocket.internal.frame.FrameHeader;
import io.github.streamwebsocket.internal.frame.Opcode;
import java.security.SecureRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What one frame header costs, to bytes and from them, in the three forms its length has (RFC 6455 5.2): as a client
 * sends it, with a mask key, and as a client receives it, without.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(3)
public class HeaderKernel extends InTurns {
    private static final int COUNT = 1024;

    /** Of the payload: the most that the two short forms hold, and 16 MiB. */
    @Param({"125", "65535", "16777216"})
    private long length;

    /** Another one for each header. */
    private final int[] keys = new SecureRandom().ints(COUNT).toArray();

    /** Headers that are read, each at a multiple of the most that one takes. */
    private final byte[] received = new byte[COUNT * FrameHeader.MAX_LENGTH];

    private final byte[] sent = new byte[FrameHeader.MAX_LENGTH];
    private final FrameHeader header = new FrameHeader();
    private int next;

    @Setup
    public void fill() {
        for (int i = 0; i < COUNT; i++) {
            FrameHeader.encode(received, i * FrameHeader.MAX_LENGTH, 0, Opcode.BINARY, true, length);
        }
    }

    @Benchmark
    public int encode() {
        return FrameHeader.encodeMasked(sent, 0, 0, Opcode.BINARY, true, length, keys[next++ & (COUNT - 1)]);
    }

    @Benchmark
    public FrameHeader decode() {
        header.decode(received, (next++ & (COUNT - 1)) * FrameHeader.MAX_LENGTH);
        return header;
    }
}
