package io.github.streamwebsocket.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Copies both ways at once, each on a thread of its own, until it is time to close. */
final class BothWays {

    /** How one way and the other are copied. */
    interface Conversation {
        /** Copies the standard input to the server, to its end. */
        void copyInput() throws IOException;

        /**
         * Copies what comes from the server to the standard output, until the server closes.
         *
         * @param dataCame is run after each piece
         */
        void copyOutput(Runnable dataCame) throws IOException;

        /** Is told that a failure is about to be said. */
        default void failed() {}
    }

    /** What the two copying threads report; the command's own thread decides. */
    private enum Kind {
        INPUT_ENDED,
        INPUT_FAILED,
        DATA_CAME,
        SERVER_CLOSED,
        FAILED
    }

    private record Event(Kind kind, @Nullable Exception failure) {}

    private interface Copying {
        void run() throws IOException;
    }

    /** How long a failure of one way may be followed by that of the other which caused it. */
    private static final int OTHER_WAY_MILLIS = 200;

    private final Duration wait;
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();

    private BothWays(Duration wait) {
        this.wait = wait;
    }

    /**
     * Copies until the server closes or, after the end of the input, is silent.
     *
     * @param wait how long a silence ends it
     * @throws IOException if one of the ways fails
     */
    static void run(Conversation conversation, Duration wait) throws IOException {
        BothWays both = new BothWays(wait);
        // A read of the standard input cannot be ended, so its thread must not keep the process alive; and it holds a
        // carrier, so it is no virtual thread.
        Thread.ofPlatform()
                .daemon()
                .name("cat-input")
                .start(() -> both.copy(conversation::copyInput, Kind.INPUT_ENDED));
        Thread.ofVirtual()
                .name("cat-output")
                .start(() -> both.copy(() -> conversation.copyOutput(both::dataCame), Kind.SERVER_CLOSED));
        try {
            both.awaitEnd();
        } catch (IOException e) {
            conversation.failed();
            throw e;
        }
    }

    private void copy(Copying copying, Kind end) {
        try {
            copying.run();
            events.add(new Event(end, null));
        } catch (IOException | RuntimeException e) {
            boolean ofInput = end == Kind.INPUT_ENDED && e instanceof Failure;
            events.add(new Event(ofInput ? Kind.INPUT_FAILED : Kind.FAILED, e));
        }
    }

    /** One event is enough to begin the wait anew. */
    private void dataCame() {
        if (events.isEmpty()) {
            events.add(new Event(Kind.DATA_CAME, null));
        }
    }

    /**
     * Returns when it is time to close. An input that fails is at its end: what was sent before has its answers, which are
     * waited for as ever, and the failure is told then.
     */
    private void awaitEnd() throws IOException {
        boolean inputEnded = false;
        Failure ofInput = null;
        while (true) {
            Event event = next(inputEnded);
            if (event == null || event.kind == Kind.SERVER_CLOSED) {
                break;
            }
            if (event.kind == Kind.INPUT_FAILED && event.failure instanceof Failure failure) {
                ofInput = failure;
                inputEnded = true;
            } else if (event.failure instanceof IOException failure) {
                throw ofInput == null ? reason(failure) : ofInput;
            } else if (event.failure != null) {
                throw new IllegalStateException("copying failed", event.failure);
            }
            inputEnded |= event.kind == Kind.INPUT_ENDED;
        }
        if (ofInput != null) {
            throw ofInput;
        }
    }

    /** An input that fails takes the connection with it, and so the other way: what is told is why, whichever came first. */
    private IOException reason(IOException first) {
        try {
            Event other = first instanceof Failure ? null : events.poll(OTHER_WAY_MILLIS, TimeUnit.MILLISECONDS);
            return other != null && other.failure instanceof Failure why ? why : first;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return first;
        }
    }

    private @Nullable Event next(boolean inputEnded) throws Failure {
        try {
            return inputEnded ? events.poll(wait.toMillis(), TimeUnit.MILLISECONDS) : events.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure(ExitCode.FAILED, "interrupted", e);
        }
    }
}
