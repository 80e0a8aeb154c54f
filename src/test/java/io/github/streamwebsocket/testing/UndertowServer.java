package io.github.streamwebsocket.testing;

import io.github.streamwebsocket.internal.tls.Credentials;
import io.undertow.Handlers;
import io.undertow.Undertow;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HttpString;
import io.undertow.util.Transfer;
import io.undertow.websockets.WebSocketConnectionCallback;
import io.undertow.websockets.WebSocketProtocolHandshakeHandler;
import io.undertow.websockets.core.AbstractReceiveListener;
import io.undertow.websockets.core.BufferedBinaryMessage;
import io.undertow.websockets.core.CloseMessage;
import io.undertow.websockets.core.StreamSinkFrameChannel;
import io.undertow.websockets.core.StreamSourceFrameChannel;
import io.undertow.websockets.core.WebSocketChannel;
import io.undertow.websockets.core.WebSockets;
import io.undertow.websockets.core.protocol.Handshake;
import io.undertow.websockets.core.protocol.version13.Hybi13Handshake;
import io.undertow.websockets.extensions.PerMessageDeflateHandshake;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.xnio.ChannelListeners;
import org.xnio.IoUtils;

/** Undertow, the server of WildFly. */
public final class UndertowServer implements ThirdPartyServer {
    private static final int FORBIDDEN = 403;
    /** How much may be in one compressed frame: by default so little that text of a few megabytes is too much. */
    private static final int INFLATED = 128 << 20;

    private final Undertow server;
    private final Map<Transport, Integer> ports = new EnumMap<>(Transport.class);
    private final BlockingQueue<ServerEnd> ends = new LinkedBlockingQueue<>();

    public UndertowServer() throws Exception {
        Undertow.Builder builder = Undertow.builder()
                .setIoThreads(2)
                .setWorkerThreads(4)
                .setHandler(Handlers.path()
                        .addExactPath(ECHO, exchange -> {
                            exchange.getResponseHeaders().put(new HttpString("X-Server"), "Undertow");
                            echo().handleRequest(exchange);
                        })
                        .addExactPath(REFUSE, UndertowServer::refuse));
        for (Transport transport : Transport.values()) {
            if (transport.secure()) {
                builder.addHttpsListener(0, "127.0.0.1", Credentials.jdkContext(transport.credential()));
            } else {
                builder.addHttpListener(0, "127.0.0.1");
            }
        }
        server = builder.build();
        server.start();
        Iterator<Undertow.ListenerInfo> listeners = server.getListenerInfo().iterator(); // as they were added
        for (Transport transport : Transport.values()) {
            ports.put(transport, ((InetSocketAddress) listeners.next().getAddress()).getPort());
        }
    }

    /** A new one for each client: its extension does to all later clients what one has asked for. */
    private WebSocketProtocolHandshakeHandler echo() {
        return new WebSocketProtocolHandshakeHandler(
                        List.<Handshake>of(
                                new Hybi13Handshake(Set.of(PROTOCOL), true)), // true: none in common is no fault
                        (WebSocketConnectionCallback) (exchange, channel) -> {
                            ServerEnd end = new ServerEnd(new UndertowActions(channel), exchange.getRequestHeaders());
                            channel.getReceiveSetter().set(new Echo(end));
                            ends.add(end);
                            channel.resumeReceives();
                        })
                .addExtension(new PerMessageDeflateHandshake(
                        false, PerMessageDeflateHandshake.DEFAULT_DEFLATER, true, true, INFLATED));
    }

    private static void refuse(HttpServerExchange exchange) {
        exchange.setStatusCode(FORBIDDEN);
        exchange.getResponseHeaders().put(new HttpString(REFUSAL_HEADER), "Monday");
        exchange.getResponseSender().send(REFUSAL);
    }

    @Override
    public int port(Transport transport) {
        return ports.get(transport);
    }

    @Override
    public ServerEnd end() throws InterruptedException {
        return ServerEnd.next(ends, "a connection");
    }

    @Override
    public void close() {
        server.stop();
    }

    /** Moves each message from source to sink as it comes, so that it reads as fast as its peer reads. */
    private static final class Echo extends AbstractReceiveListener {
        private final ServerEnd end;

        Echo(ServerEnd end) {
            this.end = end;
        }

        @Override
        protected void onText(WebSocketChannel channel, StreamSourceFrameChannel message) throws IOException {
            onBinary(channel, message);
        }

        @Override
        protected void onBinary(WebSocketChannel channel, StreamSourceFrameChannel message) throws IOException {
            StreamSinkFrameChannel answer = channel.send(message.getType());
            Transfer.initiateTransfer(
                    message,
                    answer,
                    source -> channel.resumeReceives(),
                    sink -> finish(channel, sink),
                    (source, e) -> IoUtils.safeClose(channel),
                    (sink, e) -> IoUtils.safeClose(channel),
                    channel.getBufferPool());
        }

        private static void finish(WebSocketChannel channel, StreamSinkFrameChannel sink) {
            try {
                sink.shutdownWrites();
                if (!sink.flush()) {
                    sink.getWriteSetter()
                            .set(ChannelListeners.flushingChannelListener(
                                    flushed -> flushed.getWriteSetter().set(null),
                                    (failed, e) -> IoUtils.safeClose(channel)));
                    sink.resumeWrites();
                }
            } catch (IOException e) {
                IoUtils.safeClose(channel);
            }
        }

        @Override
        protected void onFullPongMessage(WebSocketChannel channel, BufferedBinaryMessage message) {
            var pooled = message.getData();
            end.sawPong(WebSockets.mergeBuffers(pooled.getResource()));
            pooled.free();
        }

        @Override
        protected void onCloseMessage(CloseMessage message, WebSocketChannel channel) {
            end.sawClose(message.getCode(), message.getReason());
        }
    }

    private record UndertowActions(WebSocketChannel channel) implements ServerEnd.Actions {
        @Override
        public void ping(ByteBuffer payload) {
            WebSockets.sendPing(payload, channel, null);
        }

        @Override
        public void close(int code, String reason) {
            WebSockets.sendClose(code, reason, channel, null);
        }

        @Override
        public void cut() throws IOException {
            channel.close();
        }
    }
}
