package io.github.streamwebsocket.jmh.report;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The lock by which JMH sees to it that only one measures on a machine, held from the beginning to the end: JMH itself
 * takes it anew for each JVM, so that another could come between two of them.
 */
record OneAtATime(FileChannel file) implements AutoCloseable {

    /** Takes the lock, and tells JMH not to. */
    static OneAtATime begin() throws IOException {
        Path path = Path.of(System.getProperty("java.io.tmpdir"), "jmh.lock");
        FileChannel file;
        try {
            file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new IOException("expected to open JMH's lock " + path + " but it is somebody else's: " + e, e);
        }
        FileLock lock = file.tryLock();
        if (lock == null) {
            file.close();
            throw new IOException("expected to be the only one who measures, but another JMH holds " + path);
        }
        System.setProperty("jmh.ignoreLock", "true");
        return new OneAtATime(file);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
