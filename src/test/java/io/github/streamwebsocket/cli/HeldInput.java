package io.github.streamwebsocket.cli;

import io.github.streamwebsocket.internal.net.Await;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.BooleanSupplier;

/** A standard input whose end comes only when something is true, so that no command is done before. */
final class HeldInput extends InputStream {
    private final InputStream data;
    private final String what;
    private final BooleanSupplier condition;

    /**
     * Makes one.
     *
     * @param data comes at once
     * @param what the condition is, for the failure if it never holds
     */
    HeldInput(byte[] data, String what, BooleanSupplier condition) {
        this.data = new ByteArrayInputStream(data);
        this.what = what;
        this.condition = condition;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int count = data.read(buffer, offset, length);
        if (count < 0) {
            awaitCondition();
        }
        return count;
    }

    /** The command has to fail, and not only the thread of it that reads. */
    private void awaitCondition() throws IOException {
        try {
            Await.until(what, condition);
        } catch (AssertionError e) {
            throw new IOException(e);
        }
    }
}
