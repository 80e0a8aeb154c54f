package io.github.streamwebsocket.internal.connection;

import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.streamwebsocket.WebSocketException;
import io.github.streamwebsocket.testing.Call;
import io.github.streamwebsocket.testing.ChildJvm;
import io.github.streamwebsocket.testing.NoThreadsLeft;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A close ends within its bound, whatever the peer does or leaves undone. */
@ExtendWith(NoThreadsLeft.class)
class CloseIsBoundedTest {

    @Test
    void aPeerThatDoesNotAnswerEndsItWithinTheBoundWithoutExceptionAndWithoutEvent() throws IOException {
        try (Talk talk = Talk.open(new Tuning().closeTimeout(200))) {
            Call<Void> closer = Call.run(talk.connection::close);
            talk.peer.expectClose();
            closer.result();
            System.out.println("unanswered close of 200 ms took " + closer.millis() + " ms");
            assertTrue(closer.millis() >= 200);
            assertTrue(talk.near.aborted());
            talk.awaitEnd();
            assertNull(talk.closedEventSoFar());
        }
    }

    @Test
    void aPeerThatNeverReadsEndsItWithinTheBound() {
        try (Talk talk = Talk.open(new Tuning().closeTimeout(200), 4096)) {
            Call<Void> sender = Call.run(() -> talk.send(new byte[100_000]));
            talk.near.awaitWriterStuck();
            Call<Void> closer = Call.run(talk.connection::close);
            closer.result();
            sender.failure(WebSocketException.class);
            System.out.println("close of 200 ms behind a stuck writer took " + closer.millis() + " ms");
        }
    }

    @Test
    void aPeerThatClosesFirstAndThenHangsIsNotWaitedForLongerThanTheBound() throws IOException {
        try (Talk talk = Talk.open(new Tuning().closeTimeout(200))) {
            talk.near.hangEndOutput();
            long before = System.nanoTime();
            talk.peer.close(1000, "");
            talk.awaitEnd();
            System.out.println("a stuck end of 200 ms took " + (System.nanoTime() - before) / 1_000_000 + " ms");
            assertNull(talk.connection.receive(), "the peer had closed in good order");
        }
    }

    @Test
    void itIsBoundedWhereMonitorsKeepAllCarriers() throws Exception {
        try (ChildJvm jvm = new ChildJvm(Duration.ofSeconds(30), "32m", CloseWithoutCarriers.class)) {
            jvm.expect("closed");
            jvm.expect("ended");
        }
    }

    @Test
    void aPeerThatGoesOnSendingForEverIsNotDrainedForEver() throws IOException {
        try (Talk talk = Talk.open(new Tuning().closeTimeout(300), 8192)) {
            Call<Void> closer = Call.run(talk.connection::close);
            talk.peer.expectClose();
            Call<Void> flood = Call.run(() -> {
                while (true) {
                    talk.peer.binary(new byte[1000]);
                }
            });
            closer.result();
            flood.failure(IOException.class);
        }
    }
}
