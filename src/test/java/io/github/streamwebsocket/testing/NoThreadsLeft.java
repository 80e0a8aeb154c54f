package io.github.streamwebsocket.testing;

import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** After each test that ended all its connections, no virtual thread of the library may be left. */
public final class NoThreadsLeft implements BeforeEachCallback, AfterEachCallback {
    private int before;

    @Override
    public void beforeEach(ExtensionContext context) {
        before = VirtualThreads.count("websocket-"); // a test that failed may have left some
    }

    @Override
    public void afterEach(ExtensionContext context) {
        if (context.getExecutionException().isPresent()) {
            return; // the test's own failure says more
        }
        long deadline = System.nanoTime() + Soon.LIMIT.toNanos();
        List<String> left = VirtualThreads.named("websocket-");
        while (left.size() > before) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("expected no thread to be left but were " + String.join("\n", left));
            }
            LockSupport.parkNanos(1_000_000);
            left = VirtualThreads.named("websocket-");
        }
    }
}
