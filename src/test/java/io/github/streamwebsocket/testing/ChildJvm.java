package io.github.streamwebsocket.testing;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A main class of the tests in a JVM of its own, with this one's class path: so that it is alone in its heap. */
public final class ChildJvm extends ChildProcess {

    /**
     * Starts it.
     *
     * @param patience how long it may run; then it is killed, which ends its output
     * @param heap what is given to -Xmx
     */
    public ChildJvm(Duration patience, String heap, Class<?> mainClass, String... arguments) throws IOException {
        super(patience, command(heap, mainClass, arguments));
    }

    private static List<String> command(String heap, Class<?> mainClass, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heap,
                "-cp",
                System.getProperty("java.class.path"),
                mainClass.getName()));
        command.addAll(List.of(arguments));
        return command;
    }
}
