package io.github.streamwebsocket.internal.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.streamwebsocket.Registration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

class HandlersTest {
    private final Handlers<String> handlers = new Handlers<>("Closed");
    private final BlockingQueue<String> called = new LinkedBlockingQueue<>();

    private static <T> T await(BlockingQueue<T> queue) throws InterruptedException {
        T value = queue.poll(5, TimeUnit.SECONDS);
        assertNotNull(value, "nothing came within 5 s");
        return value;
    }

    @Test
    void eachHandlerIsCalledOnceOnAVirtualThreadOfItsOwn() throws Exception {
        BlockingQueue<Thread> threads = new LinkedBlockingQueue<>();
        for (int i = 0; i < 3; i++) {
            handlers.add(event -> {
                called.add(event);
                threads.add(Thread.currentThread());
            });
        }
        handlers.raise("first");
        handlers.raise("second");
        Thread one = await(threads);
        Thread two = await(threads);
        Thread three = await(threads);
        for (Thread thread : new Thread[] {one, two, three}) {
            assertTrue(thread.isVirtual());
            thread.join(5000);
        }
        assertFalse(one.equals(two) || two.equals(three) || one.equals(three));
        assertEquals(3, called.size());
        assertTrue(called.stream().allMatch("first"::equals));
    }

    @Test
    void aHandlerThatBlocksHoldsUpNobody() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        handlers.add(event -> {
            try {
                release.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            called.add("slow");
        });
        handlers.add(called::add);
        handlers.raise("event");
        assertEquals("event", await(called));
        release.countDown();
        assertEquals("slow", await(called));
    }

    @Test
    void aHandlerAddedAfterTheEventIsCalledAtOnce() throws Exception {
        handlers.raise("event");
        handlers.raise("another");
        handlers.add(called::add);
        assertEquals("event", await(called));
    }

    @Test
    void aHandlerThatWasRemovedIsNotCalledAndOthersAre() throws Exception {
        Consumer<String> same = called::add;
        Registration first = handlers.add(same);
        handlers.add(same);
        first.close();
        first.close();
        handlers.raise("event");
        assertEquals("event", await(called));
        // Started after all others: a call of the first handler would have come before it.
        handlers.add(event -> called.add("last"));
        assertEquals("last", await(called));
        assertTrue(called.isEmpty());
    }

    @Test
    void removingAHandlerAfterTheEventDoesNothing() throws Exception {
        Registration registration = handlers.add(called::add);
        handlers.raise("event");
        registration.close();
        assertEquals("event", await(called));
    }

    @Test
    void aHandlerMayAddAndRemoveHandlers() throws Exception {
        Registration other = handlers.add(event -> {});
        handlers.add(event -> {
            other.close();
            handlers.add(late -> called.add("late " + late));
        });
        handlers.raise("event");
        assertEquals("late event", await(called));
    }

    @Test
    void whatAHandlerThrowsIsLoggedAndDisturbsNobody() throws Exception {
        BlockingQueue<LogRecord> records = new LinkedBlockingQueue<>();
        Logger logger = Logger.getLogger("io.github.streamwebsocket");
        Handler keep = new Handler() {
            @Override
            public void publish(LogRecord record) {
                records.add(record);
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        logger.addHandler(keep);
        logger.setUseParentHandlers(false);
        try {
            Error failure = new AssertionError("a handler's own trouble");
            handlers.add(event -> {
                throw failure;
            });
            handlers.add(called::add);
            handlers.raise("event");
            assertEquals("event", await(called));
            LogRecord record = await(records);
            assertSame(failure, record.getThrown());
            assertEquals("a handler of Closed failed", record.getMessage());
        } finally {
            logger.setUseParentHandlers(true);
            logger.removeHandler(keep);
        }
    }
}
