package io.github.streamwebsocket.jmh;

import io.github.streamwebsocket.internal.Role;
import io.github.streamwebsocket.internal.frame.FrameEncoder;
import io.github.streamwebsocket.internal.frame.Mask;
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
 * What it costs to bring a payload masked into the array that is written, as the library does it: it is masked on its
 * way behind room for the header. Beside it the copy alone, to the same place, the same with a later piece of a larger
 * payload, and the whole frame with its header and a key that is drawn for it.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(3)
public class MaskKernel extends InTurns {
    /** The room for the header, as in the library. */
    private static final int HEAD = Mask.DISTANCE;

    private static final int KEYS = 4096;

    @Param({"64", "1024", "16384", "65536"})
    private int size;

    private final SecureRandom random = new SecureRandom();
    /** Another one for each payload; drawn beforehand, as {@link #arraycopy} draws none. */
    private final int[] keys = random.ints(KEYS).toArray();

    private int next;
    private byte[] source;
    /** Where the piece of a larger payload begins which {@link #piece} masks; the JIT must not know it. */
    private int start = 65_536;

    private byte[] target;
    private long[] longSource;
    private long[] longTarget;
    private final FrameEncoder encoder = FrameEncoder.ofData(Role.CLIENT);

    @Setup
    public void fill() {
        source = new byte[start + size];
        random.nextBytes(source);
        target = new byte[HEAD + size];
        longSource = random.longs(size / Long.BYTES).toArray();
        longTarget = new long[(HEAD + size) / Long.BYTES];
    }

    @Benchmark
    public byte[] arraycopy() {
        System.arraycopy(source, 0, target, HEAD, size);
        return target;
    }

    @Benchmark
    public byte[] mask() {
        Mask.copy(source, 0, target, HEAD, size, keys[next++ & (KEYS - 1)], 0);
        return target;
    }

    @Benchmark
    public byte[] piece() {
        Mask.copy(source, start, target, HEAD, size, keys[next++ & (KEYS - 1)], 0);
        return target;
    }

    /** The plainest loop that does the same to longs in arrays of their own kind. */
    @Benchmark
    public long[] longs() {
        int key = keys[next++ & (KEYS - 1)];
        long wide = (key & 0xFFFF_FFFFL) << 32 | (key & 0xFFFF_FFFFL);
        for (int i = 0; i < longSource.length; i++) {
            longTarget[i + HEAD / Long.BYTES] = longSource[i] ^ wide;
        }
        return longTarget;
    }

    @Benchmark
    public int frame() {
        int key = encoder.newKey();
        Mask.copy(source, 0, target, HEAD, size, key, 0);
        return encoder.encode(target, HEAD, size, false, Opcode.BINARY, true, key, size);
    }
}
