package io.github.streamwebsocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.streamwebsocket.internal.net.Await;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class AcceptQueueTest {
    private final AcceptQueue<Integer> queue = new AcceptQueue<>();

    @Test
    void itemsAreTakenInTheirOrder() throws Exception {
        assertTrue(queue.offer(1));
        assertTrue(queue.offer(2));
        assertEquals(1, queue.take());
        assertEquals(2, queue.take());
    }

    @Test
    void whoeverWaitsGetsWhatIsOffered() throws Exception {
        List<FutureTask<Integer>> takers = List.of(waitingTaker(), waitingTaker());
        assertTrue(queue.offer(1));
        assertTrue(queue.offer(2));
        int sum = 0;
        for (FutureTask<Integer> taker : takers) {
            sum += taker.get(10, TimeUnit.SECONDS);
        }
        assertEquals(3, sum);
    }

    @Test
    void closingFreesAllWhoWaitAndReturnsWhatIsLeft() throws Exception {
        List<FutureTask<Integer>> takers = List.of(waitingTaker(), waitingTaker());
        assertEquals(List.of(), queue.close());
        for (FutureTask<Integer> taker : takers) {
            ExecutionException e = assertThrows(ExecutionException.class, () -> taker.get(10, TimeUnit.SECONDS));
            assertInstanceOf(WebSocketClosedException.class, e.getCause());
        }
        assertFalse(queue.offer(1));
        assertThrows(WebSocketClosedException.class, queue::take);
    }

    @Test
    void whatNobodyTookGoesToTheOneWhoClosesOnce() {
        queue.offer(1);
        queue.offer(2);
        assertEquals(List.of(1, 2), queue.close());
        assertEquals(List.of(), queue.close());
    }

    @Test
    void anInterruptEndsTheWaitAndIsKept() throws Exception {
        List<Boolean> interrupted = new ArrayList<>();
        FutureTask<Integer> taker = new FutureTask<>(() -> {
            try {
                return queue.take();
            } finally {
                interrupted.add(Thread.currentThread().isInterrupted());
            }
        });
        Thread thread = Thread.ofVirtual().start(taker);
        Await.until("the taker waits", () -> thread.getState() == Thread.State.WAITING);
        thread.interrupt();
        ExecutionException e = assertThrows(ExecutionException.class, () -> taker.get(10, TimeUnit.SECONDS));
        assertInstanceOf(WebSocketInterruptedException.class, e.getCause());
        assertEquals(List.of(true), interrupted);
        assertTrue(queue.offer(1));
        assertEquals(1, queue.take());
    }

    private FutureTask<Integer> waitingTaker() {
        FutureTask<Integer> taker = new FutureTask<>(queue::take);
        Thread thread = Thread.ofVirtual().start(taker);
        Await.until("the taker waits", () -> thread.getState() == Thread.State.WAITING);
        return taker;
    }
}
