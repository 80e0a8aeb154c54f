package io.github.streamwebsocket.testing;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.common.WebSocketSession;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.OpCode;
import org.eclipse.jetty.websocket.server.ServerUpgradeRequest;
import org.eclipse.jetty.websocket.server.ServerUpgradeResponse;
import org.eclipse.jetty.websocket.server.ServerWebSocketContainer;
import org.eclipse.jetty.websocket.server.WebSocketUpgradeHandler;
import org.jspecify.annotations.Nullable;

/** Eclipse Jetty. At {@link #FRAGMENTS} it is an echo as well, and cuts what it sends at random places. */
public final class JettyServer implements ThirdPartyServer {
    public static final String FRAGMENTS = "/fragments";

    private static final String PASSWORD = "test";
    private static final int BUFFER = 64 * 1024;
    private static final long SEED = 1;

    private final Server server;
    private final Map<Transport, ServerConnector> connectors = new EnumMap<>(Transport.class);
    private final BlockingQueue<ServerEnd> ends = new LinkedBlockingQueue<>();

    private final @Nullable KeyStore clientAnchors;

    public JettyServer() throws Exception {
        this(null);
    }

    /** One that takes over TLS only clients with a certificate of these authorities. */
    public static JettyServer askingForClientCertificates(KeyStore anchors) throws Exception {
        return new JettyServer(anchors);
    }

    private JettyServer(@Nullable KeyStore clientAnchors) throws Exception {
        this.clientAnchors = clientAnchors;
        QueuedThreadPool threads = new QueuedThreadPool(24);
        threads.setName("jetty");
        threads.setDaemon(true);
        server = new Server(threads);
        for (Transport transport : Transport.values()) {
            ServerConnector connector = connector(transport);
            connector.setHost("127.0.0.1");
            connector.setPort(0);
            server.addConnector(connector);
            connectors.put(transport, connector);
        }
        server.setHandler(WebSocketUpgradeHandler.from(server, this::configure));
        server.start();
    }

    private ServerConnector connector(Transport transport) throws Exception {
        if (!transport.secure()) {
            return new ServerConnector(server, 1, 1);
        }
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry(
                "server",
                transport.credential().privateKey(),
                PASSWORD.toCharArray(),
                transport.credential().chain().toArray(new Certificate[0]));
        SslContextFactory.Server ssl = new SslContextFactory.Server();
        ssl.setKeyStore(store);
        ssl.setKeyStorePassword(PASSWORD);
        if (clientAnchors != null) {
            ssl.setTrustStore(clientAnchors);
            ssl.setNeedClientAuth(true);
        }
        HttpConfiguration https = new HttpConfiguration();
        https.addCustomizer(new SecureRequestCustomizer(false)); // a client that asks for 127.0.0.1 sends no SNI
        return new ServerConnector(
                server, 1, 1, new SslConnectionFactory(ssl, "http/1.1"), new HttpConnectionFactory(https));
    }

    private void configure(ServerWebSocketContainer container) {
        container.setMaxFrameSize(0); // no limits
        container.setMaxBinaryMessageSize(0);
        container.setMaxTextMessageSize(0);
        container.setInputBufferSize(BUFFER);
        container.setOutputBufferSize(BUFFER);
        container.setIdleTimeout(Duration.ofSeconds(60));
        container.addMapping(ECHO, (request, response, callback) -> accept(request, response, Echo::answer));
        container.addMapping(
                FRAGMENTS, (request, response, callback) -> accept(request, response, Echo::answerInPieces));
        container.addMapping(REFUSE, (request, response, callback) -> {
            response.setStatus(HttpStatus.FORBIDDEN_403);
            response.getHeaders().put(REFUSAL_HEADER, "Monday");
            Content.Sink.write(response, true, REFUSAL, callback);
            return null;
        });
    }

