package io.github.streamwebsocket.testing;

import io.github.streamwebsocket.internal.tls.Credentials;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLContext;

/** A server of bare sockets that does with each client what a test says, and shares no code with the library. */
public final class ScriptedServer implements AutoCloseable {

    /** What the server does with a client whose opening request it has read. The connection ends when it returns. */
    @FunctionalInterface
    public interface Script {
        void run(Client client) throws Exception;
    }

    private final Transport transport;
    private final ServerSocket listener;
    private final Script script;
    private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();
    private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
    private final BlockingQueue<IOException> ends = new LinkedBlockingQueue<>();

    public ScriptedServer(Transport transport, Script script) throws Exception {
        this(
                transport,
                transport.secure()
                        ? Credentials.jdkContext(transport.credential()).getServerSocketFactory()
                        : ServerSocketFactory.getDefault(),
                script);
    }

    /** With TLS and certificates of the test's own, for {@code localhost} or {@code 127.0.0.1}. */
    public ScriptedServer(SSLContext context, Script script) throws IOException {
        this(Transport.WSS_ECDSA, context.getServerSocketFactory(), script);
    }

    private ScriptedServer(Transport transport, ServerSocketFactory factory, Script script) throws IOException {
        this.transport = transport;
        this.script = script;
        listener = factory.createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().name("scripted-server").start(this::serve);
    }

    public URI uri() {
        return transport.uri(listener.getLocalPort(), "/");
    }

    private void serve() {
        try {
            while (true) {
                Socket socket = listener.accept();
                sockets.add(socket);
                Thread.ofVirtual().name("scripted-server").start(() -> serve(socket));
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            script.run(new Client(socket));
        } catch (IOException gone) {
            ends.add(gone); // a client may end its connection when it likes, and the test with it
        } catch (Throwable e) {
            failures.add(e);
        }
    }

    /** Waits for the next connection that ends by an exception, in its TLS handshake or later, and returns that. */
    public IOException end() throws InterruptedException {
        IOException end = ends.poll(10, TimeUnit.SECONDS);
        if (end == null) {
            throw new AssertionError("expected a connection to end");
        }
        return end;
    }

    /** Ends everything; an AssertionError if a script failed other than by the connection's end. */
    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : sockets) {
            socket.close();
        }
        for (Throwable failure : failures) {
            throw new AssertionError("a script failed", failure);
        }
    }

    /** The client at the other end. */
    public static final class Client {
        private static final String KEY = "Sec-WebSocket-Key: ";

        private final Socket socket;
        private final DataInputStream in;
        private final OutputStream out;
        private final String request;

        private Client(Socket socket) throws IOException {
            this.socket = socket;
            this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 65_536));
            this.out = socket.getOutputStream();
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                int next = in.read();
                if (next < 0) {
                    throw new EOFException("after " + head.length() + " bytes of the opening request");
                }
                head.append((char) next);
            }
            this.request = head.toString();
        }

        /** The head of the opening request. */
        public String request() {
            return request;
        }

        public Socket socket() {
            return socket;
        }

        public void send(String text) throws IOException {
            send(text.getBytes(StandardCharsets.ISO_8859_1));
        }

        public void send(byte[] bytes) throws IOException {
            out.write(bytes);
            out.flush();
        }

        /** Answers the opening request as RFC 6455 4.2.2 says. */
        public void upgrade() throws IOException {
            upgrade("");
        }

        /** The same with these lines behind, each with its end. */
        public void upgrade(String moreHeaders) throws IOException {
            send("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                    + "Sec-WebSocket-Accept: " + expectedAccept() + "\r\n" + moreHeaders + "\r\n");
        }

        /** The Sec-WebSocket-Accept that the client has to be given. */
        public String expectedAccept() {
            int start = request.indexOf(KEY) + KEY.length();
            String key = request.substring(start, request.indexOf("\r\n", start));
            try {
                byte[] digest = MessageDigest.getInstance("SHA-1")
                        .digest((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(StandardCharsets.US_ASCII));
                return Base64.getEncoder().encodeToString(digest);
            } catch (GeneralSecurityException e) {
                throw new AssertionError(e);
            }
        }

        /** Reads the header of the client's next frame. */
        public FrameHead head() throws IOException {
            int first = in.readUnsignedByte();
            int second = in.readUnsignedByte();
            if (second < 128) {
                throw new AssertionError("expected a masked frame");
            }
            int shortLength = second % 128;
            long length =
                    shortLength == 127 ? in.readLong() : shortLength == 126 ? in.readUnsignedShort() : shortLength;
            return new FrameHead(first >= 128, first % 128, length, in.readInt());
        }

        /** What was sent by the client behind the last header, as it is on the wire. */
        public int payload(byte[] buffer, int offset, int length) throws IOException {
            return in.read(buffer, offset, length);
        }

        /** Reads frames up to a Close, and answers it with the same bytes. */
        public void answerClose() throws IOException {
            answerClose(data -> {});
        }

        /** Reads frames up to a Close, hands on the payload of those with data, and answers the Close with the same bytes. */
        public void answerClose(Consumer<byte[]> data) throws IOException {
            while (true) {
                FrameHead head = head();
                byte[] payload = RawFrames.mask(in.readNBytes(Math.toIntExact(head.length())), head.key(), 0);
                if (head.opcode() == RawFrames.CLOSE) {
                    send(RawFrames.frame(RawFrames.CLOSE).payload(payload).bytes());
                    return;
                }
                if (head.opcode() < RawFrames.CLOSE) {
                    data.accept(payload);
                }
            }
        }

        /** Waits until the client has ended its connection; what it still sends is dropped. */
        public void awaitEnd() throws IOException {
            while (in.skip(Long.MAX_VALUE) > 0 || in.read() >= 0) {
                // goes on
            }
        }
    }

    /** The header of a frame: fin, reserved bits with the opcode, payload length, mask key. */
    public record FrameHead(boolean fin, int opcode, long length, int key) {}
}
