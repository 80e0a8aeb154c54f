package io.github.streamwebsocket.jmh.client;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.client.WebSocketClient;
import org.eclipse.jetty.websocket.common.WebSocketSession;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.OpCode;

/**
 * Jetty's: asynchronous; what is sent is written by the caller if nothing is being written, and otherwise queues
 * without end. What comes is given in parts.
 */
final class Jetty implements BenchClient {
    private final WebSocketClient client;

    Jetty(Trust trust) throws Exception {
        SslContextFactory.Client tls = new SslContextFactory.Client();
        tls.setSslContext(trust.context());
        ClientConnector connector = new ClientConnector();
        connector.setSslContextFactory(tls);
        client = new WebSocketClient(new HttpClient(new HttpClientTransportOverHTTP(connector)));
        client.setIdleTimeout(Duration.ZERO);
        client.setMaxBinaryMessageSize(0); // no limit
        client.setInputBufferSize(65_536);
        client.setOutputBufferSize(65_536);
        client.start();
    }

    @Override
    public BenchConnection connect(URI uri) throws Exception {
        Connection connection = new Connection();
        Listener listener = new Listener(connection.arrivals);
        client.connect(listener, uri).whenComplete((session, failure) -> {
            if (failure != null) {
                listener.opening.failed(failure);
            }
        });
        listener.opening.await();
        connection.session = listener.session;
        return connection;
    }

    @Override
    public void close() throws Exception {
        client.stop();
    }

    private static final class Connection extends PushConnection {
        /**
         * Shorter than elsewhere, as the caller itself writes: what waits long is out of the cache when it is masked.
         */
        private final Backlog backlog = new Backlog(256 << 10);

        private Session session;
        private boolean underWay;

        Connection() {
            super(true);
        }

        @Override
        void ask() {
            session.demand();
        }

        @Override
        void send(ByteBuffer message) throws IOException {
            session.sendBinary(message, leaving(message.remaining()));
        }

        private Leaving leaving(int bytes) throws IOException {
            backlog.add(bytes);
            return new Leaving(backlog, bytes);
        }

        /** Batches are found one layer below since Jetty 12. A frame has a buffer of its own, as it may leave later. */
        @Override
        public void sendAll(List<ByteBuffer> messages) throws Exception {
            CoreSession core = ((WebSocketSession) session).getCoreSession();
            for (ByteBuffer message : messages) {
                Frame frame = new Frame(OpCode.BINARY, true, message.duplicate());
                core.sendFrame(frame, leaving(message.remaining()), true);
            }
            core.flush(org.eclipse.jetty.util.Callback.NOOP);
        }

        @Override
        public void sendSection(byte[] section) throws IOException {
            session.sendPartialBinary(ByteBuffer.wrap(section), false, leaving(section.length));
            underWay = true;
        }

        @Override
        public void close() throws Exception {
            if (underWay) {
                session.sendPartialBinary(ByteBuffer.allocate(0), true, Callback.NOOP);
            }
            session.close();
            arrivals.finish();
            awaitEnd();
        }
    }

    private record Leaving(Backlog backlog, int bytes) implements Callback, org.eclipse.jetty.util.Callback {
        @Override
        public void succeed() {
            backlog.leave(bytes);
        }

        @Override
        public void succeeded() {
            backlog.leave(bytes);
        }

        @Override
        public void fail(Throwable cause) {
            backlog.failed(cause);
        }

        @Override
        public void failed(Throwable cause) {
            backlog.failed(cause);
        }
    }

    /** Public, as Jetty calls it by reflection. */
    public static final class Listener implements Session.Listener {
        private final Opening opening = new Opening();
        private final Arrivals arrivals;
        private volatile Session session;

        Listener(Arrivals arrivals) {
            this.arrivals = arrivals;
        }

        /** Demands at once: if another thread did so later, the connection might not be ready and throw or stall. */
        @Override
        public void onWebSocketOpen(Session opened) {
            session = opened;
            arrivals.askedAlready();
            opened.demand();
            opening.succeeded();
        }

        @Override
        public void onWebSocketPartialBinary(ByteBuffer payload, boolean last, Callback callback) {
            if (!arrivals.tooEarly(() -> arrived(payload, last, callback))) {
                arrived(payload, last, callback);
            }
        }

        private void arrived(ByteBuffer payload, boolean last, Callback callback) {
            if (arrivals.collecting()) {
                arrivals.collect(payload, last);
            } else {
                arrivals.count(payload.remaining(), last);
            }
            callback.succeed();
            arrivals.askForMore();
        }

        @Override
        public void onWebSocketError(Throwable cause) {
            arrivals.failed(cause);
        }

        @Override
        public void onWebSocketClose(int code, String reason, Callback callback) {
            callback.succeed();
            arrivals.ended();
        }
    }
}
