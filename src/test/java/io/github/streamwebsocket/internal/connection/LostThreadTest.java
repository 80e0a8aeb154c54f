package io.github.streamwebsocket.internal.connection;

import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.streamwebsocket.WebSocketAbortedException;
import io.github.streamwebsocket.internal.DeflateParameters;
import io.github.streamwebsocket.internal.Role;
import io.github.streamwebsocket.testing.NoThreadsLeft;
import io.github.streamwebsocket.testing.PipeWire;
import io.github.streamwebsocket.testing.Soon;
import java.io.IOException;
import java.time.Duration;
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

    @Test
    void anErrorInALookEndsTheConnection() {
        PipeWire[] pipe = PipeWire.pair(PipeWire.ROOMY);
        Ending ending = new Ending(pipe[0], Duration.ofSeconds(30), new Handlers<>("closed"), () -> {});
        Watch watch = new Watch(ending) {
            @Override
            Duration first() {
                return Duration.ZERO;
            }

            @Override
            Duration look() {
                throw error;
            }
        };
        watch.start();
        Soon.that("it ends", ending::ended);
        assertSame(error, ending.exception().getCause());
    }

    /** The time cannot be told in nanoseconds; no setting of the API lets it through. */
    @Test
    void aConnectionThatCannotStartLeavesNothing() {
        PipeWire[] pipe = PipeWire.pair(PipeWire.ROOMY);
        assertThrows(
                ArithmeticException.class,
                () -> Connection.open(
                        Role.CLIENT,
                        pipe[0],
                        new byte[0],
                        (DeflateParameters) null,
                        new Tuning().keepAlive(Long.MIN_VALUE).settings(),
                        false,
                        new Handlers<>("closed"),
                        () -> {}));
        assertTrue(pipe[0].aborted());
    }

    @Test
    void aCloseWhoseBoundCannotBeSetEndsTheConnection() {
        PipeWire[] pipe = PipeWire.pair(PipeWire.ROOMY);
        Duration never = Duration.ofMillis(Long.MIN_VALUE);
        Ending ending = new Ending(pipe[0], never, new Handlers<>("closed"), () -> {});
        assertThrows(ArithmeticException.class, ending::startBound);
        assertTrue(ending.ended());
    }
}
