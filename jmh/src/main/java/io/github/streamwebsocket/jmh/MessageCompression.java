package io.github.streamwebsocket.jmh;

import io.github.streamwebsocket.internal.DeflateParameters;
import io.github.streamwebsocket.internal.Role;
import io.github.streamwebsocket.internal.frame.FrameReader;
import io.github.streamwebsocket.internal.frame.Opcode;
import io.github.streamwebsocket.internal.message.MessageReader;
import io.github.streamwebsocket.internal.message.MessageWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What permessage-deflate costs on one core, and what it saves: 1 MiB of messages is made into frames by the writer of a
 * client, and read back by the reader of a server, in memory. Each run prints what part of the payload was left on the wire.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(3)
public class MessageCompression extends InTurns {
    private static final int FRAME_SIZE = 65_536;

    /** See {@link SampleMessages}. */
    @Param({"json", "log", "photo"})
    private String data;

    /** 0: no compression was agreed. */
    @Param({"0", "1", "3", "6", "9"})
    private int level;

    @Param({"15"})
    private int windowBits;

    @Param({"true"})
    private boolean context;

    private DeflateParameters agreed;
    private List<byte[]> messages;
    private byte[] wire;
    private final byte[] buffer = new byte[FRAME_SIZE];

    @Setup
    public void record() throws IOException {
        agreed = level == 0 ? null : new DeflateParameters(!context, !context, windowBits, windowBits, level, 128);
        messages = SampleMessages.of(data);
        ByteArrayOutputStream recorded = new ByteArrayOutputStream();
        MessageWriter writer = writer(recorded);
        send(writer);
        writer.close();
        wire = recorded.toByteArray();
    }

    @TearDown
    public void tell() {
        long payload = messages.stream().mapToLong(message -> message.length).sum();
        System.out.printf(
                "%n%s, level %d, window %d, context %b: %d messages of %d bytes on average, %.1f %% left on the wire%n",
                data,
                level,
                windowBits,
                context,
                messages.size(),
                payload / messages.size(),
                100.0 * wire.length / payload);
    }

    private MessageWriter writer(ByteArrayOutputStream sink) {
        return new MessageWriter(Role.CLIENT, sink::write, FRAME_SIZE, agreed, () -> new Deflater(level, true));
    }

    private void send(MessageWriter writer) throws IOException {
        for (byte[] message : messages) {
            writer.begin(Opcode.BINARY);
            writer.write(message, 0, message.length);
            writer.complete();
        }
    }

    @Benchmark
    public int send() throws IOException {
        ByteArrayOutputStream sink = new ByteArrayOutputStream(wire.length + 100_000);
        MessageWriter writer = writer(sink);
        send(writer);
        writer.close();
        return sink.size();
    }

    @Benchmark
    public long receive() throws IOException {
        FrameReader frames = new FrameReader(new RecordedWire(wire), Role.SERVER, new byte[0], agreed != null);
        MessageReader reader = new MessageReader(frames, Role.SERVER, agreed, () -> new Inflater(true));
        long total = 0;
        for (Opcode opcode = frames.next(); opcode != null; opcode = frames.next()) {
            reader.frame(opcode);
            while (reader.underWay()) {
                total += reader.read(buffer, 0, buffer.length);
            }
        }
        reader.close();
        return total;
    }
}
