package io.github.streamwebsocket.jmh.client;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.Collection;
import org.java_websocket.WebSocketImpl;
import org.java_websocket.client.WebSocketClient;
import org.java_websocket.drafts.Draft;
import org.java_websocket.drafts.Draft_6455;
import org.java_websocket.enums.Opcode;
import org.java_websocket.exceptions.InvalidDataException;
import org.java_websocket.framing.Framedata;
import org.java_websocket.handshake.ServerHandshake;

/**
 * Java-WebSocket: two threads for each connection; what is sent is masked at once and queues without end, and cannot
 * tell when it has left. It joins the fragments of a message before it gives it away: its draft is extended to give
 * each.
 */
final class JavaWebSocket implements BenchClient {
    private final Trust trust;

    JavaWebSocket(Trust trust) {
        this.trust = trust;
    }

    @Override
    public BenchConnection connect(URI uri) throws Exception {
        Connection connection = new Connection();
        Socket socket = new Socket(uri, connection.arrivals);
        socket.setTcpNoDelay(true);
        socket.setDaemon(true);
        socket.setConnectionLostTimeout(0);
        if (uri.getScheme().equals("wss")) {
            socket.setSocketFactory(trust.context().getSocketFactory());
        }
        if (!socket.connectBlocking()) {
            throw new IOException("expected to connect to " + uri);
        }
        connection.open(socket);
        return connection;
    }

    @Override
    public void close() {}

    private static final class Connection extends PushConnection {
        private Socket socket;
        private Collection<ByteBuffer> queue;
        private boolean underWay;

        Connection() {
            super(false);
        }

        void open(Socket opened) {
            socket = opened;
            queue = ((WebSocketImpl) opened.getConnection()).outQueue;
        }

        @Override
        void send(ByteBuffer message) throws IOException {
            awaitRoom(message.remaining());
            socket.send(message);
        }

        /** The queue holds frames like the one that is to be sent, and not the one that is being written. */
        private void awaitRoom(int size) throws IOException {
            long frame = size + 14;
            if (queue.size() * frame > LONG_QUEUE) {
                while (queue.size() * frame > SHORT_QUEUE) {
                    if (!socket.isOpen()) {
                        throw new IOException("expected to send more");
                    }
                    waitAWhile();
                }
            }
        }

        @Override
        public void sendSection(byte[] section) throws IOException {
            awaitRoom(section.length);
            socket.sendFragmentedFrame(Opcode.BINARY, ByteBuffer.wrap(section), false);
            underWay = true;
        }

        @Override
        public void close() throws Exception {
            arrivals.finish();
            if (underWay) {
                socket.sendFragmentedFrame(Opcode.BINARY, ByteBuffer.allocate(0), true);
            }
            socket.close();
            awaitEnd();
        }
    }

    private static final class Socket extends WebSocketClient {
        private final Arrivals arrivals;

        Socket(URI uri, Arrivals arrivals) {
            super(uri, new FragmentsDraft(arrivals));
            this.arrivals = arrivals;
        }

        @Override
        public void onOpen(ServerHandshake handshake) {}

        @Override
        public void onMessage(String message) {
            arrivals.failed(new IOException("expected no text"));
        }

        @Override
        public void onMessage(ByteBuffer message) {
            arrived(arrivals, message, true);
        }

        @Override
        public void onClose(int code, String reason, boolean remote) {
            arrivals.ended();
        }

        @Override
        public void onError(Exception cause) {
            arrivals.failed(cause);
        }
    }

    private static final class FragmentsDraft extends Draft_6455 {
        private final Arrivals arrivals;

        FragmentsDraft(Arrivals arrivals) {
            this.arrivals = arrivals;
        }

        @Override
        public Draft copyInstance() {
            return new FragmentsDraft(arrivals);
        }

        @Override
        public void processFrame(WebSocketImpl socket, Framedata frame) throws InvalidDataException {
            Opcode opcode = frame.getOpcode();
            if (opcode == Opcode.CONTINUOUS || (opcode == Opcode.BINARY && !frame.isFin())) {
                arrived(arrivals, frame.getPayloadData(), frame.isFin());
            } else {
                super.processFrame(socket, frame);
            }
        }
    }

    private static void arrived(Arrivals arrivals, ByteBuffer payload, boolean last) {
        if (arrivals.collecting()) {
            arrivals.collect(payload, last);
        } else {
            arrivals.count(payload.remaining(), last);
        }
    }
}
