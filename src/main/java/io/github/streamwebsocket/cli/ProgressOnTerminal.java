package io.github.streamwebsocket.cli;

import java.util.concurrent.atomic.AtomicBoolean;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;

/** Progress as one line of a terminal that is written anew a few times a second, and is gone when all is done. */
final class ProgressOnTerminal implements Progress {
    private static final int INTERVAL_MILLIS = 200;

    private final ProgressBar bar;
    private final AtomicBoolean closed = new AtomicBoolean();

    private ProgressOnTerminal(ProgressBar bar) {
        this.bar = bar;
    }

    static Progress start(Console console, ProgressText text, int columns) {
        return new ProgressOnTerminal(new ProgressBarBuilder()
                .setUpdateIntervalMillis(INTERVAL_MILLIS)
                .continuousUpdate()
                .clearDisplayOnFinish()
                .setRenderer((state, width) -> text.barLine(width))
                .setConsumer(new Line(console, columns))
                .build());
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            bar.close(); // returns when the line is cleared
        }
    }

    /** The line of the terminal. */
    private record Line(Console console, int columns) implements ProgressBarConsumer {
        private static final String CSI = "\u001b[";

        /** Without wrapping, a line that is too long because the window was made smaller still takes one line. */
        private static final String WITHOUT_WRAPPING = CSI + "?7l";

        private static final String WITH_WRAPPING = CSI + "?7h";
        private static final String CLEAR_TO_END = CSI + "K";

        /** One less than there are: a full line makes some terminals wrap. */
        @Override
        public int getMaxRenderedLength() {
            return columns - 1;
        }

        @Override
        public void accept(String line) {
            console.err().print("\r" + WITHOUT_WRAPPING + line + CLEAR_TO_END + WITH_WRAPPING);
            console.err().flush();
        }

        @Override
        public void clear() {
            console.err().print("\r" + CLEAR_TO_END);
            console.err().flush();
        }

        @Override
        public void close() {}
    }
}
