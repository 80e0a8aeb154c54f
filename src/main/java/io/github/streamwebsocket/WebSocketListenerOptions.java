package io.github.streamwebsocket;

import io.github.streamwebsocket.internal.ConnectionSettings;
import io.github.streamwebsocket.internal.Limits;
import io.github.streamwebsocket.internal.ServerSettings;
import io.github.streamwebsocket.internal.tls.PemFiles;
import io.github.streamwebsocket.internal.tls.ServerCredential;
import io.github.streamwebsocket.internal.tls.TlsServer;
import java.io.IOException;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a {@link WebSocketListener}. They are read when it is bound; later changes have no effect on it, and
 * the same options may serve for several. For one thread at a time. Setters return this object, so calls chain. Durations
 * are exact to the millisecond.
 */
public final class WebSocketListenerOptions {
    private static final Duration DEFAULT_HANDSHAKE_TIMEOUT = Duration.ofSeconds(10);
    private static final int DEFAULT_HEAD_LIMIT = 16_384;
    private static final int LEAST_HEAD_LIMIT = 256;
    private static final int DEFAULT_MAX_PENDING_HANDSHAKES = 1_024;
    private static final int DEFAULT_MAX_OPEN_CONNECTIONS = 16_384;

    private final SubprotocolList supportedProtocols = new SubprotocolList();
    private final OriginSet allowedOrigins = new OriginSet();
    private boolean noDelay = true;
    private Duration handshakeTimeout = DEFAULT_HANDSHAKE_TIMEOUT;
    private int headLimit = DEFAULT_HEAD_LIMIT;
    private int maxPendingHandshakes = DEFAULT_MAX_PENDING_HANDSHAKES;
    private int maxOpenConnections = DEFAULT_MAX_OPEN_CONNECTIONS;
    private Duration readTimeout = Duration.ZERO;
    private Duration writeTimeout = Duration.ZERO;
    private Duration closeTimeout = ConnectionSettings.DEFAULT_CLOSE_TIMEOUT;
    private Duration keepAliveInterval = Duration.ZERO;
    private int frameSize = ConnectionSettings.DEFAULT_FRAME_SIZE;
    private @Nullable ServerCredential credential;
    private @Nullable HandshakeHandler handshakeHandler;
    private @Nullable PerMessageDeflate compression;
    private long maxMessageSize = Long.MAX_VALUE;

    /** Makes options with every setting at its default: plain {@code ws}, every client but browsers accepted. */
    public WebSocketListenerOptions() {}

    ServerSettings snapshot() {
        return new ServerSettings(
                noDelay,
                handshakeTimeout,
                headLimit,
                maxPendingHandshakes,
                maxOpenConnections,
                supportedProtocols.snapshot(),
                allowedOrigins.snapshot(),
                handshakeHandler,
                compression,
                maxMessageSize,
                new ConnectionSettings(
                        readTimeout, writeTimeout, closeTimeout, keepAliveInterval, Duration.ZERO, frameSize));
    }

    /** Returns the server's end of TLS, null for plain connections. */
    @Nullable
    TlsServer tlsServer() {
        return credential == null ? null : new TlsServer(List.of(credential));
    }

    /**
     * Returns the subprotocols that are spoken; empty by default. A client gets the first of its own list that is here,
     * unless a handshake handler chooses. The list is live: add to it before binding.
     *
     * @return a modifiable list that takes tokens (RFC 9110 5.6.2), each once: others throw {@link
     *     IllegalArgumentException}
     */
    public List<String> supportedProtocols() {
        return supportedProtocols;
    }

    /**
     * Returns the origins whose pages may connect from a browser (RFC 6455 10.2); empty by default. A client that sends an
     * {@code Origin} that is not here is refused with 403; clients that are no browsers send none, and are not concerned.
     * Any page a user looks at can try to connect with the user's cookies, so "*", which lets in all, is for servers that
     * do not go by cookies or addresses. The set is live: add to it before binding.
     *
     * @return a modifiable set that takes origins as browsers send them, such as {@code https://example.org:8443}
     *     (without the scheme's default port), "null" and "*": others throw {@link IllegalArgumentException}
     */
    public Set<String> allowedOrigins() {
        return allowedOrigins;
    }

