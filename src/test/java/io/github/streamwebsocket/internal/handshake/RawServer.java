package io.github.streamwebsocket.internal.handshake;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A server of bare sockets that reads an opening request and then does what a test says. */
final class RawServer implements AutoCloseable {
    private static final int SOON_MILLIS = 10_000;

    /** What the server does after it has read a request. It does not close the connection by itself. */
    interface Script {
        void run(Peer peer) throws Exception;
    }

    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final CountDownLatch accepted = new CountDownLatch(1);
    private final CompletableFuture<Void> finished = new CompletableFuture<>();
    private volatile String request = "";
    private volatile Peer last;

    RawServer() throws IOException {}

    int port() {
        return listener.getLocalPort();
    }

    /** Serves connections one after the other, each by the same script. */
    void answer(Script script) {
        Thread.ofVirtual().start(() -> {
            try {
                while (true) {
                    Peer peer = new Peer(listener.accept());
                    accepted.countDown();
                    last = peer;
                    request = peer.readHead();
                    script.run(peer);
                    finished.complete(null);
                    peer.atEnd.complete(null);
                }
            } catch (Throwable e) {
                finished.completeExceptionally(e);
                if (last != null) {
                    last.atEnd.complete(null);
                }
            }
        });
    }

    /** Returns the head of the newest request. */
    String request() {
        return request;
    }

    boolean accepted() {
        return accepted.getCount() == 0;
    }

    /** Waits for the first script, and fails if it failed. */
    void finish() throws Exception {
        finished.get(SOON_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Waits until the client has closed the newest connection. */
    void expectClosed() throws Exception {
        accepted.await();
        Peer peer = last;
        peer.atEnd.get(SOON_MILLIS, TimeUnit.MILLISECONDS);
        peer.socket.setSoTimeout(SOON_MILLIS);
        try {
            if (peer.read() != -1) {
                throw new AssertionError("expected the end of the connection but was more data");
            }
        } catch (SocketException reset) {
            // A reset is an end too.
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        if (last != null) {
            last.socket.close();
        }
    }

    /** The client at the other end. */
    final class Peer {
        private final Socket socket;
        private final InputStream input;
        private final CompletableFuture<Void> atEnd = new CompletableFuture<>();

        Peer(Socket socket) throws IOException {
            this.socket = socket;
            this.input = socket.getInputStream();
        }

        private String readHead() throws IOException {
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                int c = input.read();
                if (c < 0) {
                    throw new IOException("the client ended inside its request: " + head);
                }
                head.append((char) c);
            }
            return head.toString();
        }

        int read() throws IOException {
            return input.read();
        }

        void send(String text) throws IOException {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        }

        void endOutput() throws IOException {
            socket.shutdownOutput();
        }

        /** Computes what the RFC asks for, without the library's help. */
        String expectedAccept() throws Exception {
            String name = "Sec-WebSocket-Key: ";
            int start = request.indexOf(name) + name.length();
            String key = request.substring(start, request.indexOf("\r\n", start));
            byte[] bytes = (key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(StandardCharsets.US_ASCII);
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-1").digest(bytes));
        }
    }
}
