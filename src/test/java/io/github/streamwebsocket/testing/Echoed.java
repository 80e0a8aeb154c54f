package io.github.streamwebsocket.testing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.github.streamwebsocket.IncomingMessage;
import io.github.streamwebsocket.OutgoingMessage;
import io.github.streamwebsocket.SocketMessageType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.IntStream;

/** Messages that a peer sends back, and must come back as they were, however many frames they take either way. */
public final class Echoed {
    private static final int SECTION = 60_000; // no multiple of the frame size, nor of the characters below
    /** A pair of surrogates, so four bytes of UTF-8, between characters of one, two and three. */
    private static final String PAIR = "aä\uD83D\uDE00\u20ACb";

    private Echoed() {}

    /** Every Unicode scalar value there is, in order: 1,112,064 characters in 4.2 MiB. */
    public static String allCharacters() {
        return IntStream.concat(
                        IntStream.range(0, Character.MIN_SURROGATE),
                        IntStream.rangeClosed(Character.MAX_SURROGATE + 1, Character.MAX_CODE_POINT))
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** Text of so many characters, of which some take three bytes. */
    public static String text(int length) {
        return "To be, or not to be \u2013 that is the question. "
                .repeat(length / 40 + 1)
                .substring(0, length);
    }

    /** Sends this text as a whole. */
    public static void text(MessageEnd end, String text) throws Exception {
        String back = Exchange.together(end, () -> end.sendText(text), () -> {
            try (IncomingMessage message = next(end, SocketMessageType.UTF8)) {
                return new String(message.readAllBytes(), StandardCharsets.UTF_8);
            }
        });
        if (!text.equals(back)) { // assertEquals would print megabytes
            throw new AssertionError("expected " + text.length() + " characters but were " + back.length()
                    + " of which the first differs at "
                    + Arrays.mismatch(text.toCharArray(), back.toCharArray()));
        }
    }

    /** Sends these bytes as a whole. */
    public static void binary(MessageEnd end, byte[] bytes) throws Exception {
        byte[] back = Exchange.together(end, () -> end.send(bytes), () -> {
            try (IncomingMessage message = next(end, SocketMessageType.BINARY)) {
                return message.readAllBytes();
            }
        });
        assertArrayEquals(bytes, back);
    }

    /** Sends text with characters of all lengths in two fragments, cut at each of its bytes in turn. */
    public static void cutAtEachByte(MessageEnd end) throws Exception {
        byte[] payload = PAIR.getBytes(StandardCharsets.UTF_8);
        for (int cut = 0; cut <= payload.length; cut++) {
            try (OutgoingMessage message = end.beginMessage(SocketMessageType.UTF8)) {
                message.write(payload, 0, cut);
                message.flush();
                message.write(payload, cut, payload.length - cut);
                message.complete();
            }
            try (IncomingMessage message = next(end, SocketMessageType.UTF8)) {
                assertEquals(PAIR, new String(message.readAllBytes(), StandardCharsets.UTF_8), "cut at " + cut);
            }
        }
    }

    /** Streams a message of this many bytes, made as it goes, while it comes back. */
    public static void stream(MessageEnd end, SocketMessageType type, long size) throws Exception {
        byte[] section = type == SocketMessageType.UTF8
                ? (PAIR + "0123456789").repeat(SECTION / 21).getBytes(StandardCharsets.UTF_8)
                : RawFrames.pattern(SECTION);
        assertEquals(0, section.length % (type == SocketMessageType.UTF8 ? 21 : 1), "whole repetitions");
        MessageDigest sent = MessageDigest.getInstance("SHA-256");
        String back = Exchange.together(
                end, () -> sendStream(end, type, section, size, sent), () -> receiveStream(end, type));
        assertEquals(size + " " + HexFormat.of().formatHex(sent.digest()), back);
    }

    private static void sendStream(
            MessageEnd end, SocketMessageType type, byte[] section, long size, MessageDigest digest)
            throws IOException {
        try (OutgoingMessage message = end.beginMessage(type)) {
            for (long left = size; left > 0; ) {
                int length = (int) Math.min(left, section.length);
                byte[] part = type == SocketMessageType.UTF8 && length < section.length
                        ? "x".repeat(length).getBytes(StandardCharsets.UTF_8) // ends with a whole character
                        : section;
                digest.update(part, 0, length);
                message.write(part, 0, length);
                left -= length;
            }
            message.complete();
        }
    }

    private static String receiveStream(MessageEnd end, SocketMessageType type) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        byte[] buffer = new byte[65_536];
        long received = 0;
        try (IncomingMessage message = next(end, type)) {
            for (int length = message.read(buffer); length >= 0; length = message.read(buffer)) {
                digest.update(buffer, 0, length);
                received += length;
            }
        }
        return received + " " + HexFormat.of().formatHex(digest.digest());
    }

    private static IncomingMessage next(MessageEnd end, SocketMessageType type) throws IOException {
        IncomingMessage message = end.receive();
        assertNotNull(message, "the connection was closed");
        assertEquals(type, message.type());
        return message;
    }
}
