package io.github.streamwebsocket.cli;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/**
 * Tells whether the standard error is a terminal. Java cannot: {@code System.console()} speaks of standard input and
 * output, and says "yes" or "no" by the JDK's version. So the shell is asked, which has the same standard error; where
 * there is no shell there is no terminal.
 */
final class Terminal {
    private static final int USUAL_COLUMNS = 80;

    private Terminal() {}

    /** Returns how many columns the terminal at the standard error has; empty if it is none, or one that knows no more than
     * to print. Takes some milliseconds. */
    static OptionalInt columnsOfStandardError() {
        String kind = System.getenv("TERM");
        if (kind == null || kind.equals("dumb")) {
            return OptionalInt.empty();
        }
        try {
            Process shell = new ProcessBuilder("sh", "-c", "test -t 2 && { stty size <&2 2>/dev/null || echo 0 0; }")
                    .redirectError(Redirect.INHERIT)
                    .start();
            shell.getOutputStream().close();
            if (!shell.waitFor(2, TimeUnit.SECONDS)) {
                shell.destroyForcibly();
                return OptionalInt.empty();
            }
            return columns(new String(shell.getInputStream().readAllBytes(), StandardCharsets.US_ASCII));
        } catch (IOException e) {
            return OptionalInt.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return OptionalInt.empty();
        }
    }

    /** Reads rows and columns as stty prints them; a terminal that was never told its size says 0. */
    static OptionalInt columns(String sttySize) {
        String[] words = sttySize.strip().split(" +", -1);
        if (words.length != 2 || !words[1].matches("\\d{1,5}")) {
            return OptionalInt.empty();
        }
        int columns = Integer.parseInt(words[1]);
        return OptionalInt.of(columns == 0 ? USUAL_COLUMNS : columns);
    }
}
