package io.github.streamwebsocket.testing;

import io.github.streamwebsocket.OutgoingMessage;
import io.github.streamwebsocket.StreamWebSocket;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/** Output streams that promise the same: ours, and some of the JDK's as the measure. */
public enum OutputSubject {
    MESSAGE {
        @Override
        public Opened open() throws Exception {
            Sink sink = new Sink();
            StreamWebSocket socket = StreamWebSocket.open(sink.webSocket().uri());
            OutgoingMessage message = socket.beginMessage();
            return new Opened(message, message::complete, sink, socket);
        }
    },
    BODY_OF_A_MESSAGE {
        @Override
        public Opened open() throws Exception {
            Sink sink = new Sink();
            StreamWebSocket socket = StreamWebSocket.open(sink.webSocket().uri());
            CompletableFuture<OutputStream> body = new CompletableFuture<>();
            CountDownLatch written = new CountDownLatch(1);
            Call<Void> sending = Call.run(() -> socket.send(out -> {
                body.complete(out);
                try {
                    written.await();
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            }));
            OutputStream out = body.get(10, TimeUnit.SECONDS);
            return new Opened(out, out::close, sink, () -> {
                written.countDown();
                sending.result();
                socket.close();
            });
        }
    },
    TUNNEL {
        @Override
        public Opened open() throws Exception {
            Sink sink = new Sink();
            StreamWebSocket socket = StreamWebSocket.open(sink.webSocket().uri());
            OutputStream out = socket.outputStream();
            return new Opened(out, out::close, sink, socket);
        }
    },
    SOCKET_OF_THE_JDK {
        @Override
        public Opened open() throws Exception {
            Sink sink = new Sink();
            Socket socket = sink.socket();
            OutputStream out = socket.getOutputStream();
            return new Opened(out, out::close, sink, socket);
        }
    },
    BUFFERED_SOCKET_OF_THE_JDK {
        @Override
        public Opened open() throws Exception {
            Sink sink = new Sink();
            Socket socket = sink.socket();
            OutputStream out = new BufferedOutputStream(socket.getOutputStream());
            return new Opened(out, out::close, sink, socket);
        }
    };

    /** What says that all was written: for a message complete(), for streams close(). */
    @FunctionalInterface
    private interface Finish {
        void run() throws IOException;
    }

    /** Opens a stream to the other end of a connection. */
    public abstract Opened open() throws Exception;

    /** A stream, and what comes at the other end. */
    public static final class Opened implements AutoCloseable {
        private final OutputStream out;
        private final Finish finish;
        private final Sink sink;
        private final AutoCloseable connection;

        private Opened(OutputStream out, Finish finish, Sink sink, AutoCloseable connection) {
            this.out = out;
            this.finish = finish;
            this.sink = sink;
            this.connection = connection;
        }

        public OutputStream out() {
            return out;
        }

        /** Waits for so many bytes at the other end, and gives them. */
        public byte[] arrived(int count) {
            Soon.that(count + " bytes arrive", () -> sink.bytes().length >= count);
            return Arrays.copyOf(sink.bytes(), count);
        }

        /** Says that all was written, ends the connection, and gives all that came at the other end. */
        public byte[] all() throws Exception {
            finish.run();
            return afterEnd();
        }

        /** Ends the connection, and gives all that came at the other end. */
        public byte[] afterEnd() throws Exception {
            connection.close();
            sink.ended.get(10, TimeUnit.SECONDS);
            return sink.bytes();
        }

        @Override
        public void close() throws Exception {
            connection.close();
            sink.close();
        }
    }

    /** The other end. */
    private static final class Sink implements AutoCloseable {
        private final ReentrantLock lock = new ReentrantLock();
        /** Guarded by lock. */
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        private final CompletableFuture<Void> ended = new CompletableFuture<>();
        private AutoCloseable server = () -> {};

        byte[] bytes() {
            lock.lock();
            try {
                return bytes.toByteArray();
            } finally {
                lock.unlock();
            }
        }

        private void add(byte[] more) {
            lock.lock();
            try {
                bytes.writeBytes(more);
            } finally {
                lock.unlock();
            }
        }

        ScriptedServer webSocket() throws Exception {
            ScriptedServer scripted = new ScriptedServer(Transport.WS, client -> {
                client.upgrade();
                client.answerClose(this::add);
                ended.complete(null);
                client.awaitEnd();
            });
            server = scripted;
            return scripted;
        }

        Socket socket() throws IOException {
            ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
            server = listener;
            Socket socket = new Socket(listener.getInetAddress(), listener.getLocalPort());
            Call.run(() -> {
                try (Socket accepted = listener.accept()) {
                    byte[] section = new byte[65_536];
                    for (int count = accepted.getInputStream().read(section);
                            count >= 0;
                            count = accepted.getInputStream().read(section)) {
                        add(Arrays.copyOf(section, count));
                    }
                    ended.complete(null);
                }
            });
            return socket;
        }

        @Override
        public void close() throws Exception {
            server.close();
        }
    }
}
