package io.github.streamwebsocket.internal.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.streamwebsocket.WebErrorStatus;
import io.github.streamwebsocket.WebSocketAbortedException;
import io.github.streamwebsocket.WebSocketClosedException;
import io.github.streamwebsocket.WebSocketProtocolException;
import io.github.streamwebsocket.internal.frame.ClosePayload;
import io.github.streamwebsocket.testing.Call;
import io.github.streamwebsocket.testing.NoThreadsLeft;
import io.github.streamwebsocket.testing.PipeWire;
import io.github.streamwebsocket.testing.Soon;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The ending by itself: there is exactly one, however many ways lead to it at once. */
@ExtendWith(NoThreadsLeft.class)
class EndingTest {
    private static final ClosePayload NORMAL = new ClosePayload(1000, "");

    private final PipeWire[] pipe = PipeWire.pair(PipeWire.ROOMY);
    private final AtomicInteger ends = new AtomicInteger();
    private final Ending ending =
            new Ending(pipe[0], Duration.ofSeconds(30), new Handlers<>("closed"), ends::incrementAndGet);

    @Test
    void afterAWriteBrokeThePeersCloseIsTheEnd() throws IOException {
        pipe[1].endOutput();
        ending.writingBroke(broken());
        assertFalse(ending.ended());
        ending.received(NORMAL);
        assertFalse(ending.closeOwed(), "a Close cannot be sent any more");
        Soon.that("it ends", ending::ended);
        assertInstanceOf(WebSocketClosedException.class, ending.exception());
    }

    @Test
    void afterAWriteBrokeABreachOfTheProtocolIsTheEnd() throws IOException {
        pipe[1].endOutput();
        ending.writingBroke(broken());
        ending.fail(new WebSocketProtocolException(1002, "expected", null));
        assertFalse(ending.closeOwed());
        Soon.that("it ends", ending::ended);
        assertInstanceOf(WebSocketProtocolException.class, ending.exception());
    }

    @Test
    void afterAWriteBrokeNoCloseIsOwedForAWish() {
        ending.writingBroke(broken());
        ending.want(NORMAL);
        assertFalse(ending.closeOwed());
        ending.broke(broken());
        Soon.that("it ends", ending::ended);
    }

    @Test
    void theCloseIsOwedOnceWhoeverWantsItFirst() throws IOException {
        pipe[1].endOutput();
        ending.want(new ClosePayload(4000, "first"));
        ending.want(new ClosePayload(4001, "second"));
        assertTrue(ending.closeOwed());
        ClosePayload owed = ending.takeOwed();
        ending.received(NORMAL); // while ours is being written
        ending.sent();
        assertEquals(new ClosePayload(4000, "first"), owed);
        assertEquals(null, ending.takeOwed());
        Soon.that("it ends", ending::ended);
    }

    @Test
    void aBreakAfterThePeersCloseIsNoFault() {
        ending.received(NORMAL);
        ending.broke(broken());
        Soon.that("it ends", ending::ended);
        assertFalse(ending.failed());
        assertEquals(WebErrorStatus.DISCONNECTED, ending.exception().status());
    }

    @Test
    void manyWaysAtOnceAreOneEnd() throws Exception {
        for (int round = 0; round < 96; round++) {
            PipeWire[] wires = PipeWire.pair(100);
            wires[1].endOutput();
            AtomicInteger count = new AtomicInteger();
            Ending each = new Ending(wires[0], Duration.ofMillis(50), new Handlers<>("closed"), count::incrementAndGet);
            CountDownLatch go = new CountDownLatch(1);
            List<Call<Void>> calls = new ArrayList<>();
            List<Call.Action> ways = List.of(
                    () -> each.broke(broken()),
                    () -> {
                        each.received(NORMAL);
                        each.sent();
                    },
                    () -> each.writingBroke(broken()),
                    () -> each.want(NORMAL));
            for (int i = 0; i < ways.size(); i++) {
                if ((round >> i & 1) == 0) {
                    Call.Action way = ways.get(i);
                    calls.add(Call.run(() -> {
                        go.await();
                        way.run();
                    }));
                }
            }
            calls.add(Call.run(each::startBound));
            go.countDown();
            calls.forEach(Call::result);
            Soon.that("it ends", each::ended);
            Soon.that("what comes afterwards runs", () -> count.get() > 0);
            assertEquals(1, count.get());
            assertTrue(wires[0].aborted());
        }
    }

    private static WebSocketAbortedException broken() {
        return new WebSocketAbortedException(WebErrorStatus.CONNECTION_ABORTED, "broken", null);
    }
}
