package io.github.streamwebsocket.internal.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.streamwebsocket.Registration;
import io.github.streamwebsocket.WebSocketClosedEventArgs;
import io.github.streamwebsocket.testing.Call;
import io.github.streamwebsocket.testing.NoThreadsLeft;
import io.github.streamwebsocket.testing.Soon;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.logging.Filter;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Handlers run on virtual threads of their own, whatever others do, and late ones are told too. */
@ExtendWith(NoThreadsLeft.class)
class ClosedEventTest {
    private static final WebSocketClosedEventArgs BYE = new WebSocketClosedEventArgs(1000, "bye");

    @Test
    void eachHandlerRunsOnAVirtualThreadOfItsOwn() throws IOException {
        try (Talk talk = Talk.open()) {
            Set<Thread> threads = ConcurrentHashMap.newKeySet();
            for (int i = 0; i < 3; i++) {
                talk.onClosed.add(event -> threads.add(Thread.currentThread()));
            }
            talk.peer.close(1000, "bye");
            Soon.that("all handlers run", () -> threads.size() == 3);
            assertTrue(threads.stream().allMatch(Thread::isVirtual));
        }
    }

    @Test
    void aHandlerThatBlocksStopsNobody() throws Exception {
        try (Talk talk = Talk.open()) {
            CountDownLatch go = new CountDownLatch(1);
            CountDownLatch inside = new CountDownLatch(1);
            talk.onClosed.add(event -> {
                inside.countDown();
                try {
                    go.await();
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            });
            talk.peer.close(1000, "bye");
            inside.await();
            assertEquals(BYE, talk.closedEvent());
            assertEquals(1000, talk.peer.expectClose());
            talk.peer.eof();
            talk.awaitEnd();
            go.countDown();
        }
    }

    @Test
    void aHandlerMayCallTheConnection() throws IOException {
        try (Talk talk = Talk.open()) {
            BlockingQueue<String> done = new LinkedBlockingQueue<>();
            talk.onClosed.add(event -> {
                try {
                    talk.connection.close();
                    done.add("closed");
                } catch (IOException e) {
                    done.add(e.toString());
                }
            });
            talk.peer.close(1000, "bye");
            talk.peer.expectClose();
            talk.peer.eof();
            Soon.that("the handler returns", () -> !done.isEmpty());
            assertEquals("closed", done.poll());
        }
    }

    @Test
    void aHandlerThatIsAddedAfterTheEventIsCalledAtOnce() throws IOException {
        try (Talk talk = Talk.open()) {
            talk.peer.close(1000, "bye");
            talk.closedEvent();
            talk.connection.abort();
            talk.awaitEnd();
            BlockingQueue<WebSocketClosedEventArgs> late = new LinkedBlockingQueue<>();
            talk.onClosed.add(late::add);
            Soon.that("the late handler runs", () -> !late.isEmpty());
            assertEquals(BYE, late.poll());
        }
    }

    @Test
    void ofManyHandlersAddedAroundTheEventEachIsCalledOnce() throws IOException {
        try (Talk talk = Talk.open()) {
            AtomicInteger calls = new AtomicInteger();
            Call<Void> adder = Call.run(() -> {
                for (int i = 0; i < 500; i++) {
                    talk.onClosed.add(event -> calls.incrementAndGet());
                }
            });
            talk.peer.close(1000, "bye");
            adder.result();
            talk.closedEvent();
            Soon.that("all are called", () -> calls.get() == 500);
        }
    }

    @Test
    void aRegistrationThatIsClosedIsNotCalledAndOthersAre() throws IOException {
        try (Talk talk = Talk.open()) {
            AtomicInteger calls = new AtomicInteger();
            Registration twice = talk.onClosed.add(event -> calls.addAndGet(100));
            AtomicInteger same = new AtomicInteger();
            Consumer<WebSocketClosedEventArgs> handler = event -> same.incrementAndGet();
            Registration one = talk.onClosed.add(handler);
            talk.onClosed.add(handler);
            twice.close();
            twice.close();
            one.close();
            talk.peer.close(1000, "bye");
            Soon.that("the other is called", () -> same.get() == 1);
            talk.peer.expectClose();
            talk.peer.eof();
            talk.awaitEnd();
            assertEquals(0, calls.get());
            assertEquals(1, same.get());
        }
    }

    @Test
    void aHandlerThatThrowsIsLoggedAndDisturbsNobody() throws IOException {
        // The system logger of a JVM without another one writes here.
        Logger logger = Logger.getLogger("io.github.streamwebsocket");
        BlockingQueue<LogRecord> logged = new LinkedBlockingQueue<>();
        Filter before = logger.getFilter();
        logger.setFilter(r -> !logged.add(r));
        try (Talk talk = Talk.open()) {
            AssertionError failure = new AssertionError("a handler's own");
            Handlers<WebSocketClosedEventArgs> handlers = talk.onClosed;
            handlers.add(event -> {
                throw failure;
            });
            BlockingQueue<WebSocketClosedEventArgs> second = new LinkedBlockingQueue<>();
            handlers.add(second::add);
            talk.peer.close(1000, "bye");
            assertEquals(BYE, talk.closedEvent());
            Soon.that(
                    "the second handler runs and the failure is logged", () -> !second.isEmpty() && !logged.isEmpty());
            LogRecord entry = logged.poll();
            assertNotNull(entry);
            assertSame(failure, entry.getThrown());
            assertEquals(1000, talk.peer.expectClose());
            talk.peer.eof();
            talk.awaitEnd();
        } finally {
            logger.setFilter(before);
        }
    }

    @Test
    void whenTcpBreaksThereIsNoEvent() throws IOException {
        try (Talk talk = Talk.open()) {
            talk.peer.eof();
            talk.awaitEnd();
            assertNull(talk.closedEventSoFar());
            assertNotEquals(true, talk.connection.isOpen());
        }
    }
}