    private Echo accept(ServerUpgradeRequest request, ServerUpgradeResponse response, Answer answer) {
        if (request.hasSubProtocol(PROTOCOL)) {
            response.setAcceptedSubProtocol(PROTOCOL);
        }
        response.getHeaders().put("X-Server", "Jetty");
        return new Echo(answer);
    }

    @Override
    public int port(Transport transport) {
        return connectors.get(transport).getLocalPort();
    }

    @Override
    public ServerEnd end() throws InterruptedException {
        return ServerEnd.next(ends, "a connection");
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new AssertionError("Jetty does not stop", e);
        }
    }

    /** Sends a part of a message back, and then tells that. */
    private interface Answer {
        void send(Echo echo, byte opcode, ByteBuffer part, boolean last, Callback callback);
    }

    /** Public, as Jetty calls it by reflection. With explicit demand, so that it reads as fast as its peer reads. */
    public final class Echo implements Session.Listener {
        private final Answer answer;
        private final SplittableRandom random = new SplittableRandom(SEED);
        private Session session;
        private ServerEnd end;
        private boolean inMessage;

        private Echo(Answer answer) {
            this.answer = answer;
        }

        @Override
        public void onWebSocketOpen(Session opened) {
            session = opened;
            end = new ServerEnd(
                    new JettyActions(opened), opened.getUpgradeRequest().getHeaders());
            ends.add(end);
            opened.demand();
        }

        @Override
        public void onWebSocketPartialBinary(ByteBuffer payload, boolean last, Callback callback) {
            echo(OpCode.BINARY, payload, last, callback);
        }

        @Override
        public void onWebSocketPartialText(String payload, boolean last) {
            echo(OpCode.TEXT, StandardCharsets.UTF_8.encode(payload), last, Callback.NOOP);
        }

        private void echo(byte opcode, ByteBuffer part, boolean last, Callback callback) {
            answer.send(
                    this,
                    opcode,
                    part,
                    last,
                    Callback.from(
                            () -> {
                                callback.succeed();
                                session.demand();
                            },
                            failure -> {
                                callback.fail(failure);
                                session.disconnect();
                            }));
        }

        private void answer(byte opcode, ByteBuffer part, boolean last, Callback callback) {
            if (opcode == OpCode.TEXT) {
                session.sendPartialText(StandardCharsets.UTF_8.decode(part).toString(), last, callback);
            } else {
                session.sendPartialBinary(part, last, callback);
            }
        }

        /** By the layer below Jetty's sessions, which cuts text between characters only. */
        private void answerInPieces(byte opcode, ByteBuffer part, boolean last, Callback callback) {
            int length = random.nextBoolean() ? part.remaining() : random.nextInt(part.remaining() + 1);
            boolean lastPiece = length == part.remaining();
            Frame frame = new Frame(
                    inMessage ? OpCode.CONTINUATION : opcode, last && lastPiece, part.slice(part.position(), length));
            inMessage = !frame.isFin();
            part.position(part.position() + length);
            Callback next = lastPiece
                    ? callback
                    : Callback.from(() -> answerInPieces(opcode, part, last, callback), callback::fail);
            ((WebSocketSession) session)
                    .getCoreSession()
                    .sendFrame(frame, org.eclipse.jetty.util.Callback.from(next::succeed, next::fail), false);
        }

        @Override
        public void onWebSocketPing(ByteBuffer payload) {
            session.sendPong(payload, Callback.from(session::demand, failure -> session.disconnect()));
        }

        @Override
        public void onWebSocketPong(ByteBuffer payload) {
            end.sawPong(payload);
            session.demand();
        }

        @Override
        public void onWebSocketClose(int code, String reason, Callback callback) {
            end.sawClose(code, reason);
            callback.succeed();
        }
    }

    private record JettyActions(Session session) implements ServerEnd.Actions {
        @Override
        public void ping(ByteBuffer payload) {
            session.sendPing(payload, Callback.NOOP);
        }

        @Override
        public void close(int code, String reason) {
            session.close(code, reason, Callback.NOOP);
        }

        @Override
        public void cut() {
            session.disconnect();
        }
    }
}
