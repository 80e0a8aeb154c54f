package io.github.streamwebsocket;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Settings of the compression of messages, permessage-deflate (RFC 7692). Immutable: each method that changes something
 * returns new settings.
 *
 * {@snippet :
 * socket.control().compression(PerMessageDeflate.DEFAULT.level(9).serverNoContextTakeover(true));
 * }
 *
 * <p>A client offers what is set here, and connects without compression to a server that does not take the offer. A
 * server takes the first offer that goes with what is set here, and none otherwise. Whether a message is compressed is
 * then up to its sender.
 */
public final class PerMessageDeflate {
    private static final int LEAST_WINDOW_BITS = 8;
    private static final int MOST_WINDOW_BITS = 15;
    private static final int DEFAULT_LEVEL = 3;
    private static final int DEFAULT_THRESHOLD = 128;

    /** Level 3, messages of less than 128 bytes as they are, context kept between messages, windows of 32 KiB. */
    public static final PerMessageDeflate DEFAULT =
            new PerMessageDeflate(DEFAULT_LEVEL, DEFAULT_THRESHOLD, false, false, MOST_WINDOW_BITS, MOST_WINDOW_BITS);

    private final int level;
    private final int threshold;
    private final boolean clientNoContextTakeover;
    private final boolean serverNoContextTakeover;
    private final int clientMaxWindowBits;
    private final int serverMaxWindowBits;

    private PerMessageDeflate(
            int level,
            int threshold,
            boolean clientNoContextTakeover,
            boolean serverNoContextTakeover,
            int clientMaxWindowBits,
            int serverMaxWindowBits) {
        this.level = level;
        this.threshold = threshold;
        this.clientNoContextTakeover = clientNoContextTakeover;
        this.serverNoContextTakeover = serverNoContextTakeover;
        this.clientMaxWindowBits = clientMaxWindowBits;
        this.serverMaxWindowBits = serverMaxWindowBits;
    }

    /**
     * Returns how much time is spent to make messages small.
     *
     * @return 1, the fastest, to 9, the smallest; 3 by default
     */
    public int level() {
        return level;
    }

    /**
     * Sets how much time is spent to make messages small. The default is 3: for text in messages of some KiB it takes about
     * half the time of zlib's own default, 6, and leaves a tenth more on the wire (benchmark {@code MessageCompression}).
     *
     * @param value 1, the fastest, to 9, the smallest
     * @return new settings
     * @throws IllegalArgumentException if the value is out of range
     */
    public PerMessageDeflate level(int value) {
        checkRange("level", value, 1, 9);
        return new PerMessageDeflate(
                value,
                threshold,
                clientNoContextTakeover,
                serverNoContextTakeover,
                clientMaxWindowBits,
                serverMaxWindowBits);
    }

    /**
     * Returns below which size messages are sent as they are.
     *
     * @return the size in bytes; 128 by default
     */
    public int threshold() {
        return threshold;
    }

    /**
     * Sets below which size messages are sent as they are: small ones cost more time than they save bytes.
     *
     * @param value the size in bytes, from 0; what does not fit in one frame is compressed whatever this says
     * @return new settings
     * @throws IllegalArgumentException if the value is negative
     */
    public PerMessageDeflate threshold(int value) {
        checkRange("threshold", value, 0, Integer.MAX_VALUE);
        return new PerMessageDeflate(
                level,
                value,
                clientNoContextTakeover,
                serverNoContextTakeover,
                clientMaxWindowBits,
                serverMaxWindowBits);
    }

    /**
     * Returns whether the client is to compress each message by itself.
     *
     * @return {@code client_no_context_takeover} (RFC 7692 7.1.1.2); false by default
     */
    public boolean clientNoContextTakeover() {
        return clientNoContextTakeover;
    }

    /**
     * Sets whether the client is to compress each message by itself, without reference to those before: less compression,
     * and less memory on a server that takes advantage of it. A client tells the server so in its offer; a server demands
     * it in its answer.
     *
     * @param value {@code client_no_context_takeover} (RFC 7692 7.1.1.2)
     * @return new settings
     */
    public PerMessageDeflate clientNoContextTakeover(boolean value) {
        return new PerMessageDeflate(
                level, threshold, value, serverNoContextTakeover, clientMaxWindowBits, serverMaxWindowBits);
    }

