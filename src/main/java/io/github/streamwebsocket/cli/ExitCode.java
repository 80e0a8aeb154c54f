package io.github.streamwebsocket.cli;

import java.util.LinkedHashMap;
import java.util.Map;

/** What the process tells a script. The numbers are a promise; {@code --help} lists them. */
enum ExitCode {
    DONE(0, "done"),
    FAILED(1, "another failure"),
    USAGE(2, "the command line is wrong"),
    NO_CONNECTION(3, "no connection: unknown name, refused, out of reach, or out of time"),
    REFUSED(4, "the server refused the WebSocket handshake"),
    TLS(5, "TLS failed, or the certificate is not trusted"),
    BROKEN(6, "the connection broke, or the other end closed it with an error"),
    FILE(7, "a local file cannot be read or written, or exists already"),
    IGNORABLE(8, "cert: the certificate has errors, all of which can be ignored"),
    PIPE(141, "whoever read the standard output is gone");

    private final int value;
    private final String meaning;

    ExitCode(int value, String meaning) {
        this.value = value;
        this.meaning = meaning;
    }

    int value() {
        return value;
    }

    /** Returns the table for {@code --help}, with the two codes that the JVM itself gives after a signal. */
    static Map<String, String> table() {
        Map<String, String> table = new LinkedHashMap<>();
        for (ExitCode code : values()) {
            if (code != PIPE) {
                table.put(" " + code.value, code.meaning);
            }
        }
        table.put("130", "stopped by Ctrl-C");
        table.put("141", PIPE.meaning);
        table.put("143", "stopped by SIGTERM");
        return table;
    }
}
