package io.github.streamwebsocket.cli;

import io.github.streamwebsocket.Registration;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * A file on its way: it grows under a hidden name beside the final one, and {@link #commit} gives it the final name in one
 * step. So under the final name there is the whole file or none, also after Ctrl-C or a full disk.
 */
final class PartFile extends OutputStream {
    /** How the hidden names begin. */
    static final String PREFIX = ".streamwebsocket-";

    private static final SecureRandom RANDOM = new SecureRandom();

    private final Path target;
    private final Path part;
    private final OutputStream out;
    private final Registration registration;

    private PartFile(Path target, Path part, OutputStream out, Registration registration) {
        this.target = target;
        this.part = part;
        this.out = out;
        this.registration = registration;
    }

    /**
     * Begins a file.
     *
     * @param target the final name
     * @param cleanup deletes the part if the process ends before
     * @throws Failure if no file can be made there
     */
    static PartFile create(Path target, Cleanup cleanup) throws Failure {
        byte[] random = new byte[8];
        RANDOM.nextBytes(random);
        Path part = target.resolveSibling(PREFIX + HexFormat.of().formatHex(random) + ".part");
        // Registered first: there must be no moment at which the process can end and leave the part behind.
        Registration registration = cleanup.addLast(() -> Cleanup.delete(part));
        try {
            OutputStream out = Files.newOutputStream(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            if (cleanup.ending()) {
                out.close();
                Cleanup.delete(part);
                throw new IOException("the process is ending");
            }
            return new PartFile(target, part, out, registration);
        } catch (IOException e) {
            registration.close();
            throw Failure.ofFile("cannot write", target, e);
        }
    }

    /**
     * Checks, before anything is done for it, that a file can take its name.
     *
     * @throws Failure if there is a file already that must not be replaced, or something that is no file
     */
    static void checkTarget(Path target, boolean replace) throws Failure {
        if (Files.isDirectory(target)) {
            throw new Failure(ExitCode.FILE, target + " is a directory: expected the name of a file");
        }
        if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            if (!replace) {
                throw Failure.exists(target, null);
            }
            if (Files.exists(target) && !Files.isRegularFile(target)) {
                throw new Failure(ExitCode.FILE, target + " is no regular file: write to - and redirect that");
            }
        }
    }

    @Override
    public void write(int b) throws Failure {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] buffer, int offset, int length) throws Failure {
        try {
            out.write(buffer, offset, length);
        } catch (IOException e) {
            throw Failure.ofFile("cannot write", target, e);
        }
    }

    /**
     * Gives the file its final name, in one step.
     *
     * @param replace whether it may take the place of another; otherwise one that has come since the start is left alone
     * @throws Failure if that cannot be done; the final name is then as it was
     */
    void commit(boolean replace) throws Failure {
        try {
            out.close();
            if (replace) {
                checkTarget(target, true);
                Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
            } else {
                moveToNewName();
            }
        } catch (FileAlreadyExistsException e) {
            throw Failure.exists(target, e);
        } catch (Failure e) {
            throw e;
        } catch (IOException e) {
            throw Failure.ofFile("cannot write", target, e);
        }
    }

    /** Moving replaces silently; linking does not, and where there are no links, making the name first does not either. */
    private void moveToNewName() throws IOException {
        try {
            Files.createLink(target, part);
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (IOException | UnsupportedOperationException noLinks) {
            Files.createFile(target);
            try {
                Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException e) {
                Files.deleteIfExists(target);
                throw e;
            }
        }
    }

    /** Deletes the hidden file. What was committed stays. */
    @Override
    public void close() {
        try {
            out.close();
        } catch (IOException e) {
            // Nobody is to have this file.
        }
        Cleanup.delete(part);
        registration.close();
    }
}