    /**
     * Returns whether small writes are sent at once.
     *
     * @return the setting of TCP_NODELAY; true by default
     */
    public boolean noDelay() {
        return noDelay;
    }

    /**
     * Sets whether small writes are sent at once.
     *
     * @param value the setting of TCP_NODELAY
     * @return this
     */
    public WebSocketListenerOptions noDelay(boolean value) {
        noDelay = value;
        return this;
    }

    /**
     * Returns how long a client may take for TLS and opening handshake.
     *
     * @return the time; 10 s by default
     */
    public Duration handshakeTimeout() {
        return handshakeTimeout;
    }

    /**
     * Sets how long a client may take for TLS and opening handshake, with the time the handshake handler takes.
     *
     * @param value the time, more than zero
     * @return this
     */
    public WebSocketListenerOptions handshakeTimeout(Duration value) {
        handshakeTimeout = Limits.positive("handshakeTimeout", value);
        return this;
    }

    /**
     * Returns how large the head of a client's request may be.
     *
     * @return bytes; 16,384 by default
     */
    public int headLimit() {
        return headLimit;
    }

    /**
     * Sets how large the head of a client's request may be: request line and all headers.
     *
     * @param value bytes, at least 256
     * @return this
     */
    public WebSocketListenerOptions headLimit(int value) {
        headLimit = Limits.atLeast("headLimit", value, LEAST_HEAD_LIMIT);
        return this;
    }

    /**
     * Returns how many clients may be between TCP connection and {@link WebSocketListener#accept()}.
     *
     * @return the number; 1,024 by default
     */
    public int maxPendingHandshakes() {
        return maxPendingHandshakes;
    }

    /**
     * Sets how many clients may be between TCP connection and {@link WebSocketListener#accept()}: their handshake is under
     * way, or done and nobody has accepted them yet. Further ones wait in the system's backlog.
     *
     * @param value the number, at least 1
     * @return this
     */
    public WebSocketListenerOptions maxPendingHandshakes(int value) {
        maxPendingHandshakes = Limits.atLeast("maxPendingHandshakes", value, 1);
        return this;
    }

    /**
     * Returns how many connections may be open at a time.
     *
     * @return the number; 16,384 by default
     */
    public int maxOpenConnections() {
        return maxOpenConnections;
    }

    /**
     * Sets how many connections may be open at a time, those whose handshake is under way among them. Further ones wait in
     * the system's backlog until one has ended.
     *
     * @param value the number, at least 1
     * @return this
     */
    public WebSocketListenerOptions maxOpenConnections(int value) {
        maxOpenConnections = Limits.atLeast("maxOpenConnections", value, 1);
        return this;
    }

    /**
     * Returns how long one read or receive of a connection waits for data.
     *
     * @return the time; zero, the default, for no limit
     */
    public Duration readTimeout() {
        return readTimeout;
    }

    /**
     * Sets how long one read or receive of a connection waits for data. As {@link
     * WebSocketControl#readTimeout(Duration)}.
     *
     * @param value the time; zero for no limit
     * @return this
     */
    public WebSocketListenerOptions readTimeout(Duration value) {
        readTimeout = Limits.timeout("readTimeout", value);
        return this;
    }

    /**
     * Returns how long a client may take no data while a write waits.
     *
     * @return the time; zero, the default, for no limit
     */
    public Duration writeTimeout() {
        return writeTimeout;
    }

    /**
     * Sets how long one write of a frame may wait for the client to take it. As {@link
     * WebSocketControl#writeTimeout(Duration)}.
     *
     * @param value the time; zero for no limit
     * @return this
     */
    public WebSocketListenerOptions writeTimeout(Duration value) {
        writeTimeout = Limits.timeout("writeTimeout", value);
        return this;
    }

    /**
     * Returns how long closing a connection may take, from the first Close frame on.
     *
     * @return the time; 5 s by default
     */
    public Duration closeTimeout() {
        return closeTimeout;
    }

    /**
     * Sets how long closing a connection may take, from the first Close frame on; then it is cut off.
     *
     * @param value the time, more than zero
     * @return this
     */
    public WebSocketListenerOptions closeTimeout(Duration value) {
        closeTimeout = Limits.positive("closeTimeout", value);
        return this;
    }

