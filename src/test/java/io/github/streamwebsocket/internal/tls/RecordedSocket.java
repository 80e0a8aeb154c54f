package io.github.streamwebsocket.internal.tls;

import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** A TCP socket that keeps what is written to it, and reads the ClientHellos in that (RFC 8446 4.1.2). */
final class RecordedSocket extends Socket {

    static final int SUPPORTED_GROUPS = 10;
    static final int ALPN = 16;
    static final int KEY_SHARE = 51;

    static final int X25519MLKEM768 = 0x11ec;
    static final int SECP256R1 = 23;
    static final int SECP384R1 = 24;
    static final int SECP521R1 = 25;
    static final int X25519 = 29;

    private static final int HANDSHAKE_RECORD = 22;
    private static final int CLIENT_HELLO = 1;

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    RecordedSocket(int port) throws IOException {
        super(InetAddress.getLoopbackAddress(), port);
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        return new FilterOutputStream(super.getOutputStream()) {
            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                written.write(bytes, offset, length);
                out.write(bytes, offset, length);
            }
        };
    }

    /** The ClientHellos that were sent in plaintext: two when the server asked for another. */
    List<ByteBuffer> clientHellos() {
        List<ByteBuffer> hellos = new ArrayList<>();
        ByteBuffer all = ByteBuffer.wrap(written.toByteArray());
        while (all.remaining() >= 5) {
            int type = all.get();
            all.getShort();
            ByteBuffer content = next(all, all.getShort() & 0xffff);
            if (type == HANDSHAKE_RECORD && content.get(0) == CLIENT_HELLO) {
                hellos.add(content);
            }
        }
        return hellos;
    }

    /** The content of an extension, without the length that each of those above begins with. */
    static ByteBuffer extension(ByteBuffer clientHello, int wanted) {
        ByteBuffer hello = clientHello.duplicate();
        hello.position(4 + 2 + 32); // header, version, random
        next(hello, hello.get()); // session
        next(hello, hello.getShort() & 0xffff); // suites
        next(hello, hello.get()); // compression
        hello.getShort();
        while (hello.hasRemaining()) {
            int type = hello.getShort() & 0xffff;
            ByteBuffer content = next(hello, hello.getShort() & 0xffff);
            if (type == wanted) {
                content.getShort();
                return content.slice();
            }
        }
        throw new AssertionError("no extension " + wanted);
    }

    static List<Integer> supportedGroups(ByteBuffer clientHello) {
        ByteBuffer groups = extension(clientHello, SUPPORTED_GROUPS);
        List<Integer> found = new ArrayList<>();
        while (groups.hasRemaining()) {
            found.add(groups.getShort() & 0xffff);
        }
        return found;
    }

    static List<Integer> keyShares(ByteBuffer clientHello) {
        ByteBuffer shares = extension(clientHello, KEY_SHARE);
        List<Integer> found = new ArrayList<>();
        while (shares.hasRemaining()) {
            found.add(shares.getShort() & 0xffff);
            next(shares, shares.getShort() & 0xffff);
        }
        return found;
    }

    private static ByteBuffer next(ByteBuffer buffer, int length) {
        ByteBuffer slice = buffer.slice(buffer.position(), length);
        buffer.position(buffer.position() + length);
        return slice;
    }
}
