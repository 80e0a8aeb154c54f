package io.github.streamwebsocket;

import io.github.streamwebsocket.internal.ClientSettings;
import io.github.streamwebsocket.internal.ConnectionSettings;
import io.github.streamwebsocket.internal.Limits;
import io.github.streamwebsocket.internal.ServerValidation;
import io.github.streamwebsocket.internal.connection.Connection;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a client's connection, whichever its socket. They are read when {@code connect} starts; until then, and
 * again after a failed connect, they may be changed by one thread at a time. A change at any other time throws {@link
 * IllegalStateException}, unless said otherwise. Setters return the control, so calls chain. Durations are exact to the
 * millisecond.
 *
 * @param <C> the control they are settings of
 */
public abstract sealed class WebSocketControl<C extends WebSocketControl<C>> extends TlsControl<C>
        permits StreamWebSocketControl, MessageWebSocketControl {
    private static final Duration DEFAULT_CONNECT_TIMEOUT = Duration.ofSeconds(30);
    private static final int DEFAULT_HEAD_LIMIT = 16_384;
    private static final int LEAST_HEAD_LIMIT = 256;

    private final SubprotocolList supportedProtocols = new SubprotocolList();

    private boolean noDelay = true;
    private int outboundBufferSizeInBytes;
    private Duration connectTimeout = DEFAULT_CONNECT_TIMEOUT;
    private Duration readTimeout = Duration.ZERO;
    private Duration writeTimeout = Duration.ZERO;
    private Duration closeTimeout = ConnectionSettings.DEFAULT_CLOSE_TIMEOUT;
    private Duration keepAliveInterval = Duration.ZERO;
    private Duration desiredUnsolicitedPongInterval = Duration.ZERO;
    private volatile Duration actualUnsolicitedPongInterval = Duration.ZERO;
    private int frameSize = ConnectionSettings.DEFAULT_FRAME_SIZE;
    private int headLimit = DEFAULT_HEAD_LIMIT;
    private @Nullable InetSocketAddress targetAddress;
    private @Nullable String serverName;
    private @Nullable PerMessageDeflate compression;

    /**
     * Makes the settings of a socket.
     *
     * @param checkConfigurable throws IllegalStateException when the settings must not be changed
     */
    WebSocketControl(Runnable checkConfigurable) {
        super(checkConfigurable);
    }

    ClientSettings snapshot(Headers requestHeaders, ServerValidation validation) {
        return new ClientSettings(
                noDelay,
                outboundBufferSizeInBytes,
                connectTimeout,
                headLimit,
                supportedProtocols.snapshot(),
                requestHeaders,
                targetAddress,
                serverName,
                tlsSnapshot(),
                validation,
                compression,
                new ConnectionSettings(
                        readTimeout,
                        writeTimeout,
                        closeTimeout,
                        keepAliveInterval,
                        desiredUnsolicitedPongInterval,
                        frameSize));
    }

    /** A connection with these settings is open. */
    void opened(Connection connection, ConnectionSettings inForce) {
        actualUnsolicitedPongInterval = inForce.unsolicitedPongInterval();
    }

    /**
     * Returns the subprotocols that are offered in {@code Sec-WebSocket-Protocol}, in order of preference; empty by
     * default. The list is live: add to it before connecting. Additions after a successful connect have no effect, and
     * are no error, as in the original; after a failed one they count for the next try. For any thread.
     *
     * @return a modifiable list that takes tokens (RFC 9110 5.6.2), each once: others throw {@link
     *     IllegalArgumentException}
     */
    public List<String> supportedProtocols() {
        return supportedProtocols;
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
    public C noDelay(boolean value) {
        checkConfigurable.run();
        noDelay = value;
        return self();
    }

    /**
     * Returns the size that is asked for the system's send buffer.
     *
     * @return SO_SNDBUF in bytes; 0, the default, leaves it to the system and its auto-tuning
     */
    public int outboundBufferSizeInBytes() {
        return outboundBufferSizeInBytes;
    }

    /**
     * Sets the size that is asked for the system's send buffer.
     *
     * @param value SO_SNDBUF in bytes, which the system may round; 0 leaves it to the system
     * @return this
     */
    public C outboundBufferSizeInBytes(int value) {
        checkConfigurable.run();
        outboundBufferSizeInBytes = Limits.atLeast("outboundBufferSizeInBytes", value, 0);
        return self();
    }

    /**
     * Returns the time that connect may take in all.
     *
     * @return the time over name, TCP, TLS and opening handshake; 30 s by default, zero for no limit
     */
    public Duration connectTimeout() {
        return connectTimeout;
    }

    /**
     * Sets the time that connect may take in all.
     *
     * @param value the time over name, TCP, TLS and opening handshake; zero for no limit
     * @return this
     */
    public C connectTimeout(Duration value) {
        checkConfigurable.run();
        connectTimeout = Limits.timeout("connectTimeout", value);
        return self();
    }

    /**
     * Returns how long one read or receive waits for data.
     *
     * @return the time; zero, the default, for no limit
     */
    public Duration readTimeout() {
        return readTimeout;
    }

    /**
     * Sets how long one read or receive waits for data. A read that times out throws {@link WebSocketTimeoutException},
     * loses nothing, and leaves the connection usable.
     *
     * <p>Under TLS a read may have to answer the peer (close_notify, an alert), and then waits behind a write that the peer
     * does not take; {@link #writeTimeout} bounds that.
     *
     * @param value the time; zero for no limit
     * @return this
     */
    public C readTimeout(Duration value) {
        checkConfigurable.run();
        readTimeout = Limits.timeout("readTimeout", value);
        return self();
    }

    /**
     * Returns how long the peer may take no data while a write waits.
     *
     * @return the time; zero, the default, for no limit
     */
    public Duration writeTimeout() {
        return writeTimeout;
    }

    /**
     * Sets how long one write of a frame may wait for the peer to take it. A write that times out ends the connection with
     * {@link WebErrorStatus#TIMEOUT}, as a part of the frame may have left. Checked at least four times in that time.
     *
     * @param value the time; zero for no limit
     * @return this
     */
    public C writeTimeout(Duration value) {
        checkConfigurable.run();
        writeTimeout = Limits.timeout("writeTimeout", value);
        return self();
    }

    /**
     * Returns how long closing may take, from the first Close frame on.
     *
     * @return the time; 5 s by default
     */
    public Duration closeTimeout() {
        return closeTimeout;
    }

    /**
     * Sets how long closing may take, from the first Close frame on; then the connection is cut off.
     *
     * @param value the time, more than zero
     * @return this
     */
    public C closeTimeout(Duration value) {
        checkConfigurable.run();
        closeTimeout = Limits.positive("closeTimeout", value);
        return self();
    }

    /**
     * Returns after how long a silence the peer is asked for a sign of life.
     *
     * @return the interval; zero, the default, for never
     */
    public Duration keepAliveInterval() {
        return keepAliveInterval;
    }

    /**
     * Sets after how long a silence the peer is sent a Ping. If no byte comes in as much time again, the connection ends
     * with {@link WebErrorStatus#TIMEOUT}. Any byte proves the peer alive; a Ping that waits behind a long message, and an
     * application that does not read, do not make it dead.
     *
     * <p>A peer that takes no data while this side sends is found by {@link #writeTimeout}, not by this: the Ping waits
     * behind what is being sent.
     *
     * @param value the interval; zero for never
     * @return this
     */
    public C keepAliveInterval(Duration value) {
        checkConfigurable.run();
        keepAliveInterval = Limits.timeout("keepAliveInterval", value);
        return self();
    }

    /**
     * Returns how often a Pong that nobody asked for is to be sent.
     *
     * @return the interval; zero, the default, for never
     */
    public Duration desiredUnsolicitedPongInterval() {
        return desiredUnsolicitedPongInterval;
    }

    /**
     * Sets how often a Pong that nobody asked for is to be sent: a one-way heartbeat that keeps the way through NATs and
     * proxies open (RFC 6455 5.5.3).
     *
     * @param value the interval; zero for never
     * @return this
     */
    public C desiredUnsolicitedPongInterval(Duration value) {
        checkConfigurable.run();
        desiredUnsolicitedPongInterval = Limits.timeout("desiredUnsolicitedPongInterval", value);
        return self();
    }

    /**
     * Returns how often a Pong that nobody asked for is being sent.
     *
     * @return the interval in force; zero until connected, and when none are sent
     */
    public Duration actualUnsolicitedPongInterval() {
        return actualUnsolicitedPongInterval;
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
     * Sets how much of a message goes into one frame at the most, which is also the size of the send buffer. A message
     * that fits is sent unfragmented.
     *
     * @param value payload bytes, 128 to 16,777,216
     * @return this
     */
    public C frameSize(int value) {
        checkConfigurable.run();
        frameSize = Limits.frameSize(value);
        return self();
    }

    /**
     * Returns how large the head of the server's response may be.
     *
     * @return bytes; 16,384 by default
     */
    public int headLimit() {
        return headLimit;
    }

    /**
     * Sets how large the head of the server's response may be: status line and all headers.
     *
     * @param value bytes, at least 256
     * @return this
     */
    public C headLimit(int value) {
        checkConfigurable.run();
        headLimit = Limits.atLeast("headLimit", value, LEAST_HEAD_LIMIT);
        return self();
    }

    /**
     * Returns where to connect to instead of the URI's host and port.
     *
     * @return the address, empty by default
     */
    public Optional<InetSocketAddress> targetAddress() {
        return Optional.ofNullable(targetAddress);
    }

    /**
     * Sets where to connect to instead of the URI's host and port; the request and TLS go on to name the URI's host.
     *
     * @param value the address, which may be unresolved; null for the URI's own
     * @return this
     */
    public C targetAddress(@Nullable InetSocketAddress value) {
        checkConfigurable.run();
        targetAddress = value;
        return self();
    }

    /**
     * Returns the name that TLS asks for and that the certificate must have, instead of the URI's host.
     *
     * @return the name, empty by default
     */
    public Optional<String> serverName() {
        return Optional.ofNullable(serverName);
    }

    /**
     * Sets the name that TLS asks for (SNI, RFC 6066 3) and that the certificate must have, instead of the URI's host.
     *
     * @param value a host name or IP address; null for the URI's host
     * @return this
     */
    public C serverName(@Nullable String value) {
        checkConfigurable.run();
        if (value != null && value.isBlank()) {
            throw new IllegalArgumentException("expected a host name as serverName but it is blank");
        }
        serverName = value;
        return self();
    }

    /**
     * Returns how messages may be compressed.
     *
     * @return the settings of permessage-deflate (RFC 7692), empty by default: no compression is offered
     */
    public Optional<PerMessageDeflate> compression() {
        return Optional.ofNullable(compression);
    }

    /**
     * Sets how messages may be compressed, if the server takes the offer. Text and other data that repeats itself gets
     * small; what is compressed already, as photos and films are, is sent as it is. Secrets that are sent beside data an
     * attacker can choose are not to be compressed: sizes tell about them.
     *
     * @param value the settings of permessage-deflate (RFC 7692); null to offer no compression
     * @return this
     */
    public C compression(@Nullable PerMessageDeflate value) {
        checkConfigurable.run();
        compression = value;
        return self();
    }
}
