package io.github.streamwebsocket.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartFileTest {
    private static final byte[] NEW = "new".getBytes(StandardCharsets.US_ASCII);

    private final Cleanup cleanup = new Cleanup();

    @TempDir
    Path folder;

    private Path target;

    @BeforeEach
    void nameTarget() {
        target = folder.resolve("film.mkv");
    }

    private PartFile written() throws IOException {
        PartFile part = PartFile.create(target, cleanup);
        part.write(NEW);
        return part;
    }

    @Test
    void theFinalNameAppearsWithAllOfTheFile() throws IOException {
        try (PartFile part = written()) {
            assertFalse(Files.exists(target));
            assertEquals(1, TestData.names(folder).size());
            part.commit(false);
        }
        assertArrayEquals(NEW, Files.readAllBytes(target));
        assertEquals(List.of("film.mkv"), TestData.names(folder));
    }

    @Test
    void whatIsNotCommittedLeavesNothing() throws IOException {
        written().close();
        assertEquals(List.of(), TestData.names(folder));
    }

    @Test
    void aFileThatCameMeanwhileIsNotOverwritten() throws IOException {
        try (PartFile part = written()) {
            Files.writeString(target, "of another");
            Failure failure = assertThrows(Failure.class, () -> part.commit(false));
            assertEquals(ExitCode.FILE, failure.exitCode());
            assertEquals(target + " exists already; --force replaces it", failure.getMessage());
        }
        assertEquals("of another", Files.readString(target));
        assertEquals(List.of("film.mkv"), TestData.names(folder));
    }

    @Test
    void withForceTheFileIsReplaced() throws IOException {
        Files.writeString(target, "old");
        PartFile.checkTarget(target, true);
        try (PartFile part = written()) {
            part.commit(true);
        }
        assertArrayEquals(NEW, Files.readAllBytes(target));
        assertEquals(List.of("film.mkv"), TestData.names(folder));
    }

    @Test
    void withForceALinkIsReplacedAndNotWhatItLeadsTo() throws IOException {
        Path other = Files.writeString(folder.resolve("other"), "old");
        Files.createSymbolicLink(target, other);
        try (PartFile part = written()) {
            part.commit(true);
        }
        assertFalse(Files.isSymbolicLink(target));
        assertEquals("old", Files.readString(other));
    }

    @Test
    void aDanglingLinkCountsAsAFileThatExists() throws IOException {
        Files.createSymbolicLink(target, folder.resolve("nowhere"));
        assertThrows(Failure.class, () -> PartFile.checkTarget(target, false));
        try (PartFile part = written()) {
            assertThrows(Failure.class, () -> part.commit(false));
        }
        assertEquals(List.of("film.mkv"), TestData.names(folder));
    }

    @Test
    void whatIsNoFileIsNotReplacedEvenWithForce() throws IOException {
        Files.createDirectory(target);
        assertThrows(Failure.class, () -> PartFile.checkTarget(target, true));
        try (PartFile part = written()) {
            assertThrows(Failure.class, () -> part.commit(true));
        }
        assertThrows(Failure.class, () -> PartFile.checkTarget(Path.of("/dev/null"), true));
        assertEquals(List.of("film.mkv"), TestData.names(folder));
    }

    @Test
    void theEndOfTheProcessLeavesNothing() throws IOException {
        PartFile part = written();
        cleanup.end(Duration.ofSeconds(1));
        assertEquals(List.of(), TestData.names(folder));
        assertThrows(Failure.class, () -> part.commit(false));
        assertThrows(Failure.class, () -> PartFile.create(target, cleanup));
        assertEquals(List.of(), TestData.names(folder));
        part.close();
    }

    @Test
    void whereNothingCanBeWrittenTheFileIsNamed() {
        Path inNoFolder = folder.resolve("none/film.mkv");
        Failure failure = assertThrows(Failure.class, () -> PartFile.create(inNoFolder, cleanup));
        assertEquals("cannot write " + inNoFolder + ": no such file or directory", failure.getMessage());
    }

    @Test
    void theLongestNameOfAFileIsNotTooLongForItsPart() throws IOException {
        target = folder.resolve("x".repeat(255));
        try (PartFile part = written()) {
            part.commit(false);
        }
        assertArrayEquals(NEW, Files.readAllBytes(target));
    }
}
