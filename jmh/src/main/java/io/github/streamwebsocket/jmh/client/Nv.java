package io.github.streamwebsocket.jmh.client;

import com.neovisionaries.ws.client.WebSocket;
import com.neovisionaries.ws.client.WebSocketAdapter;
import com.neovisionaries.ws.client.WebSocketException;
import com.neovisionaries.ws.client.WebSocketFactory;
import com.neovisionaries.ws.client.WebSocketFrame;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * nv-websocket-client: a thread writes what is queued without end, another reads and calls with each frame. It keeps
 * the frames of a message until its last has come; so that an endless one is not kept, their payload is taken off.
 */
final class Nv implements BenchClient {
    private final WebSocketFactory factory = new WebSocketFactory();

    Nv(Trust trust) {
        factory.setSSLContext(trust.context());
    }

    @Override
    public BenchConnection connect(URI uri) throws Exception {
        WebSocket socket = factory.createSocket(uri);
        Connection connection = new Connection(socket);
        socket.addListener(new Listener(connection.arrivals, connection.backlog));
        socket.getConnectedSocket().setTcpNoDelay(true); // which connects TCP, so that the handshakes have it too
        socket.connect();
        return connection;
    }

    @Override
    public void close() {}

    private static final class Connection extends PushConnection {
        private final Backlog backlog = new Backlog(LONG_QUEUE);
        private final WebSocket socket;
        private boolean underWay;

        Connection(WebSocket socket) {
            super(false);
            this.socket = socket;
        }

        @Override
        public void send(byte[] message) throws IOException {
            backlog.add(message.length);
            socket.sendBinary(message);
        }

        @Override
        void send(ByteBuffer message) throws IOException {
            byte[] array = message.array();
            if (array.length == message.remaining()) {
                message.position(message.limit());
            } else {
                array = new byte[message.remaining()];
                message.get(array);
            }
            send(array);
        }

        /** It flushes whenever its queue is empty, also if that is for a moment, unless told not to. */
        @Override
        public void sendAll(List<ByteBuffer> messages) throws Exception {
            socket.setAutoFlush(false);
            super.sendAll(messages);
            socket.setAutoFlush(true);
            socket.flush();
        }

        @Override
        public void sendSection(byte[] section) throws IOException {
            backlog.add(section.length);
            if (underWay) {
                socket.sendContinuation(section, false);
            } else {
                socket.sendBinary(section, false);
                underWay = true;
            }
        }

        @Override
        public void close() throws Exception {
            arrivals.finish();
            if (underWay) {
                socket.sendContinuation(true);
            }
            socket.disconnect();
            awaitEnd();
        }
    }

    private static final class Listener extends WebSocketAdapter {
        private final Arrivals arrivals;
        private final Backlog backlog;

        Listener(Arrivals arrivals, Backlog backlog) {
            this.arrivals = arrivals;
            this.backlog = backlog;
        }

        @Override
        public void onBinaryFrame(WebSocket socket, WebSocketFrame frame) {
            arrived(frame);
        }

        @Override
        public void onContinuationFrame(WebSocket socket, WebSocketFrame frame) {
            arrived(frame);
        }

        private void arrived(WebSocketFrame frame) {
            if (arrivals.collecting()) {
                ByteBuffer payload = frame.hasPayload() ? ByteBuffer.wrap(frame.getPayload()) : ByteBuffer.allocate(0);
                arrivals.collect(payload, frame.getFin());
            } else {
                arrivals.count(frame.getPayloadLength(), frame.getFin());
            }
            if (!frame.getFin() || frame.isContinuationFrame()) {
                frame.setPayload((byte[]) null);
            }
        }

        @Override
        public void onFrameSent(WebSocket socket, WebSocketFrame frame) {
            backlog.leave(frame.getPayloadLength());
        }

        @Override
        public void onError(WebSocket socket, WebSocketException cause) {
            arrivals.failed(cause);
            backlog.failed(cause);
        }

        @Override
        public void onDisconnected(
                WebSocket socket, WebSocketFrame serversClose, WebSocketFrame clientsClose, boolean closedByServer) {
            backlog.failed(new IOException("the connection has ended"));
            arrivals.ended();
        }
    }
}
