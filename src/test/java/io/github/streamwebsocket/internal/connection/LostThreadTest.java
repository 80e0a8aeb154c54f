package io.github.streamwebsocket.internal.connection;

import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.streamwebsocket.WebSocketAbortedException;
import io.github.streamwebsocket.testing.NoThreadsLeft;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** A connection whose own threads were ended by an error ends with them: it does not stay open and deaf. */
@Timeout(60)
@ExtendWith(NoThreadsLeft.class)
class LostThreadTest {
    private final Error error = new OutOfMemoryError("thrown by a test");

    @Test
    void anErrorInTheKeeperEndsTheConnection() throws IOException {
        try (Talk talk = Talk.open()) {
            talk.awaitKeeper();
            talk.near.failReads(error);
            talk.peer.ping(""); // behind which the keeper reads again
            talk.awaitEnd();
            assertSame(
                    error,
                    assertThrows(WebSocketAbortedException.class, talk::receive).getCause());
        }
    }

    @Test
    void anErrorBehindAPongEndsTheConnection() throws IOException {
        try (Talk talk = Talk.open()) {
            talk.awaitKeeper();
            talk.near.failWrites(error);
            talk.peer.ping("");
            talk.awaitEnd();
            assertSame(
                    error,
                    assertThrows(WebSocketAbortedException.class, talk::receive).getCause());
        }
    }
}
