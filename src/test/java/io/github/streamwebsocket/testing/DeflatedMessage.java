package io.github.streamwebsocket.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.Deflater;

/**
 * A compressed message (RFC 7692 7.2.1) that repeats one block many times, so that a huge one is made in no time: the block
 * is compressed once, without reference to what is before it.
 */
public final class DeflatedMessage {
    /** What a server answers so that it may send one. */
    public static final String HEADER = "Sec-WebSocket-Extensions: permessage-deflate\r\n";

    private static final int TAIL = 4; // 00 00 ff ff, which the last fragment goes without
    private static final int RSV1 = 4;

    private final byte[] block;
    private final byte[] deflated;
    private final int times;

    public DeflatedMessage(byte[] block, int times) {
        this.block = block;
        this.deflated = deflate(block);
        this.times = times;
    }

    private static byte[] deflate(byte[] block) {
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
        try {
            deflater.setInput(block);
            ByteArrayOutputStream deflated = new ByteArrayOutputStream();
            byte[] section = new byte[65_536];
            int length;
            do {
                length = deflater.deflate(section, 0, section.length, Deflater.FULL_FLUSH);
                deflated.write(section, 0, length);
            } while (length == section.length);
            return deflated.toByteArray();
        } finally {
            deflater.end();
        }
    }

    /** How many bytes the message has. */
    public long length() {
        return (long) block.length * times;
    }

    /** How many bytes of payload it takes on the wire. */
    public long deflatedLength() {
        return (long) deflated.length * times - TAIL;
    }

    /** Sends it as binary in a fragment for each block. */
    public void sendTo(ScriptedServer.Client client) throws IOException {
        for (int i = 0; i < times; i++) {
            boolean last = i == times - 1;
            RawFrames.Builder frame =
                    i == 0 ? RawFrames.frame(RawFrames.BINARY).rsv(RSV1) : RawFrames.frame(RawFrames.CONTINUATION);
            if (last) {
                client.send(frame.payload(Arrays.copyOf(deflated, deflated.length - TAIL))
                        .bytes());
            } else {
                client.send(frame.notFin().payload(deflated).bytes());
            }
        }
    }

    /** Of the whole message, in hexadecimal digits. */
    public String sha256() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (int i = 0; i < times; i++) {
                digest.update(block);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
