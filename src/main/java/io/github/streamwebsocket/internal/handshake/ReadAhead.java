package io.github.streamwebsocket.internal.handshake;

import io.github.streamwebsocket.Headers;
import io.github.streamwebsocket.internal.net.Wire;
import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;

/**
 * Reads the text of a handshake off a wire, as many bytes at a time as come, and keeps what came beyond it: the first
 * frames may follow the head in the same packet. For one thread.
 */
final class ReadAhead {
    private static final byte[] NONE = {};
    private final Wire wire;
    private final byte[] buffer = new byte[4096];
    private int start;
    private int end;

    ReadAhead(Wire wire) {
        this.wire = wire;
    }

    /**
     * Reads a head, blocking until its end.
     *
     * @throws EOFException if the peer's data ends before the head does
     */
    void readHead(HeadParser parser) throws IOException, MalformedHeadException {
        while (!parser.complete()) {
            if (start == end && !fill()) {
                throw new EOFException("expected " + parser.kind().noun + " but the connection ended after "
                        + parser.taken() + " bytes");
            }
            start += parser.feed(buffer, start, end - start);
        }
    }

    /**
     * Reads the start of a refusal's body, and gives it as far as it came when the connection fails or the patience
     * ends: the refusal is the news, and its body an extra.
     *
     * @param limit most bytes wanted
     * @param patience longest time to wait for all of it
     */
    byte[] readBody(int code, Headers headers, int limit, Duration patience) {
        ResponseBody body = new ResponseBody(code, headers, limit);
        long began = System.nanoTime();
        try {
            while (true) {
                body.feed(buffer, start, end - start);
                start = end;
                long left = patience.toMillis() - (System.nanoTime() - began) / 1_000_000;
                if (body.complete() || left <= 0) {
                    break;
                }
                wire.readTimeout((int) left);
                if (!fill()) {
                    break;
                }
            }
        } catch (IOException e) {
            // What came is returned; whoever cancelled or timed out the attempt is asked by the caller.
        }
        return body.bytes();
    }

    /** Returns what was read and not used. */
    byte[] rest() {
        return start == end ? NONE : Arrays.copyOfRange(buffer, start, end);
    }

    private boolean fill() throws IOException {
        start = 0;
        end = Math.max(0, wire.read(buffer, 0, buffer.length));
        return end > 0;
    }
}
