package io.github.streamwebsocket.testing;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An independent maker and reader of WebSocket frames (RFC 6455 5.2): shares nothing with the code it judges, so a
 * mistake made on both sides cannot cancel out. Written to be plainly right and not fast. Makes every illegal frame too.
 *
 * {@snippet :
 * byte[] ping = RawFrames.frame(RawFrames.PING).payload("Hello").maskedWith(0x37fa213d).bytes();
 * byte[] bad = RawFrames.frame(RawFrames.BINARY).rsv(4).lengthForm(8).payload("x").bytes();
 * List<byte[]> messages = RawFrames.messages(RawFrames.parse(whatCame));
 * }
 */
public final class RawFrames {
    public static final int CONTINUATION = 0x0;
    public static final int TEXT = 0x1;
    public static final int BINARY = 0x2;
    public static final int CLOSE = 0x8;
    public static final int PING = 0x9;
    public static final int PONG = 0xA;

    private RawFrames() {}

    /** Starts a frame: fin, not masked, no payload, the length in its shortest form. */
    public static Builder frame(int opcode) {
        return new Builder(opcode);
    }

    /** Starts a Close frame with a code and a reason. */
    public static Builder close(int code, String reason) {
        ByteArrayOutputStream payload = new ByteArrayOutputStream();
        payload.write(code >> 8);
        payload.write(code);
        payload.writeBytes(reason.getBytes(StandardCharsets.UTF_8));
        return frame(CLOSE).payload(payload.toByteArray());
    }

    /** A frame being made. Nothing is checked: that is the point. */
    public static final class Builder {
        private final int opcode;
        private boolean fin = true;
        private int rsv;
        private @Nullable Integer key;
        private int lengthForm = -1;
        private long claimedLength = -1;
        private byte[] payload = {};

        private Builder(int opcode) {
            this.opcode = opcode;
        }

        /** Clears the fin bit: more fragments follow. */
        public Builder notFin() {
            fin = false;
            return this;
        }

        /** Sets the reserved bits; 4 is RSV1, 1 is RSV3. */
        public Builder rsv(int bits) {
            rsv = bits;
            return this;
        }

        /** Masks the payload; the first byte of the key on the wire is its highest. */
        public Builder maskedWith(int maskKey) {
            key = maskKey;
            return this;
        }

        /** Masks the payload or not, as the side that sends it has to. */
        public Builder masked(boolean masked) {
            key = masked ? 0x9bad_5eed : null;
            return this;
        }

        /** Sets how many extra bytes the length takes, 0, 2 or 8, fitting or not. */
        public Builder lengthForm(int extraBytes) {
            lengthForm = extraBytes;
            return this;
        }

        /** Puts this length into the header, whatever the payload. Implies 8 extra bytes unless a form is set. */
        public Builder claimedLength(long length) {
            claimedLength = length;
            lengthForm = lengthForm < 0 ? 8 : lengthForm;
            return this;
        }

        public Builder payload(byte[] bytes) {
            payload = bytes.clone();
            return this;
        }

        public Builder payload(String text) {
            return payload(text.getBytes(StandardCharsets.UTF_8));
        }

