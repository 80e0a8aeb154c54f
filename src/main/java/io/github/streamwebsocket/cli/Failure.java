package io.github.streamwebsocket.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A failure that knows its exit code and has a message for the person at the keyboard. */
final class Failure extends IOException {
    private static final long serialVersionUID = 1L;

    private final ExitCode exitCode;

    Failure(ExitCode exitCode, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
    }

    Failure(ExitCode exitCode, String message) {
        this(exitCode, message, null);
    }

    /** Makes the failure of a file on this machine, which must not be taken for one of the connection. */
    static Failure ofFile(String what, Path file, IOException cause) {
        return new Failure(ExitCode.FILE, what + " " + file + ": " + reason(cause), cause);
    }

    static Failure exists(Path file, @Nullable IOException cause) {
        return new Failure(ExitCode.FILE, file + " exists already; --force replaces it", cause);
    }

    /** The JDK's file exceptions say the name of the file, and the reason only by their type. */
    private static String reason(IOException cause) {
        return switch (cause) {
            case NoSuchFileException e -> "no such file or directory";
            case AccessDeniedException e -> "permission denied";
            case FileAlreadyExistsException e -> "it exists already";
            case NotDirectoryException e -> "not a directory";
            case FileSystemException e when e.getReason() != null -> e.getReason();
            default -> String.valueOf(cause.getMessage());
        };
    }

    ExitCode exitCode() {
        return exitCode;
    }
}
