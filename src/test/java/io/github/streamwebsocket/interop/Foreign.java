package io.github.streamwebsocket.interop;

import io.github.streamwebsocket.testing.ChildProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The WebSocket implementations of other languages; their programs are in src/interop, and installed by its script. */
enum Foreign {
    /** ws, for Node.js. */
    WS("node", "ws/%s.mjs"),
    /** websockets, for Python; Debian's own Python has Debian's package. */
    WEBSOCKETS("/usr/bin/python3", "websockets/%s.py");

    private static final Path FOLDER = Path.of("target/interop");
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final String interpreter;
    private final String place;

    Foreign(String interpreter, String place) {
        this.interpreter = interpreter;
        this.place = place;
    }

    /** Starts one of its programs: "echo" or "exchange". */
    ChildProcess start(String program, PeerOptions options) throws IOException {
        Path file = FOLDER.resolve(place.formatted(program));
        if (!Files.exists(file)) {
            throw new AssertionError(file + " is missing: \"make interop\" installs it");
        }
        return new ChildProcess(PATIENCE, List.of(interpreter, file.toString(), options.json()));
    }
}