    /**
     * Returns whether the server is to compress each message by itself.
     *
     * @return {@code server_no_context_takeover} (RFC 7692 7.1.1.1); false by default
     */
    public boolean serverNoContextTakeover() {
        return serverNoContextTakeover;
    }

    /**
     * Sets whether the server is to compress each message by itself, without reference to those before. A client demands it
     * in its offer; a server says so in its answer.
     *
     * @param value {@code server_no_context_takeover} (RFC 7692 7.1.1.1)
     * @return new settings
     */
    public PerMessageDeflate serverNoContextTakeover(boolean value) {
        return new PerMessageDeflate(
                level, threshold, clientNoContextTakeover, value, clientMaxWindowBits, serverMaxWindowBits);
    }

    /**
     * Returns the largest window the client may compress with.
     *
     * @return the base-2 logarithm of the window's size in bytes; 15 by default
     */
    public int clientMaxWindowBits() {
        return clientMaxWindowBits;
    }

    /**
     * Sets the largest window the client may compress with: {@code client_max_window_bits} (RFC 7692 7.1.2.2). A client
     * always offers to be told a smaller one. A server demands the one set here, if it is below 15, and takes no offer of a
     * client that cannot be told.
     *
     * @param value the base-2 logarithm of the window's size in bytes, 8 to 15
     * @return new settings
     * @throws IllegalArgumentException if the value is out of range
     */
    public PerMessageDeflate clientMaxWindowBits(int value) {
        checkRange("clientMaxWindowBits", value, LEAST_WINDOW_BITS, MOST_WINDOW_BITS);
        return new PerMessageDeflate(
                level, threshold, clientNoContextTakeover, serverNoContextTakeover, value, serverMaxWindowBits);
    }

    /**
     * Returns the largest window the server may compress with.
     *
     * @return the base-2 logarithm of the window's size in bytes; 15 by default
     */
    public int serverMaxWindowBits() {
        return serverMaxWindowBits;
    }

    /**
     * Sets the largest window the server may compress with: {@code server_max_window_bits} (RFC 7692 7.1.2.1). A client
     * demands it in its offer, if it is below 15; a server says so in its answer.
     *
     * @param value the base-2 logarithm of the window's size in bytes, 8 to 15
     * @return new settings
     * @throws IllegalArgumentException if the value is out of range
     */
    public PerMessageDeflate serverMaxWindowBits(int value) {
        checkRange("serverMaxWindowBits", value, LEAST_WINDOW_BITS, MOST_WINDOW_BITS);
        return new PerMessageDeflate(
                level, threshold, clientNoContextTakeover, serverNoContextTakeover, clientMaxWindowBits, value);
    }

    private static void checkRange(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException("expected a " + name + " of " + least
                    + (most == Integer.MAX_VALUE ? " or more" : " to " + most) + " but was " + value);
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PerMessageDeflate that
                && level == that.level
                && threshold == that.threshold
                && clientNoContextTakeover == that.clientNoContextTakeover
                && serverNoContextTakeover == that.serverNoContextTakeover
                && clientMaxWindowBits == that.clientMaxWindowBits
                && serverMaxWindowBits == that.serverMaxWindowBits;
    }

    @Override
    public int hashCode() {
        return Objects.hash(
                level,
                threshold,
                clientNoContextTakeover,
                serverNoContextTakeover,
                clientMaxWindowBits,
                serverMaxWindowBits);
    }

    @Override
    public String toString() {
        return "permessage-deflate: level " + level + ", threshold " + threshold
                + (clientNoContextTakeover ? ", client_no_context_takeover" : "")
                + (serverNoContextTakeover ? ", server_no_context_takeover" : "")
                + ", client_max_window_bits " + clientMaxWindowBits + ", server_max_window_bits "
                + serverMaxWindowBits;
    }
}
