package io.github.streamwebsocket.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** What the demonstration sends: a file, or random bytes that are made as they are read and exist nowhere else. */
final class DemoData {
    private final @Nullable Path file;
    private final long size;

    private DemoData(@Nullable Path file, long size) {
        this.file = file;
        this.size = size;
    }

    /**
     * Takes a file.
     *
     * @throws Failure if it cannot be read
     */
    static DemoData of(Path file) throws Failure {
        if (!Files.isRegularFile(file)) {
            throw new Failure(
                    ExitCode.FILE,
                    "cannot read " + file + ": " + (Files.exists(file) ? "it is no regular file" : "no such file"));
        }
        try {
            return new DemoData(file, Files.size(file));
        } catch (IOException e) {
            throw Failure.ofFile("cannot read", file, e);
        }
    }

    static DemoData random(long size) {
        return new DemoData(null, size);
    }

    long size() {
        return size;
    }

    /** Says what it is. */
    String description() {
        return file == null ? "random bytes, made on the fly" : "the file " + file;
    }

    InputStream open() throws Failure {
        if (file == null) {
            return new RandomInput(size);
        }
        try {
            return Files.newInputStream(file);
        } catch (IOException e) {
            throw Failure.ofFile("cannot read", file, e);
        }
    }

    /** So many random bytes. Not for secrets: made to be fast, and not to be compressible. */
    private static final class RandomInput extends InputStream {
        private final SplittableRandom random = new SplittableRandom();
        private final byte[] block = new byte[65_536];
        private long left;

        RandomInput(long size) {
            left = size;
        }

        @Override
        public int read() {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            if (left == 0) {
                return -1;
            }
            int count = (int) Math.min(Math.min(length, block.length), left);
            random.nextBytes(block);
            System.arraycopy(block, 0, buffer, offset, count);
            left -= count;
            return count;
        }
    }
}