        /** The frame as it goes on the wire. */
        public byte[] bytes() {
            ByteArrayOutputStream frame = new ByteArrayOutputStream();
            try (DataOutputStream out = new DataOutputStream(frame)) {
                int maskBit = key == null ? 0 : 0x80;
                out.writeByte((fin ? 0x80 : 0) + rsv * 0x10 + opcode);
                long length = claimedLength == -1 ? payload.length : claimedLength;
                switch (lengthForm >= 0 ? lengthForm : shortestForm(length)) {
                    case 0 -> out.writeByte(maskBit + (int) length);
                    case 2 -> {
                        out.writeByte(maskBit + 126);
                        out.writeShort((int) length);
                    }
                    default -> {
                        out.writeByte(maskBit + 127);
                        out.writeLong(length);
                    }
                }
                if (key == null) {
                    out.write(payload);
                } else {
                    out.writeInt(key);
                    out.write(mask(payload, key, 0));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return frame.toByteArray();
        }
    }

    /** A frame that was read, its payload unmasked. */
    public static final class Frame {
        private final int first;
        private final int lengthForm;
        private final @Nullable Integer maskKey;
        private final byte[] payload;
        private final int wireLength;

        private Frame(int first, int lengthForm, @Nullable Integer maskKey, byte[] payload, int wireLength) {
            this.first = first;
            this.lengthForm = lengthForm;
            this.maskKey = maskKey;
            this.payload = payload;
            this.wireLength = wireLength;
        }

        public boolean fin() {
            return first >= 128;
        }

        /** The reserved bits; 4 is RSV1, 1 is RSV3. */
        public int rsv() {
            return first / 16 % 8;
        }

        public int opcode() {
            return first % 16;
        }

        /** How many extra bytes the length took: 0, 2 or 8. */
        public int lengthForm() {
            return lengthForm;
        }

        /** The key, null when the frame was not masked. */
        public @Nullable Integer maskKey() {
            return maskKey;
        }

        public byte[] payload() {
            return payload;
        }

        /** How many bytes the frame took with its header. */
        public int wireLength() {
            return wireLength;
        }

        public boolean masked() {
            return maskKey != null;
        }

        public boolean control() {
            return opcode() >= 8;
        }

        public String text() {
            return new String(payload, StandardCharsets.UTF_8);
        }

        @Override
        public String toString() {
            return "Frame[opcode " + opcode() + (fin() ? " fin" : "") + (masked() ? " masked" : "") + ", "
                    + payload.length + " bytes in " + wireLength + "]";
        }
    }

    /** Reads frames to the last byte; a rest that is no whole frame is an AssertionError. */
    public static List<Frame> parse(byte[] stream) {
        List<Frame> frames = new ArrayList<>();
        for (int at = 0; at < stream.length; ) {
            Frame frame = parseAt(stream, at);
            if (frame == null) {
                throw new AssertionError("no whole frame in the last bytes: "
                        + HexFormat.of().formatHex(stream, at, Math.min(stream.length, at + 64)));
            }
            frames.add(frame);
            at += frame.wireLength();
        }
        return frames;
    }

    /** Reads the one frame there must be. */
    public static Frame parseOne(byte[] stream) {
        List<Frame> frames = parse(stream);
        if (frames.size() != 1) {
            throw new AssertionError("expected one frame but were " + frames);
        }
        return frames.get(0);
    }

    /** Reads the frame that starts at {@code from}; null when it is not there whole. */
    public static @Nullable Frame parseAt(byte[] stream, int from) {
        if (stream.length - from < 2) {
            return null;
        }
        int first = stream[from] & 0xFF;
        int second = stream[from + 1] & 0xFF;
        int form = second % 128 == 127 ? 8 : second % 128 == 126 ? 2 : 0;
        boolean masked = second >= 128;
        int head = 2 + form + (masked ? 4 : 0);
        if (stream.length - from < head) {
            return null;
        }
        long length = form == 0 ? second % 128 : number(stream, from + 2, form);
        if (length < 0 || length > stream.length - from - head) {
            return null;
        }
        byte[] payload = Arrays.copyOfRange(stream, from + head, from + head + (int) length);
        Integer key = null;
        if (masked) {
            key = (int) number(stream, from + head - 4, 4);
            payload = mask(payload, key, 0);
        }
        return new Frame(first, form, key, payload, head + (int) length);
    }

    /** Puts the data frames together; control frames are left out. A wrong order of fragments is an AssertionError. */
    public static List<byte[]> messages(List<Frame> frames) {
        List<byte[]> messages = new ArrayList<>();
        ByteArrayOutputStream message = null;
        for (Frame frame : frames) {
            if (frame.control()) {
                continue;
            }
            if ((frame.opcode() == CONTINUATION) != (message != null)) {
                throw new AssertionError(frame + " out of order in " + frames);
            }
            message = message == null ? new ByteArrayOutputStream() : message;
            message.writeBytes(frame.payload());
            if (frame.fin()) {
                messages.add(message.toByteArray());
                message = null;
            }
        }
        if (message != null) {
            throw new AssertionError("the last message does not end: " + frames);
        }
        return messages;
    }

    /** Masks byte by byte as RFC 6455 5.3 writes it, the first byte at place {@code phase} of the payload. */
    public static byte[] mask(byte[] payload, int key, int phase) {
        int[] octets = {key >>> 24, key >>> 16 & 0xFF, key >>> 8 & 0xFF, key & 0xFF};
        byte[] masked = new byte[payload.length];
        for (int i = 0; i < payload.length; i++) {
            masked[i] = (byte) (payload[i] ^ octets[(i + phase) % 4]);
        }
        return masked;
    }

    /** Bytes in which a shift by any small distance shows. */
    public static byte[] pattern(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (i * 31 + i / 251);
        }
        return bytes;
    }

    /** One array after the other. */
    public static byte[] join(byte[]... parts) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            joined.writeBytes(part);
        }
        return joined.toByteArray();
    }

    /** The bytes of a hexadecimal text with spaces, as RFC 6455 writes its examples. */
    public static byte[] hex(String text) {
        return HexFormat.of().parseHex(text.replace(" ", ""));
    }

    private static int shortestForm(long length) {
        return length < 126 ? 0 : length < 65536 ? 2 : 8;
    }

    private static long number(byte[] bytes, int from, int count) {
        long number = 0;
        for (int i = 0; i < count; i++) {
            number = number * 256 + (bytes[from + i] & 0xFF);
        }
        return number;
    }
}
