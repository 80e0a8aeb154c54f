package io.github.streamwebsocket.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileStoreTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "/film.mkv, film.mkv",
        "/a%20b, a b",
        "/...,...",
        "/..a, ..a",
        "/.hidden, .hidden",
        "/%252e%252e, %2e%2e",
        "/~, ~",
        "/C:, C:",
        "/-rf, -rf",
        "/%2a, *"
    })
    void aPlainNameIsAFileOfTheDirectory(String path, String name) throws IOException {
        Path real = folder.toRealPath();
        assertEquals(Optional.of(real.resolve(name)), FileStore.of(folder).resolve(path));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "film",
                "//",
                "//film",
                "/.",
                "/..",
                "/../film",
                "/a/b",
                "/a/",
                "/%2e",
                "/%2e%2e",
                "/%2E%2e",
                "/..%2ffilm",
                "/%2e%2e%2ffilm",
                "/%2fetc%2fpasswd",
                "/a%2f..%2f..%2fb",
                "/..\\film",
                "/a%5cb",
                "/%5c%5chost",
                "/%00",
                "/a%00.txt",
                "/a%0ab",
                "/%7f",
                "/%",
                "/%2",
                "/%zz",
                "/%ff",
                "/%c0%ae%c0%ae",
                "/%c0%af",
                "/a\u00e9",
                "/.streamwebsocket-0011223344556677.part",
                "/.StreamWebSocket-x",
                "/%2estreamwebsocket-x",
                "film/../..",
                "*",
                "http://host/film"
            })
    void everythingElseIsNoNameHere(String path) throws IOException {
        assertEquals(Optional.empty(), FileStore.of(folder).resolve(path));
    }

    @Test
    void aNameThatIsTooLongIsNone() throws IOException {
        assertTrue(FileStore.of(folder).resolve("/" + "x".repeat(255)).isPresent());
        assertEquals(Optional.empty(), FileStore.of(folder).resolve("/" + "x".repeat(256)));
    }

    @Test
    void linksAndDirectoriesAreNotGivenOut() throws IOException {
        Path outside = Files.createTempFile("outside", ".txt");
        try {
            Path link = Files.createSymbolicLink(folder.resolve("link"), outside);
            Path inner = Files.createDirectory(folder.resolve("inner"));
            assertFalse(FileStore.isPlainFile(link));
            assertFalse(FileStore.isPlainFile(inner));
            assertThrows(Failure.class, () -> FileStore.open(link).close());
        } finally {
            Files.delete(outside);
        }
    }

    @Test
    void onlyADirectoryCanBeServed() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        assertThrows(Failure.class, () -> FileStore.of(file));
        assertThrows(Failure.class, () -> FileStore.of(folder.resolve("none")));
        Path link = Files.createSymbolicLink(folder.resolve("link"), Files.createDirectory(folder.resolve("real")));
        assertEquals(
                folder.toRealPath().resolve("real").resolve("x"),
                FileStore.of(link).resolve("/x").orElseThrow());
    }
}
