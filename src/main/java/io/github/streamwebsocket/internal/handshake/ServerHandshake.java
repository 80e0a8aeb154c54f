package io.github.streamwebsocket.internal.handshake;

import io.github.streamwebsocket.HandshakeHandler;
import io.github.streamwebsocket.HandshakeRequest;
import io.github.streamwebsocket.HandshakeResponse;
import io.github.streamwebsocket.Headers;
import io.github.streamwebsocket.PerMessageDeflate;
import io.github.streamwebsocket.internal.DeflateParameters;
import io.github.streamwebsocket.internal.PeerText;
import io.github.streamwebsocket.internal.ServerSettings;
import io.github.streamwebsocket.internal.net.Wire;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The server's side of the opening handshake on one connected wire: reads the request, lets rules and handler decide,
 * writes the response. Knows no time: whoever calls it ends it by {@link Wire#abort()}.
 */
public final class ServerHandshake {
    private static final System.Logger LOGGER = System.getLogger("io.github.streamwebsocket");

    /** How much and how long to read after a refusal, so that no RST destroys it on its way. */
    private static final int DRAIN_BYTES = 65_536;

    private static final int DRAIN_MILLIS = 1000;

    private static final int INTERNAL_SERVER_ERROR = 500;

    private final Wire wire;
    private final boolean secure;
    private final @Nullable X509Certificate clientCertificate;
    private final ServerSettings settings;
    /** What the client asks for, "" as long as it has not said so. */
    private String target = "";

    private ServerHandshake(
            Wire wire, boolean secure, @Nullable X509Certificate clientCertificate, ServerSettings settings) {
        this.wire = wire;
        this.secure = secure;
        this.clientCertificate = clientCertificate;
        this.settings = settings;
    }

    /**
     * Opens a connection for one client, or refuses it. Blocks for the client and for the handler. When it throws, the
     * wire is aborted.
     *
     * @param secure whether the wire is TLS
     * @param clientCertificate what the client has proved to own in TLS
     * @throws RefusedRequestException after the client was told; what kept it from hearing is suppressed in it
     * @throws IOException if the connection fails or ends before the client could be answered
     */
    public static ServerEstablished accept(
            Wire wire, boolean secure, @Nullable X509Certificate clientCertificate, ServerSettings settings)
            throws IOException, RefusedRequestException {
        ServerHandshake handshake = new ServerHandshake(wire, secure, clientCertificate, settings);
        boolean open = false;
        try {
            ServerEstablished established = handshake.run();
            open = true;
            return established;
        } catch (RefusedRequestException e) {
            handshake.log(e);
            handshake.tell(e);
            throw e;
        } finally {
            if (!open) {
                wire.abort();
            }
        }
    }

    private ServerEstablished run() throws IOException, RefusedRequestException {
        ReadAhead input = new ReadAhead(wire);
        HeadParser head = new HeadParser(HeadParser.Kind.REQUEST, settings.headLimit());
        PerMessageDeflate compression = settings.compression();
        UpgradeRequest upgrade;
        DeflateAnswer deflate = null;
        try {
            input.readHead(head);
            RequestLine line = RequestLine.parse(head.startLine());
            target = line.target();
            OpeningRequestRules rules = new OpeningRequestRules(line, head.headers());
            upgrade = rules.check();
            rules.checkOrigin(settings.allowedOrigins());
            if (compression != null) {
                deflate = DeflateAnswer.to(rules.extensions(), compression);
            }
        } catch (MalformedHeadException e) {
            throw RefusedRequestException.of(e.answer(), String.valueOf(e.getMessage()));
        }
        HandshakeRequest request = new HandshakeRequest(
                upgrade.path(),
                upgrade.query(),
                head.headers(),
                upgrade.protocols(),
                wire.remoteAddress(),
                secure,
                Optional.ofNullable(clientCertificate));
        HandshakeResponse response = decide(request);
        String protocol = response.protocol().orElseGet(() -> choose(upgrade.protocols()));
        byte[] answer = OpeningAnswer.accepting(upgrade.key(), protocol, deflate, response.headers());
        wire.write(answer, 0, answer.length);
        DeflateParameters parameters = deflate == null ? null : deflate.parameters();
        return new ServerEstablished(wire, protocol, request, parameters, input.rest());
    }

    /** Asks the handler. Whatever goes wrong in the user's code is the server's fault to the client, and no more. */
    @SuppressWarnings("CatchingUnchecked") // all of it belongs to the log, and none of it to the client
    private HandshakeResponse decide(HandshakeRequest request) throws RefusedRequestException {
        HandshakeHandler handler = settings.handshakeHandler();
        if (handler == null) {
            return HandshakeResponse.accept();
        }
        HandshakeResponse response;
        try {
            response = handler.handle(request);
            checkAnswer(response, request.supportedProtocols());
        } catch (Throwable e) {
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            LOGGER.log(System.Logger.Level.ERROR, "the handshake handler failed; its client is refused", e);
            throw new RefusedRequestException(
                    "expected an answer of the handshake handler but it failed",
                    HandshakeResponse.refuse(INTERNAL_SERVER_ERROR, "internal error\n"));
        }
        if (!response.accepted()) {
            throw new RefusedRequestException("refused by the handshake handler", response);
        }
        return response;
    }

    private static void checkAnswer(@Nullable HandshakeResponse response, List<String> offered) {
        if (response == null) {
            throw new IllegalArgumentException("expected the handshake handler to answer but was null");
        }
        String protocol = response.protocol().orElse("");
        if (!protocol.isEmpty() && !offered.contains(protocol)) {
            throw new IllegalArgumentException((offered.isEmpty()
                            ? "expected to accept no subprotocol, as the client offers none,"
                            : "expected to accept one of the subprotocols the client offers, "
                                    + PeerText.quote(String.join(", ", offered)) + ",")
                    + " but was " + PeerText.quote(protocol));
        }
        for (Headers.Field field : response.headers().fields()) {
            RequestHeaderRules.check(field.name(), field.value());
        }
    }

    /** The first of the client's that is ours too: the client says what it likes best (RFC 6455 4.2.2). */
    private String choose(List<String> offered) {
        return offered.stream()
                .filter(settings.supportedProtocols()::contains)
                .findFirst()
                .orElse("");
    }

    /** Tells who wanted what, in one line: the place in our code says nothing about it. */
    private void log(RefusedRequestException refusal) {
        LOGGER.log(
                System.Logger.Level.DEBUG,
                () -> "refused " + wire.remoteAddress() + (target.isEmpty() ? "" : ", which asked for " + path(target))
                        + ", with status " + refusal.answer().status() + ": " + refusal.getMessage());
    }

    /** The query may hold secrets. */
    private static String path(String target) {
        return PeerText.quote(target.replaceFirst("\\?.*", ""));
    }

    /** Answers the client, and lets the answer arrive: what it has sent beyond its request is read before the close. */
    private void tell(RefusedRequestException refusal) {
        byte[] answer = OpeningAnswer.refusing(refusal.answer());
        try {
            wire.write(answer, 0, answer.length);
            wire.endOutput();
            wire.drain(DRAIN_BYTES, DRAIN_MILLIS);
        } catch (IOException e) {
            refusal.addSuppressed(e);
        }
    }
}
