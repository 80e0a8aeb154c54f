package io.github.streamwebsocket.jmh.client;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.security.KeyStore;
import java.time.Duration;
import javax.net.SocketFactory;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import okio.ByteString;

/**
 * OkHttp: whole messages only, which must be immutable, so each is copied; they queue, at most 16 MiB of them, or it
 * closes the connection. It always offers permessage-deflate; the peer does not agree to it.
 */
final class OkHttp implements BenchClient {
    /** What it takes into its queue, in bytes; more would end the connection. */
    private static final long MAX_QUEUE = 16 << 20;

    private final OkHttpClient client;

    OkHttp(Trust trust) throws Exception {
        Dispatcher unlimited = new Dispatcher();
        unlimited.setMaxRequests(Integer.MAX_VALUE); // an open WebSocket is a request under way
        unlimited.setMaxRequestsPerHost(Integer.MAX_VALUE);
        client = new OkHttpClient.Builder()
                .dispatcher(unlimited)
                .socketFactory(new NoDelay())
                .sslSocketFactory(trust.context().getSocketFactory(), trustManager(trust.store()))
                .readTimeout(Duration.ZERO)
                .build();
    }

    private static X509TrustManager trustManager(KeyStore store) throws Exception {
        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(store);
        return (X509TrustManager) factory.getTrustManagers()[0];
    }

    @Override
    public BenchConnection connect(URI uri) throws Exception {
        Connection connection = new Connection();
        connection.socket =
                client.newWebSocket(new Request.Builder().url(uri.toString()).build(), connection.listener);
        connection.opened.await();
        return connection;
    }

    @Override
    public boolean streams() {
        return false;
    }

    @Override
    public void close() {
        client.dispatcher().executorService().shutdown();
        client.connectionPool().evictAll();
    }

    private static final class Connection extends PushConnection {
        private final Listener listener = new Listener(arrivals);
        private final Opening opened = listener.opening;
        private WebSocket socket;

        Connection() {
            super(false);
        }

        @Override
        void send(ByteBuffer message) throws IOException {
            ByteString copy = ByteString.of(message);
            long queue = socket.queueSize();
            if (queue > LONG_QUEUE || queue + copy.size() > MAX_QUEUE) {
                long shortEnough = Math.min(SHORT_QUEUE, MAX_QUEUE - copy.size());
                while (socket.queueSize() > shortEnough) {
                    waitAWhile();
                }
            }
            if (!socket.send(copy)) {
                throw new IOException("expected a message of " + copy.size() + " bytes to be queued");
            }
        }

        @Override
        public void sendSection(byte[] section) {
            throw new UnsupportedOperationException("OkHttp sends whole messages only");
        }

        @Override
        public void close() throws Exception {
            arrivals.finish();
            socket.close(1000, null);
            awaitEnd();
        }
    }

    private static final class Listener extends WebSocketListener {
        private final Opening opening = new Opening();
        private final Arrivals arrivals;

        Listener(Arrivals arrivals) {
            this.arrivals = arrivals;
        }

        @Override
        public void onOpen(WebSocket socket, Response response) {
            opening.succeeded();
        }

        @Override
        public void onMessage(WebSocket socket, ByteString bytes) {
            if (arrivals.collecting()) {
                arrivals.collect(bytes.asByteBuffer(), true);
            } else {
                arrivals.count(bytes.size(), true);
            }
        }

        @Override
        public void onClosed(WebSocket socket, int code, String reason) {
            arrivals.ended();
        }

        @Override
        public void onFailure(WebSocket socket, Throwable cause, Response response) {
            opening.failed(cause);
            arrivals.failed(cause);
            arrivals.ended();
        }
    }

    /** TCP_NODELAY, which the others set too and OkHttp leaves to its sockets' factory. */
    private static final class NoDelay extends SocketFactory {
        @Override
        public Socket createSocket() throws IOException {
            Socket socket = new Socket();
            socket.setTcpNoDelay(true);
            return socket;
        }

        @Override
        public Socket createSocket(String host, int port) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Socket createSocket(InetAddress host, int port) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress local, int localPort) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Socket createSocket(InetAddress address, int port, InetAddress local, int localPort) {
            throw new UnsupportedOperationException();
        }
    }
}
