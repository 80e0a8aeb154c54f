package io.github.streamwebsocket.internal.handshake;

import io.github.streamwebsocket.Headers;
import io.github.streamwebsocket.PerMessageDeflate;
import io.github.streamwebsocket.WebErrorStatus;
import io.github.streamwebsocket.WebSocketConnectException;
import io.github.streamwebsocket.WebSocketException;
import io.github.streamwebsocket.WebSocketHandshakeException;
import io.github.streamwebsocket.internal.ClientSettings;
import io.github.streamwebsocket.internal.DeflateParameters;
import io.github.streamwebsocket.internal.net.AddressRace;
import io.github.streamwebsocket.internal.net.ConnectScope;
import io.github.streamwebsocket.internal.net.Resolver;
import io.github.streamwebsocket.internal.net.SocketWire;
import io.github.streamwebsocket.internal.net.Wire;
import io.github.streamwebsocket.internal.tls.TlsClient;
import io.github.streamwebsocket.internal.tls.TlsFacts;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import javax.net.ssl.SSLSocket;

/** The client's side: from a URI to an open connection, step by step, under one scope. */
public final class ClientHandshake {
    /** Most bytes kept of the body of a refusal. */
    static final int BODY_LIMIT = 8192;

    private static final Duration BODY_PATIENCE = Duration.ofSeconds(1);

    /** Most interim responses before the real one: each is read for nothing. */
    private static final int MAX_INTERIM_RESPONSES = 10;

    private static final SecureRandom RANDOM = new SecureRandom();

    private final WebSocketUri uri;
    private final ClientSettings settings;
    private final ConnectScope scope;
    private final Consumer<TlsFacts> tls;

    private ClientHandshake(WebSocketUri uri, ClientSettings settings, ConnectScope scope, Consumer<TlsFacts> tls) {
        this.uri = uri;
        this.settings = settings;
        this.scope = scope;
        this.tls = tls;
    }

    /**
     * Connects and opens a WebSocket: name, TCP, TLS for wss, upgrade. Blocks for all of it, at most as long as the
     * scope allows. When it returns, the wire still belongs to the scope, whose owner calls {@link
     * ConnectScope#succeed()}; when it throws, everything is closed.
     *
     * @param tls told what TLS agreed on when its handshake is done, whatever comes of the upgrade; returns at once
     * @throws WebSocketHandshakeException if the server answers, and its answer is no valid acceptance
     * @throws WebSocketException if there is no connection, it ends, or the scope ends it
     * @throws IllegalArgumentException if a subprotocol or request header of the settings breaks the rules
     */
    public static Established connect(
            WebSocketUri uri, ClientSettings settings, ConnectScope scope, Consumer<TlsFacts> tls)
            throws WebSocketException {
        PerMessageDeflate compression = settings.compression();
        OpeningRequest request = new OpeningRequest(
                uri,
                OpeningKey.next(RANDOM),
                settings.supportedProtocols(),
                compression == null ? null : new DeflateOffer(compression),
                settings.requestHeaders());
        ClientHandshake handshake = new ClientHandshake(uri, settings, scope, tls);
        boolean open = false;
        try {
            Wire wire = handshake.secured(handshake.dial());
            Established established = handshake.upgrade(wire, request);
            open = true;
            return established;
        } catch (WebSocketHandshakeException answered) {
            throw answered; // the server's word counts, though the deadline may have passed since
        } catch (IOException e) {
            throw scope.failure(e);
        } finally {
            if (!open) {
                scope.close();
            }
        }
    }

    private Socket dial() throws WebSocketException {
        InetSocketAddress target = settings.targetAddress();
        if (target != null && !target.isUnresolved()) {
            return AddressRace.connect(scope, List.of(target), settings);
        }
        String host = target == null ? uri.host() : target.getHostString();
        int port = target == null ? uri.port() : target.getPort();
        return AddressRace.connect(scope, AddressRace.interleaved(Resolver.resolve(scope, host), port), settings);
    }

    private Wire secured(Socket raw) throws IOException {
        if (!uri.secure()) {
            return new SocketWire(raw, raw);
        }
        SSLSocket socket = TlsClient.handshake(scope, raw, uri.host(), settings);
        tls.accept(TlsFacts.of(socket, uri.host()));
        return new SocketWire(raw, socket);
    }

    private Established upgrade(Wire wire, OpeningRequest request) throws IOException {
        scope.enter("the opening handshake");
        byte[] text = request.encode();
        wire.write(text, 0, text.length);
        ReadAhead input = new ReadAhead(wire);
        StatusLine status;
        Headers headers;
        try {
            HeadParser head = readFinalHead(input);
            status = StatusLine.parse(head.startLine());
            headers = head.headers();
        } catch (MalformedHeadException e) {
            throw new WebSocketHandshakeException(
                    WebErrorStatus.ERROR_HTTP_INVALID_SERVER_RESPONSE,
                    OpeningResponseRules.STEP + e.getMessage(),
                    0,
                    Headers.EMPTY,
                    new byte[0]);
        }
        OpeningResponseRules rules = new OpeningResponseRules(status, headers);
        if (status.code() != StatusLine.SWITCHING_PROTOCOLS) {
            byte[] body = input.readBody(status.code(), headers, BODY_LIMIT, BODY_PATIENCE);
            checkNotCancelled();
            throw rules.refused(body);
        }
        String protocol = rules.check(request.key(), request.protocols());
        DeflateParameters deflate = rules.checkExtensions(request.deflate());
        return new Established(wire, protocol, headers, deflate, input.rest());
    }

    /** Skips interim responses, such as 103 (RFC 9110 15.2); one limit covers all of them. */
    private HeadParser readFinalHead(ReadAhead input) throws IOException, MalformedHeadException {
        int left = settings.headLimit();
        for (int skipped = 0; skipped <= MAX_INTERIM_RESPONSES; skipped++) {
            HeadParser head = new HeadParser(HeadParser.Kind.RESPONSE, left);
            input.readHead(head);
            if (!StatusLine.parse(head.startLine()).interim()) {
                return head;
            }
            left -= head.taken();
        }
        throw new MalformedHeadException(
                0, "expected at most " + MAX_INTERIM_RESPONSES + " interim responses but there are more");
    }

    /** Who cancelled hears that. A deadline that passed while we waited for an extra does not hide the refusal. */
    private void checkNotCancelled() throws WebSocketConnectException {
        try {
            scope.check();
        } catch (WebSocketConnectException ended) {
            if (ended.status() != WebErrorStatus.TIMEOUT) {
                throw ended;
            }
        }
    }
}
