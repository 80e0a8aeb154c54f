package io.github.streamwebsocket;

import java.net.InetSocketAddress;
import java.util.Optional;

/** Facts about a connection. Callable at any time from any thread; empty until known, and kept after the end. */
public sealed interface WebSocketInformation permits ClientInformation, ServerInformation {

    /**
     * Returns the local address of the connection.
     *
     * @return the address, empty until connected
     */
    Optional<InetSocketAddress> localAddress();

    /**
     * Returns the address at the other end of the TCP connection: the server's, or that of whatever stands before it.
     *
     * @return the address, empty until connected
     */
    Optional<InetSocketAddress> remoteAddress();

    /**
     * Returns the subprotocol that was agreed (RFC 6455 1.9).
     *
     * @return the name, "" when there is none or it is not known yet
     */
    String protocol();

    /**
     * Returns how messages are compressed.
     *
     * @return what both ends have agreed on for permessage-deflate (RFC 7692), with this end's own level and threshold; empty
     *     when messages are not compressed, or that is not known yet
     */
    Optional<PerMessageDeflate> compression();

    /**
     * Returns an estimate of how fast data flows in each direction. It is made of what is seen at the socket, as plain Java
     * cannot read the system's TCP statistics: the bytes of the frames, without what TLS and TCP add, and the times at
     * which they were read and written. The rate of each 100 ms in which data flowed goes into a moving mean, an eighth of
     * it each time; the instability is the moving mean of how far these rates were from that mean. Before the first such
     * window is full, a millisecond of flow gives a first estimate. More than 100 ms in which nothing was sent or nothing
     * came is no slow flow but silence, which changes nothing.
     *
     * <p>So these are the rates that this connection reached, at most what sender, network and reader allow together, not
     * what the network could carry; a short burst outbound tells how fast the system buffers it. Never blocks.
     *
     * @return the estimate so far, kept after the end. A zero means not known: not connected, or not enough sent or
     *     received. Whether a bandwidth has peaked cannot be known and is always false.
     */
    BandwidthStatistics bandwidthStatistics();
}
