package io.github.streamwebsocket.internal;

/** The end of a connection this engine plays (RFC 6455 1.2). */
public enum Role {
    /** Opened the connection; masks what it sends. */
    CLIENT,
    /** Accepted the connection; must be sent masked frames. */
    SERVER;

    /** Whether this end's frames must be masked, and the peer's must not be; the other way round for the server (RFC 6455 5.1). */
    public boolean masks() {
        return this == CLIENT;
    }

    /** The other end. */
    public Role peer() {
        return this == CLIENT ? SERVER : CLIENT;
    }
}
