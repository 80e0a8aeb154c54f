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
}
