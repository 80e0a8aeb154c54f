package io.github.streamwebsocket.jmh.client;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Whether a connection that a library makes in the background is open yet. */
final class Opening {
    private final CountDownLatch done = new CountDownLatch(1);
    private volatile Throwable failure;

    void succeeded() {
        done.countDown();
    }

    void failed(Throwable cause) {
        failure = cause;
        done.countDown();
    }

    void await() throws Exception {
        if (!done.await(30, TimeUnit.SECONDS)) {
            throw new IOException("expected the connection to open within 30 s");
        }
        if (failure != null) {
            throw new IOException("expected the connection to open: " + failure, failure);
        }
    }
}
