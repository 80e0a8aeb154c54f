package io.github.streamwebsocket.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.streamwebsocket.testing.ScriptedServer;
import io.github.streamwebsocket.testing.Transport;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server that does not read holds nobody who has set a limit, and is not taken for one that has read all. */
@Timeout(60)
class StuckServerTest {

    /** Connects, and then neither reads nor writes. */
    private static ScriptedServer stuck() throws Exception {
        return new ScriptedServer(Transport.WS, client -> {
            client.upgrade();
            new CountDownLatch(1).await();
        });
    }

    /** More than the buffers of both systems take. */
    private static InputStream endless() {
        return new InputStream() {
            @Override
            public int read() {
                return 'x';
            }

            @Override
            public int read(byte[] buffer, int offset, int length) {
                Arrays.fill(buffer, offset, offset + length, (byte) 'x');
                return length;
            }
        };
    }

    private static void assertOneLine(String start, CommandRun run) {
        assertEquals(6, run.exitCode(), run.err());
        assertEquals(1, run.err().lines().count(), run.err());
        assertTrue(run.err().startsWith("streamwebsocket: " + start), run.err());
    }

    @Test
    void theWriteTimeoutEndsWhatSends() throws Exception {
        try (ScriptedServer server = stuck()) {
            String uri = server.uri().toString();
            for (List<String> command : List.of(
                    List.of("cat", uri), List.of("cat", "--text", uri), List.of("send", "-", uri, "--progress=none"))) {
                List<String> args = new java.util.ArrayList<>(command);
                args.addAll(List.of("--write-timeout", "200ms", "--close-timeout", "200ms"));
                assertOneLine(
                        "expected the peer to take data within the write timeout of 200 ms",
                        CommandRun.withInput(endless(), args.toArray(String[]::new)));
            }
        }
    }

    @Test
    void aCloseThatIsNotAnsweredIsNoSuccess() throws Exception {
        try (ScriptedServer server = stuck()) {
            String uri = server.uri().toString();
            for (List<String> command :
                    List.of(List.of("cat", uri), List.of("cat", "--text", uri), List.of("send", "-", uri))) {
                List<String> args = new java.util.ArrayList<>(command);
                args.addAll(List.of("--close-timeout", "300ms"));
                assertOneLine(
                        "the server did not answer the Close within 300 ms: it may not have read what was sent",
                        CommandRun.withInput(new byte[] {'x', '\n'}, args.toArray(String[]::new)));
            }
        }
    }
}
