package io.github.streamwebsocket.internal.message;

import io.github.streamwebsocket.internal.frame.FrameEncoder;
import io.github.streamwebsocket.internal.frame.Mask;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Collects the payload of one frame behind free room for its header, so that the frame is made in place and leaves in
 * one write. Arrays are masked on their way in, if the frame will be: the one copy there is costs no second pass then.
 * Between messages the array is held weakly: a busy sender gets the same one back, an idle connection costs nothing
 * after the next collection. For one thread at a time.
 */
final class FrameBuffer {
    /** The room in front of the payload: more than the longest header takes, so that masking is fast. */
    static final int HEAD = Mask.DISTANCE;

    private static final byte[] NONE = {};
    private static final int LEAST = 1024;

    private final int capacity;
    /** Gives the keys to mask with; null where nothing is masked here. */
    private final @Nullable FrameEncoder masking;

    private byte[] bytes = NONE;
    private int length;
    /** How many bytes at the beginning are masked with the key. */
    private int masked;

    private int key;
    private @Nullable WeakReference<byte[]> idle;

    /** Makes a buffer for payloads of at most {@code capacity} bytes; the array is made when it is needed. */
    FrameBuffer(int capacity) {
        this.capacity = capacity;
        this.masking = null;
    }

    /** As the other one, for payloads that leave as they are put in, in frames of this encoder. */
    FrameBuffer(int capacity, FrameEncoder encoder) {
        this.capacity = capacity;
        this.masking = encoder.masks() ? encoder : null;
    }

    int length() {
        return length;
    }

    int room() {
        return capacity - length;
    }

    /** Takes as much as there is room for, and tells how much that was. */
    int put(byte[] source, int offset, int count) {
        int taken = Math.min(count, room());
        grow(length + taken);
        if (masking != null && masked == length) {
            if (length == 0) {
                key = masking.newKey();
            }
            Mask.copy(source, offset, bytes, HEAD + length, taken, key, length);
            masked += taken;
        } else {
            System.arraycopy(source, offset, bytes, HEAD + length, taken);
        }
        length += taken;
        return taken;
    }

    void put(byte value) {
        grow(length + 1);
        bytes[HEAD + length++] = value;
    }

    /** Takes as much of the source as there is room for, and moves its position. */
    void put(ByteBuffer source) {
        if (source.hasArray()) {
            int taken = put(source.array(), source.arrayOffset() + source.position(), source.remaining());
            source.position(source.position() + taken);
            return;
        }
        int taken = Math.min(source.remaining(), room());
        grow(length + taken);
        int limit = source.limit();
        source.limit(source.position() + taken);
        source.get(bytes, HEAD + length, taken);
        source.limit(limit);
        length += taken;
    }

    /** Takes what one read of the source brings. Returns -1 at its end. */
    int readFrom(InputStream source) throws IOException {
        grow(capacity);
        int count = source.read(bytes, HEAD + length, room());
        length += Math.max(count, 0);
        return count;
    }

    /** Gives all of the payload to be compressed; it must stay until that is done. */
    void giveTo(MessageDeflater deflater) {
        deflater.give(bytes, HEAD, length);
    }

    /** Takes at most {@code most} bytes of what the deflater makes, and tells how many; there must be room. */
    int takeFrom(MessageDeflater deflater, int most, boolean flush) throws IOException {
        grow(Math.min(capacity, length + MessageDeflater.LEAST_ROOM));
        int count = deflater.take(bytes, HEAD + length, Math.min(most, bytes.length - HEAD - length), flush);
        length += count;
        return count;
    }

    /** How many bytes at the beginning of the payload are masked, with the key of this frame. */
    int masked() {
        return masked;
    }

    /** The key of this frame, if a part of it is masked. */
    int key() {
        return key;
    }

    /** The array, with room for a header at least: also an empty payload has one. */
    byte[] reserve() {
        grow(length);
        return bytes;
    }

    /** The array in its full size, for frames that lie in it one behind the other. The buffer must be empty. */
    byte[] wholeArray() {
        grow(capacity);
        return bytes;
    }

    /** Drops the first bytes of the payload; those behind them, which are few, get the key of the next frame. */
    void removeFirst(int count) {
        if (masked > count) {
            Mask.apply(bytes, HEAD + count, masked - count, key, count);
        }
        length -= count;
        System.arraycopy(bytes, HEAD + count, bytes, HEAD, length);
        masked = 0;
        if (masking != null) {
            key = masking.newKey();
            Mask.apply(bytes, HEAD, length, key, 0);
            masked = length;
        }
    }

    /** Drops the last bytes of the payload. */
    void removeLast(int count) {
        length -= count;
        masked = Math.min(masked, length);
    }

    void clear() {
        length = 0;
        masked = 0;
    }

    /** Empties the buffer and lets go of the array, to be had again if nobody needs the memory. */
    void release() {
        clear();
        if (bytes.length > 0) {
            if (idle == null || !idle.refersTo(bytes)) {
                idle = new WeakReference<>(bytes);
            }
            bytes = NONE;
        }
    }

    /** Makes the array hold at least this much payload; grows in steps, as most messages are small. */
    private void grow(int payload) {
        if (bytes.length >= HEAD + payload) {
            return;
        }
        byte[] kept = idle == null ? null : idle.get();
        byte[] target = kept != null && bytes.length == 0 && kept.length >= HEAD + payload
                ? kept
                : new byte[HEAD + Math.min(capacity, Math.max(Math.max(LEAST, payload), 2 * length))];
        System.arraycopy(bytes, 0, target, 0, Math.min(bytes.length, HEAD + length));
        bytes = target;
    }
}