    /**
     * Returns after how long a silence a client is asked for a sign of life.
     *
     * @return the interval; zero, the default, for never
     */
    public Duration keepAliveInterval() {
        return keepAliveInterval;
    }

    /**
     * Sets after how long a silence a client is sent a Ping. As {@link
     * WebSocketControl#keepAliveInterval(Duration)}.
     *
     * @param value the interval; zero for never
     * @return this
     */
    public WebSocketListenerOptions keepAliveInterval(Duration value) {
        keepAliveInterval = Limits.timeout("keepAliveInterval", value);
        return this;
    }

    /**
     * Returns how much of a message goes into one frame at the most.
     *
     * @return payload bytes; 65,536 by default
     */
    public int frameSize() {
        return frameSize;
    }

    /**
     * Sets how much of a message goes into one frame at the most. As {@link WebSocketControl#frameSize(int)}.
     *
     * @param value payload bytes, 128 to 16,777,216
     * @return this
     */
    public WebSocketListenerOptions frameSize(int value) {
        frameSize = Limits.frameSize(value);
        return this;
    }

    /**
     * Returns how messages may be compressed.
     *
     * @return the settings of permessage-deflate (RFC 7692), empty by default: no client's offer of compression is taken
     */
    public Optional<PerMessageDeflate> compression() {
        return Optional.ofNullable(compression);
    }

    /**
     * Sets how messages may be compressed with clients that offer it.
     *
     * @param value the settings of permessage-deflate (RFC 7692); null to take no offer of compression
     * @return this
     */
    public WebSocketListenerOptions compression(@Nullable PerMessageDeflate value) {
        compression = value;
        return this;
    }

    /**
     * Returns how large a client's message may be.
     *
     * @return payload bytes, after decompression; {@link Long#MAX_VALUE}, the default, for no limit
     */
    public long maxMessageSize() {
        return maxMessageSize;
    }

    /**
     * Sets how large a client's message may be, on whichever kind of socket and however it is received. One above it fails
     * the connection with 1009, as soon as it is known to be larger. Set it where messages are collected in memory; {@link
     * ServerMessageWebSocketControl#maxMessageSize(long)} changes it for one client.
     *
     * @param value payload bytes, after decompression, at least 1; {@link Long#MAX_VALUE} for no limit
     * @return this
     * @throws IllegalArgumentException if it is less
     */
    public WebSocketListenerOptions maxMessageSize(long value) {
        maxMessageSize = Limits.maxMessageSize(value);
        return this;
    }

    /**
     * Listens for {@code wss}, with a certificate and key from files. Replaces one that was set before.
     *
     * @param certificateChain a PEM file with the server's certificate first, then those that lead to an authority
     * @param privateKey a PEM file with the key of the first certificate, not encrypted: PKCS#8, PKCS#1 or SEC 1
     * @return this
     * @throws IOException if a file cannot be read or used, or the two do not belong together; the message names file
     *     and fault
     */
    public WebSocketListenerOptions tls(Path certificateChain, Path privateKey) throws IOException {
        credential = PemFiles.credential(
                Objects.requireNonNull(certificateChain, "certificateChain"),
                Objects.requireNonNull(privateKey, "privateKey"));
        return this;
    }

    /**
     * Listens for {@code wss}, with a certificate and key. Replaces one that was set before.
     *
     * @param certificateChain the server's certificate first, then those that lead to an authority
     * @param privateKey the key of the first certificate
     * @return this
     * @throws IllegalArgumentException if the chain is empty, or the two do not belong together
     */
    public WebSocketListenerOptions tls(List<X509Certificate> certificateChain, PrivateKey privateKey) {
        credential = new ServerCredential(
                Objects.requireNonNull(certificateChain, "certificateChain"),
                Objects.requireNonNull(privateKey, "privateKey"));
        return this;
    }

    /**
     * Sets who decides about each client, after the listener's own rules have let it through. Replaces one that was set
     * before; without one every client is accepted.
     *
     * @param handler is called on the virtual thread of each handshake, by many of them at once
     * @return this
     */
    public WebSocketListenerOptions onHandshake(HandshakeHandler handler) {
        handshakeHandler = Objects.requireNonNull(handler, "handler");
        return this;
    }
}
