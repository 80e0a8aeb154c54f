package io.github.streamwebsocket.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Optional;

/**
 * The files of one directory by plain names: nothing in subdirectories, no links, no hidden part files. What a client asks
 * for is text from outside, so a name is first decoded, then checked, and only then made a path.
 */
final class FileStore {
    private static final int LONGEST_NAME_BYTES = 255;

    private final Path directory;

    private FileStore(Path directory) {
        this.directory = directory;
    }

    /**
     * Opens a directory.
     *
     * @throws Failure if it is none
     */
    static FileStore of(Path directory) throws Failure {
        try {
            Path real = directory.toRealPath();
            if (!Files.isDirectory(real)) {
                throw new Failure(ExitCode.FILE, directory + " is no directory");
            }
            return new FileStore(real);
        } catch (Failure e) {
            throw e;
        } catch (NoSuchFileException e) {
            throw new Failure(ExitCode.FILE, "cannot serve " + directory + ": no such directory, make it first", e);
        } catch (IOException e) {
            throw Failure.ofFile("cannot serve", directory, e);
        }
    }

    /**
     * Returns the file that the path of a request names.
     *
     * @param requestPath "/" and a name, percent-encoded (RFC 3986 2.1)
     * @return the file, which need not exist; empty if this is no name of a file here
     */
    Optional<Path> resolve(String requestPath) {
        if (!requestPath.startsWith("/")) {
            return Optional.empty();
        }
        return decode(requestPath.substring(1)).filter(FileStore::isPlainName).flatMap(this::child);
    }

    /** Undoes percent-encoding, once: what is encoded twice stays encoded. */
    private static Optional<String> decode(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '%') {
                if (c > 0x7e) {
                    return Optional.empty();
                }
                bytes.write(c);
                continue;
            }
            int high = i + 2 < text.length() ? Character.digit(text.charAt(i + 1), 16) : -1;
            int low = i + 2 < text.length() ? Character.digit(text.charAt(i + 2), 16) : -1;
            if (high < 0 || low < 0) {
                return Optional.empty();
            }
            bytes.write(high << 4 | low);
            i += 2;
        }
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    /** Refuses the separators of every system, whichever this one is. */
    private static boolean isPlainName(String name) {
        return !name.isEmpty()
                && !name.equals(".")
                && !name.equals("..")
                && name.indexOf('/') < 0
                && name.indexOf('\\') < 0
                && name.codePoints().noneMatch(Character::isISOControl)
                && !name.toLowerCase(Locale.ROOT).startsWith(PartFile.PREFIX)
                && name.getBytes(StandardCharsets.UTF_8).length <= LONGEST_NAME_BYTES;
    }

    /** Looks at the path once more with the eyes of the file system, which may know other separators and roots. */
    private Optional<Path> child(String name) {
        try {
            Path file = directory.resolve(name);
            boolean direct = directory.equals(file.getParent())
                    && name.equals(String.valueOf(file.getFileName()))
                    && file.equals(file.normalize());
            return direct ? Optional.of(file) : Optional.empty();
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    /** Tells whether something has the name of this file, whatever it is. */
    static boolean exists(Path file) {
        return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
    }

    /** Tells whether this is a file that may be given out: no directory, no link, no device. */
    static boolean isPlainFile(Path file) {
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
    }

    /** Opens a file for reading. A link that has come in its place meanwhile is not followed. */
    static InputStream open(Path file) throws Failure {
        try {
            return Files.newInputStream(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
        } catch (IOException e) {
            throw Failure.ofFile("cannot read", file, e);
        }
    }
}
