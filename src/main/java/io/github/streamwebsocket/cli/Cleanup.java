package io.github.streamwebsocket.cli;

import io.github.streamwebsocket.Registration;
import io.github.streamwebsocket.WebSocket;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What must not outlive the process. When Ctrl-C or SIGTERM ends it, open connections are closed with 1001, "going
 * away" (RFC 6455 7.4.1), and files that are not complete are deleted.
 */
final class Cleanup {
    /** What connections are closed with. */
    static final int GOING_AWAY = 1001;

    static final String REASON = "stopped";

    /** How much later than the end of the input we may hear of the signal that made it. */
    private static final Duration SIGNAL_DELAY = Duration.ofMillis(100);

    private final Set<WebSocket> sockets = ConcurrentHashMap.newKeySet();
    private final Set<Runnable> before = ConcurrentHashMap.newKeySet();
    private final Set<Runnable> after = ConcurrentHashMap.newKeySet();
    private final CountDownLatch ending = new CountDownLatch(1);

    /**
     * Has everything cleaned up when the process ends.
     *
     * @param bound how long the other ends may take to answer
     */
    void whenTheProcessEnds(Duration bound) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(bound), "cleanup"));
    }

    /** Tells whether the process is about to end, so that what fails now is no news. */
    boolean ending() {
        return ending.getCount() == 0;
    }

    /**
     * Looks, at the end of the standard input, at who made it. Ctrl-C ends all of a pipeline, and the end of input it makes
     * is no end of what was being sent: then the connection is closed before that is given up.
     *
     * @throws Failure if the process is about to end
     */
    void checkNotCutShort(WebSocket socket) throws IOException {
        if (endsWithin(SIGNAL_DELAY)) {
            socket.close(GOING_AWAY, REASON);
            throw new Failure(ExitCode.FAILED, "stopped");
        }
    }

    private boolean endsWithin(Duration time) {
        try {
            return ending.await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ending();
        }
    }

    /** Adds a connection, which may not be made yet. */
    Registration add(WebSocket socket) {
        sockets.add(socket);
        if (ending()) { // end() has either seen the socket or is seen here
            socket.abort();
        }
        return () -> sockets.remove(socket);
    }

    /** Adds something to be done as soon as the end begins, beside the closing of connections. It may take its time. */
    Registration addFirst(Runnable action) {
        return add(before, action);
    }

    /** Adds something to be done once the connections are closed. It may run twice, or while its owner does the same. */
    Registration addLast(Runnable action) {
        return add(after, action);
    }

    private Registration add(Set<Runnable> actions, Runnable action) {
        actions.add(action);
        if (ending()) {
            action.run();
        }
        return () -> actions.remove(action);
    }

    /** Has a file deleted at the end, be that the end of the process or of the command. */
    void deleteAtEnd(Path file) {
        addLast(() -> delete(file));
    }

    /** Deletes a file that nobody is to have, if it is there. */
    static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // Its name says what it is.
        }
    }

    /** Does what is left at the normal end of a command, whose connections are closed. */
    void finish() {
        after.forEach(Runnable::run);
    }

    /** Closes and deletes everything. Blocks for the bound, and a moment more. */
    void end(Duration bound) {
        ending.countDown();
        long deadline = System.nanoTime() + bound.toNanos();
        List<Thread> closing = new ArrayList<>();
        for (Runnable action : before) {
            closing.add(Thread.ofVirtual().name("ending").start(action));
        }
        for (WebSocket socket : sockets) {
            closing.add(Thread.ofVirtual().name("going-away").start(() -> goAway(socket)));
        }
        for (Thread thread : closing) {
            join(thread, deadline);
        }
        sockets.forEach(WebSocket::abort);
        after.forEach(Runnable::run);
    }

    private static void goAway(WebSocket socket) {
        try {
            socket.close(GOING_AWAY, REASON);
        } catch (IOException e) {
            // The connection is over, which is what was wanted.
        }
    }

    private static void join(Thread thread, long deadline) {
        try {
            thread.join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
