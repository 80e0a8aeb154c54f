package io.github.streamwebsocket.jmh.client;

import io.github.streamwebsocket.IncomingMessage;
import io.github.streamwebsocket.OutgoingMessage;
import io.github.streamwebsocket.StreamWebSocket;
import java.io.EOFException;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Consumer;

/** Ours: blocking streams, all settings at their defaults. */
final class StreamWebSocketClient implements BenchClient {
    private static final int BUFFER = 65_536;

    private final Trust trust;

    StreamWebSocketClient(Trust trust) {
        this.trust = trust;
    }

    @Override
    public BenchConnection connect(URI uri) throws IOException {
        StreamWebSocket socket = new StreamWebSocket();
        if (uri.getScheme().equals("wss")) {
            socket.control().trustOnly(trust.store());
        }
        socket.connect(uri);
        return new Connection(socket);
    }

    @Override
    public void close() {}

    private static final class Connection implements BenchConnection {
        private final StreamWebSocket socket;
        private byte[] buffer;
        private OutgoingMessage outgoing;
        private IncomingMessage incoming;
        private long owed;

        Connection(StreamWebSocket socket) {
            this.socket = socket;
        }

        @Override
        public void send(byte[] message) throws IOException {
            socket.send(message);
        }

        @Override
        public void sendAll(List<ByteBuffer> messages) throws IOException {
            socket.sendAll(messages);
        }

        /** Written as to any stream: what does not fill a fragment waits for more. */
        @Override
        public void sendSection(byte[] section) throws IOException {
            if (outgoing == null) {
                outgoing = socket.beginMessage();
            }
            outgoing.write(section, 0, section.length);
        }

        @Override
        public void receive(int messages, int size) throws IOException {
            for (int i = 0; i < messages; i++) {
                IncomingMessage message = next();
                long total = 0;
                for (int count = read(message); count >= 0; count = read(message)) {
                    total += count;
                }
                if (total != size) {
                    throw new IOException("expected messages of " + size + " bytes but one has " + total);
                }
            }
        }

        private IncomingMessage next() throws IOException {
            if (buffer == null) {
                buffer = new byte[BUFFER];
            }
            IncomingMessage message = socket.receive();
            if (message == null) {
                throw new EOFException("expected a message but the peer has closed");
            }
            return message;
        }

        private int read(IncomingMessage message) throws IOException {
            return message.read(buffer, 0, buffer.length);
        }

        /** Reads whole arrays; what is more than asked for is less to read next time. */
        @Override
        public void receiveSections(long bytes) throws IOException {
            if (incoming == null) {
                incoming = next();
            }
            owed += bytes;
            while (owed > 0) {
                int count = read(incoming);
                if (count < 0) {
                    throw new EOFException("expected a message without end");
                }
                owed -= count;
            }
        }

        @Override
        public void receiveInto(Consumer<ByteBuffer> consumer) throws IOException {
            IncomingMessage message = next();
            for (int count = read(message); count >= 0; count = read(message)) {
                consumer.accept(ByteBuffer.wrap(buffer, 0, count));
            }
        }

        @Override
        public void close() throws IOException {
            if (outgoing != null) {
                outgoing.complete();
            }
            socket.close();
        }
    }
}
