package io.github.streamwebsocket.internal.handshake;

import io.github.streamwebsocket.internal.net.Wire;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/** A wire whose peer has said beforehand, piece by piece, all it will say; then it ends, or falls silent. */
final class ScriptedWire implements Wire {
    private final Deque<byte[]> pieces = new ArrayDeque<>();
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private boolean silentAtEnd;
    private int readTimeout;
    boolean outputEnded;
    boolean drained;
    boolean aborted;

    static ScriptedWire of(byte[]... pieces) {
        ScriptedWire wire = new ScriptedWire();
        wire.pieces.addAll(Arrays.asList(pieces));
        wire.pieces.removeIf(piece -> piece.length == 0);
        return wire;
    }

    static ScriptedWire of(String text) {
        return of(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    ScriptedWire thenSilent() {
        silentAtEnd = true;
        return this;
    }

    String written() {
        return written.toString(StandardCharsets.UTF_8);
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        byte[] piece = pieces.poll();
        if (piece == null) {
            if (!silentAtEnd) {
                return -1;
            }
            if (readTimeout == 0) {
                throw new AssertionError("would wait for ever");
            }
            throw new SocketTimeoutException("nothing within " + readTimeout + " ms");
        }
        int count = Math.min(length, piece.length);
        System.arraycopy(piece, 0, buffer, offset, count);
        if (count < piece.length) {
            pieces.addFirst(Arrays.copyOfRange(piece, count, piece.length));
        }
        return count;
    }

    @Override
    public void readTimeout(int millis) {
        readTimeout = millis;
    }

    @Override
    public void write(byte[] buffer, int offset, int length) throws IOException {
        if (outputEnded || aborted) {
            throw new IOException("written after the end");
        }
        written.write(buffer, offset, length);
    }

    @Override
    public void endOutput() {
        outputEnded = true;
    }

    @Override
    public void drain(int limit, int timeoutMillis) {
        drained = true;
    }

    @Override
    public void abort() {
        aborted = true;
    }

    @Override
    public InetSocketAddress localAddress() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 80);
    }

    @Override
    public InetSocketAddress remoteAddress() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 50_000);
    }
}
