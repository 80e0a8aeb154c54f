package io.github.streamwebsocket.testing;

import io.github.streamwebsocket.internal.net.Wire;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * A wire that plays a script: pieces of bytes, each of which one read or several bring but never two pieces in one, and
 * timeouts between; after the script, the end. Keeps what is written. For one thread, never blocks.
 */
public final class ScriptedWire implements Wire {
    /** Stands for a timeout; pieces are never empty. */
    private static final byte[] TIMEOUT = {};

    private final Deque<byte[]> script = new ArrayDeque<>();
    private final List<Integer> asked = new ArrayList<>();
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private int timeoutMillis;
    private boolean aborted;

    /** A wire that brings these pieces and then ends. Empty pieces are left out. */
    public static ScriptedWire of(byte[]... pieces) {
        ScriptedWire wire = new ScriptedWire();
        for (byte[] piece : pieces) {
            wire.then(piece);
        }
        return wire;
    }

    /** A wire that brings the bytes one by one, with a timeout in front of each and at the end. */
    public static ScriptedWire stuttering(byte[] bytes) {
        ScriptedWire wire = new ScriptedWire();
        for (byte b : bytes) {
            wire.thenTimeout().then(new byte[] {b});
        }
        return wire.thenTimeout();
    }

    /** Adds a piece to the script. */
    public ScriptedWire then(byte[] piece) {
        if (piece.length > 0) {
            script.add(piece);
        }
        return this;
    }

    /** Adds a read that times out. */
    public ScriptedWire thenTimeout() {
        script.add(TIMEOUT);
        return this;
    }

    /** How many bytes each read so far had room for, in order. */
    public List<Integer> asked() {
        return asked;
    }

    /** What has been written. */
    public byte[] written() {
        return written.toByteArray();
    }

    /** The read timeout that was set last. */
    public int timeoutMillis() {
        return timeoutMillis;
    }

    public boolean aborted() {
        return aborted;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (length <= 0) {
            throw new AssertionError("a read of " + length + " bytes cannot bring at least one");
        }
        asked.add(length);
        byte[] piece = script.poll();
        if (piece == null) {
            return -1;
        }
        if (piece.length == 0) {
            throw new SocketTimeoutException("scripted");
        }
        int count = Math.min(length, piece.length);
        System.arraycopy(piece, 0, buffer, offset, count);
        if (count < piece.length) {
            script.addFirst(Arrays.copyOfRange(piece, count, piece.length));
        }
        return count;
    }

    @Override
    public void readTimeout(int millis) {
        timeoutMillis = millis;
    }

    @Override
    public void write(byte[] buffer, int offset, int length) {
        written.write(buffer, offset, length);
    }

    @Override
    public void endOutput() {}

    @Override
    public void drain(int limit, int timeoutMillis) {}

    @Override
    public void abort() {
        aborted = true;
    }

    @Override
    public InetSocketAddress localAddress() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
    }

    @Override
    public InetSocketAddress remoteAddress() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 2);
    }
}
