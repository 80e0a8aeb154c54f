package io.github.streamwebsocket.jmh.report;

import java.util.Set;
import java.util.stream.Collectors;

/** Ends the processes that are started meanwhile if they take too long: one that hangs is to hold up no other. */
final class Overdue implements AutoCloseable {
    private final Thread clock;

    private Overdue(long milliseconds) {
        Set<ProcessHandle> before = ProcessHandle.current().children().collect(Collectors.toSet());
        clock = Thread.ofVirtual().unstarted(() -> {
            try {
                Thread.sleep(milliseconds);
            } catch (InterruptedException e) {
                return; // it was in time
            }
            ProcessHandle.current()
                    .children()
                    .filter(child -> !before.contains(child))
                    .forEach(ProcessHandle::destroyForcibly);
        });
    }

    static Overdue after(long milliseconds) {
        Overdue overdue = new Overdue(milliseconds);
        overdue.clock.start();
        return overdue;
    }

    @Override
    public void close() {
        clock.interrupt();
    }
}
