package io.github.streamwebsocket.jmh.peer;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * A client's opening request: where to, and with which key (RFC 6455 4.2).
 *
 * @param leftover what came behind it
 */
record OpeningHandshake(String path, String query, String key, ByteBuffer leftover) {
    private static final int MOST = 16_384;
    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    static OpeningHandshake read(PeerChannel channel) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(MOST);
        int end = -1;
        while (end < 0) {
            int before = buffer.position();
            if (channel.read(buffer) <= 0) {
                throw new EOFException("no opening request");
            }
            end = end(buffer.array(), Math.max(0, before - 3), buffer.position());
        }
        String head = new String(buffer.array(), 0, end, US_ASCII);
        String[] request = head.substring(0, head.indexOf("\r\n")).split(" ");
        String key = header(head, "sec-websocket-key");
        if (request.length != 3 || key == null) {
            throw new ProtocolError("expected an opening request but was " + head);
        }
        int query = request[1].indexOf('?');
        return new OpeningHandshake(
                query < 0 ? request[1] : request[1].substring(0, query),
                query < 0 ? "" : request[1].substring(query + 1),
                key,
                buffer.flip().position(end).slice());
    }

    /** Returns where the empty line ends that starts at {@code from} or behind, -1 if there is none. */
    private static int end(byte[] bytes, int from, int to) {
        for (int i = from; i + 4 <= to; i++) {
            if (bytes[i] == '\r' && bytes[i + 1] == '\n' && bytes[i + 2] == '\r' && bytes[i + 3] == '\n') {
                return i + 4;
            }
        }
        return -1;
    }

    private static String header(String head, String name) {
        for (String line : head.split("\r\n")) {
            if (line.length() > name.length()
                    && line.charAt(name.length()) == ':'
                    && line.regionMatches(true, 0, name, 0, name.length())) {
                return line.substring(name.length() + 1).trim();
            }
        }
        return null;
    }

    /** Returns a number of the query, or the default if it is not there. */
    long number(String name, long other) {
        for (String pair : query.split("&")) {
            if (pair.startsWith(name + "=")) {
                return Long.parseLong(pair.substring(name.length() + 1));
            }
        }
        return other;
    }

    void accept(PeerChannel channel) throws IOException {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-1").digest((key + GUID).getBytes(US_ASCII));
            String answer = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                    + "Sec-WebSocket-Accept: " + Base64.getEncoder().encodeToString(hash) + "\r\n\r\n";
            channel.write(ByteBuffer.wrap(answer.getBytes(US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-1", e);
        }
    }

    void refuse(PeerChannel channel) throws IOException {
        channel.write(ByteBuffer.wrap(
                "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".getBytes(US_ASCII)));
    }
}
