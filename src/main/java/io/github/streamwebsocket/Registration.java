package io.github.streamwebsocket;

/** A handler's registration. Closing it removes the handler; an event already being handled is not disturbed. */
public interface Registration extends AutoCloseable {

    /** Removes the handler. Does not block and throws nothing; a second call does nothing. */
    @Override
    void close();
}
