package io.github.streamwebsocket.internal.connection;

import io.github.streamwebsocket.IncomingMessage;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** One message after the other. */
public interface MessageSource {

    /** Waits for the next message, as {@link Connection#receive()} does; null at the end of all in good order. */
    @Nullable
    IncomingMessage next() throws IOException;

    /** Whether all bytes of the message under way were read, as far as the last read has seen: then -1 takes no waiting. */
    boolean atEnd();
}
