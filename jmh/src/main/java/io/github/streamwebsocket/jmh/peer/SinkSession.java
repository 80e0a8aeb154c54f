package io.github.streamwebsocket.jmh.peer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** Counts what comes and tells of it. Looks at the payload only if it is to be hashed. */
final class SinkSession {
    /** Three longs and the header in front of them. */
    private static final int REPORT = 26;

    private final PeerChannel channel;
    private final FrameInput input;
    private final long step;
    private final boolean hash;
    private final CRC32C crc = new CRC32C();
    private final ByteBuffer report;

    private long messages;
    private long bytes;
    /** The count of bytes at which the next report is due. */
    private long due;

    /** @param step after how many bytes a report is due each time, 0 for none */
    SinkSession(PeerChannel channel, FrameInput input, long step, boolean hash) {
        this.channel = channel;
        this.input = input;
        this.step = step;
        this.hash = hash;
        due = step == 0 ? Long.MAX_VALUE : step;
        report = channel.allocate(REPORT);
    }

    void run() throws IOException {
        ByteBuffer clear = channel.pool().borrow();
        try {
            count(clear);
        } finally {
            channel.pool().giveBack(clear);
        }
    }

    private void count(ByteBuffer clear) throws IOException {
        while (input.nextData()) {
            do {
                int count = (int) Math.min(input.available(), due - bytes);
                if (hash) {
                    input.unmask(clear.clear(), count);
                    crc.update(clear.flip());
                } else {
                    input.skip(count);
                }
                bytes += count;
                if (input.remaining() == 0 && input.fin()) {
                    messages++;
                }
                if (bytes == due) {
                    report();
                    due += step;
                }
            } while (input.remaining() > 0);
        }
    }

    private void report() throws IOException {
        report.clear().put((byte) 0x82).put((byte) (REPORT - 2));
        report.putLong(messages).putLong(bytes).putLong(hash ? crc.getValue() : 0);
        channel.write(report.flip());
    }
}
