package io.github.streamwebsocket.jmh.client;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;

/** The JDK's: asynchronous, one send at a time; what comes is given in parts, as they are read. */
final class JavaNetHttpClient implements BenchClient {
    private final HttpClient client;

    JavaNetHttpClient(Trust trust) {
        client = HttpClient.newBuilder().sslContext(trust.context()).build();
    }

    /**
     * Makes its documented settings for much data, before the first is made, which reads them: with the defaults of 16
     * KiB it reads and writes four times as often, but takes less memory.
     */
    static void takeLargeBuffers() {
        System.setProperty("jdk.httpclient.bufsize", "65536");
        System.setProperty("jdk.httpclient.websocket.writeBufferSize", "65550"); // 64 KiB and the header of its frame
    }

    @Override
    public BenchConnection connect(URI uri) {
        Connection connection = new Connection();
        connection.socket =
                client.newWebSocketBuilder().buildAsync(uri, connection).join();
        return connection;
    }

    @Override
    public void close() {
        client.shutdownNow();
    }

    private static final class Connection extends PushConnection implements WebSocket.Listener {
        private WebSocket socket;
        private boolean underWay;

        Connection() {
            super(true);
        }

        /** One section: asking for 64 at a time showed no gain. */
        @Override
        void ask() {
            socket.request(1);
        }

        /** Waits for the send, as the next could not begin before: mostly it is done when sendBinary() returns. */
        @Override
        void send(ByteBuffer message) {
            socket.sendBinary(message, true).join();
        }

        @Override
        public void sendSection(byte[] section) {
            socket.sendBinary(ByteBuffer.wrap(section), false).join();
            underWay = true;
        }

        /** Asks for nothing yet. */
        @Override
        public void onOpen(WebSocket opened) {}

        @Override
        public void idle() {
            ask();
        }

        @Override
        public CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
            if (arrivals.collecting()) {
                arrivals.collect(data, last);
            } else {
                arrivals.count(data.remaining(), last);
            }
            arrivals.askForMore();
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            arrivals.ended();
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            arrivals.failed(error);
            arrivals.ended();
        }

        @Override
        public void close() throws Exception {
            if (underWay) {
                socket.sendBinary(ByteBuffer.allocate(0), true).join();
            }
            socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
            arrivals.finish(); // last, as the listener is called by this thread while more comes
            awaitEnd();
        }
    }
}
