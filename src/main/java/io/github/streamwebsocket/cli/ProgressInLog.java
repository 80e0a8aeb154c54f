package io.github.streamwebsocket.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Progress as a line every few seconds, for logs. A transfer that is done before leaves no line. */
final class ProgressInLog implements Progress {
    private static final long INTERVAL_SECONDS = 3;

    private final Console console;
    private final ProgressText text;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread = Thread.ofVirtual().name("progress").unstarted(this::run);

    private ProgressInLog(Console console, ProgressText text) {
        this.console = console;
        this.text = text;
    }

    static Progress start(Console console, ProgressText text) {
        ProgressInLog progress = new ProgressInLog(console, text);
        progress.thread.start();
        return progress;
    }

    private void run() {
        try {
            while (!closed.await(INTERVAL_SECONDS, TimeUnit.SECONDS)) {
                console.say(text.logLine());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
