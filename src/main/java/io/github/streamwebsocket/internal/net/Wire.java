package io.github.streamwebsocket.internal.net;

import io.github.streamwebsocket.BandwidthStatistics;
import java.io.IOException;
import java.net.InetSocketAddress;

/**
 * A connected byte pipe: TCP, or TLS over it. One thread reads and one writes at a time; {@link #abort()} is for any
 * thread at any time. Tests put a pipe that stalls, delays and cuts in its place.
 */
public interface Wire {

    /**
     * Reads at least one byte, blocking for it.
     *
     * @return the number of bytes, -1 at the end of the peer's data
     * @throws java.net.SocketTimeoutException when the read timeout passes; no byte is lost
     */
    int read(byte[] buffer, int offset, int length) throws IOException;

    /**
     * Sets how long the reads from now on wait, all of them together, in milliseconds; 0 for ever. For the thread that
     * reads next.
     */
    void readTimeout(int millis) throws IOException;

    /** Writes all of the bytes, blocking while the peer takes none. */
    void write(byte[] buffer, int offset, int length) throws IOException;

    /**
     * Tells the peer that nothing more will come: close_notify where there is TLS, then TCP's half-close. May block
     * behind a peer that takes nothing, until {@link #abort()}.
     */
    void endOutput() throws IOException;

    /**
     * Reads and drops what the peer still sends, below TLS, until its end, the limit in bytes, or the timeout, which
     * counts for all reads together. A close with unread bytes would send RST and could destroy our own last bytes on their way.
     */
    void drain(int limit, int timeoutMillis) throws IOException;

    /** Closes the socket below TLS at once: frees a reader and a writer, takes no lock, never blocks, throws nothing. */
    void abort();

    InetSocketAddress localAddress();

    InetSocketAddress remoteAddress();

    /** How fast data has flowed so far, for any thread; zeros where nobody looks at it. */
    default BandwidthStatistics bandwidthStatistics() {
        return BandwidthStatistics.NONE;
    }
}
