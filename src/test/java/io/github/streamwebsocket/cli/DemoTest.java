package io.github.streamwebsocket.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoTest {
    @TempDir
    Path folder;

    @Test
    void theSha256IsThatOfTheFile() throws Exception {
        Path film = TestData.file(folder, "film.mkv", 1_000_000);
        CommandRun run = CommandRun.of("demo", film.toString(), "--progress", "none");
        assertEquals(0, run.exitCode(), run.err());
        assertEquals("", run.err());
        byte[] sha256 = MessageDigest.getInstance("SHA-256").digest(TestData.bytes(1_000_000));
        assertTrue(
                run.outText().contains("SHA-256    " + HexFormat.of().formatHex(sha256) + " both ways"), run.outText());
        assertTrue(run.outText().contains("977 KiB (1,000,000 bytes): the file " + film), run.outText());
    }

    @Test
    void randomDataHasItsSizeAndIsNewEachTime() throws IOException {
        for (long size : new long[] {0, 1, 65_535, 65_536, 65_537, 200_000}) {
            assertEquals(size, read(DemoData.random(size)).length);
        }
        assertFalse(java.util.Arrays.equals(read(DemoData.random(100)), read(DemoData.random(100))));
    }

    private static byte[] read(DemoData data) throws IOException {
        try (InputStream in = data.open()) {
            return in.readAllBytes();
        }
    }

    @Test
    void whatDiffersIsNotCalledEqual() {
        DemoRun.Way way = new DemoRun.Way(10, 1, "aa");
        assertTrue(new DemoRun.Result(way, new DemoRun.Way(10, 2, "aa")).equal());
        assertFalse(new DemoRun.Result(way, new DemoRun.Way(10, 1, "ab")).equal());
        assertFalse(new DemoRun.Result(way, new DemoRun.Way(9, 1, "aa")).equal());
    }

    @Test
    void bothWaysCountEveryByte() throws IOException {
        Meter meter = new Meter();
        try (DemoRun run = new DemoRun(new Cleanup(), null)) {
            DemoRun.Result result = run.transfer(new ByteArrayInputStream(new byte[300_000]), meter);
            assertTrue(result.equal());
            assertEquals(300_000, result.sent().bytes());
        }
        assertEquals(300_000, meter.bytes());
    }

    @Test
    void theHeapIsMeasuredAfterACollection() {
        try (HeapWatch watch = HeapWatch.start()) {
            long highest = watch.highest();
            assertTrue(highest > 0 && highest <= Runtime.getRuntime().maxMemory(), "measured " + highest);
        }
    }
}
