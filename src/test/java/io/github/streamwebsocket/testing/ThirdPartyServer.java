package io.github.streamwebsocket.testing;

import java.net.URI;

/**
 * A WebSocket server that others have written, over every {@link Transport} on loopback. At {@link #ECHO} it sends back
 * each message piece by piece as it comes, and speaks the subprotocol {@link #PROTOCOL} and permessage-deflate; at {@link
 * #REFUSE} it answers 403 with {@link #REFUSAL} and {@link #REFUSAL_HEADER}.
 */
public interface ThirdPartyServer extends AutoCloseable {
    String ECHO = "/echo";
    String REFUSE = "/refuse";
    String REFUSAL = "not today";
    String REFUSAL_HEADER = "X-Why";
    String PROTOCOL = "chat.v2";

    int port(Transport transport);

    default URI uri(Transport transport, String path) {
        return transport.uri(port(transport), path);
    }

    /** Waits for the server's end of the oldest connection that was not asked for yet. */
    ServerEnd end() throws InterruptedException;

    @Override
    void close();
}
