package io.github.streamwebsocket.jmh.client;

import io.helidon.common.buffers.BufferData;
import io.helidon.webclient.websocket.WsClient;
import io.helidon.websocket.WsListener;
import io.helidon.websocket.WsSession;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;

/** Helidon's: sends on the caller's thread; a virtual thread of its own reads, and calls with each frame. */
final class Helidon implements BenchClient {
    private final WsClient client;

    Helidon(Trust trust) {
        client = WsClient.builder()
                .tls(tls -> tls.sslContext(trust.context()))
                .socketOptions(options -> options.tcpNoDelay(true).readTimeout(Duration.ZERO))
                .build();
    }

    @Override
    public BenchConnection connect(URI uri) throws Exception {
        Connection connection = new Connection();
        Listener listener = new Listener(connection.arrivals);
        client.connect(uri, listener);
        listener.opening.await();
        connection.session = listener.session;
        return connection;
    }

    @Override
    public void close() {}

    private static final class Connection extends PushConnection {
        private WsSession session;
        private boolean underWay;

        Connection() {
            super(false);
        }

        @Override
        public void send(byte[] message) {
            session.send(BufferData.create(message), true);
        }

        @Override
        void send(ByteBuffer message) {
            int offset = message.arrayOffset() + message.position();
            session.send(BufferData.create(message.array(), offset, message.remaining()), true);
            message.position(message.limit());
        }

        @Override
        public void sendSection(byte[] section) {
            session.send(BufferData.create(section), false);
            underWay = true;
        }

        @Override
        public void close() throws Exception {
            arrivals.finish();
            if (underWay) {
                session.send(BufferData.empty(), true);
            }
            session.close(1000, "");
            awaitEnd();
        }
    }

    private static final class Listener implements WsListener {
        private final Opening opening = new Opening();
        private final Arrivals arrivals;
        private volatile WsSession session;

        Listener(Arrivals arrivals) {
            this.arrivals = arrivals;
        }

        @Override
        public void onOpen(WsSession opened) {
            session = opened;
            opening.succeeded();
        }

        @Override
        public void onMessage(WsSession from, BufferData payload, boolean last) {
            if (arrivals.collecting()) {
                arrivals.collect(ByteBuffer.wrap(payload.readBytes()), last);
            } else {
                arrivals.count(payload.available(), last);
            }
        }

        @Override
        public void onClose(WsSession from, int code, String reason) {
            arrivals.ended();
        }

        @Override
        public void onError(WsSession from, Throwable cause) {
            arrivals.failed(cause);
            arrivals.ended();
        }
    }
}
