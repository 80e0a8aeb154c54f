package io.github.streamwebsocket.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Files for transfers: bytes that look random and are the same each time. */
final class TestData {
    private TestData() {}

    static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    static Path file(Path folder, String name, int length) throws IOException {
        return Files.write(folder.resolve(name), bytes(length));
    }

    /** The names of all that is in a folder, hidden ones too. */
    static List<String> names(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
