package io.github.streamwebsocket.internal.message;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.streamwebsocket.internal.DeflateParameters;
import io.github.streamwebsocket.internal.Role;
import io.github.streamwebsocket.internal.frame.FrameReader;
import io.github.streamwebsocket.internal.frame.Opcode;
import io.github.streamwebsocket.testing.ScriptedWire;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples of RFC 7692 7.2.3, in both directions. */
class DeflateVectorsTest {
    private static final DeflateParameters AGREED = new DeflateParameters(false, false, 15, 15, 6, 0);

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text.replace(" ", ""));
    }

    private interface Step<T> {
        T run() throws IOException;
    }

    private static <T> T patiently(Step<T> step) throws IOException {
        while (true) {
            try {
                return step.run();
            } catch (SocketTimeoutException e) {
                // as an application does that goes on reading
            }
        }
    }

    /** What messages come of these bytes of a server, each as text. */
    private static List<String> read(ScriptedWire wire) throws Exception {
        FrameReader frames = new FrameReader(wire, Role.CLIENT, new byte[0], true);
        MessageReader message = new MessageReader(frames, Role.CLIENT, AGREED, () -> new Inflater(true));
        List<String> messages = new ArrayList<>();
        ByteArrayOutputStream payload = new ByteArrayOutputStream();
        byte[] buffer = new byte[3];
        for (Opcode opcode = patiently(frames::next); opcode != null; opcode = patiently(frames::next)) {
            message.frame(opcode);
            while (message.underWay()) {
                payload.write(buffer, 0, patiently(() -> message.read(buffer, 0, buffer.length)));
            }
            if (!message.inside()) {
                messages.add(payload.toString(StandardCharsets.UTF_8));
                payload.reset();
            }
        }
        return messages;
    }

    @ParameterizedTest
    @CsvSource({
        "7.2.3.1 one block, c1 07 f2 48 cd c9 c9 07 00, Hello",
        "7.2.3.1 fragmented, 41 03 f2 48 cd 80 04 c9 c9 07 00, Hello",
        "7.2.3.2 context kept, c1 07 f2 48 cd c9 c9 07 00 c1 05 f2 00 11 00 00, Hello|Hello",
        "7.2.3.3 not compressed by deflate, c1 0b 00 05 00 fa ff 48 65 6c 6c 6f 00, Hello",
        "7.2.3.4 BFINAL, c1 08 f3 48 cd c9 c9 07 00 00, Hello",
        "7.2.3.4 BFINAL twice, c1 08 f3 48 cd c9 c9 07 00 00 c1 08 f3 48 cd c9 c9 07 00 00, Hello|Hello",
        "7.2.3.5 two blocks, c1 0d f2 48 05 00 00 00 ff ff ca c9 c9 07 00, Hello",
        "7.2.3.6 empty, c1 01 00, ''",
        "no byte at all, c1 00 c1 07 f2 48 cd c9 c9 07 00, |Hello",
        "BFINAL with nothing behind, c1 07 f3 48 cd c9 c9 07 00 c1 07 f2 48 cd c9 c9 07 00, Hello|Hello",
        "a frame without compression between, c1 07 f2 48 cd c9 c9 07 00 81 02 68 69 c1 05 f2 00 11 00 00, Hello|hi|Hello",
        "an empty last fragment, 41 07 f2 48 cd c9 c9 07 00 80 00, Hello",
        "an empty first fragment, 41 00 80 07 f2 48 cd c9 c9 07 00, Hello",
    })
    void areRead(String name, String stream, String messages) throws Exception {
        List<String> expected = Arrays.asList(messages.split("\\|", -1));
        byte[] bytes = hex(stream);
        assertEquals(expected, read(ScriptedWire.of(bytes)), name);
        assertEquals(expected, read(ScriptedWire.stuttering(bytes)), name);
        for (int cut = 1; cut < bytes.length; cut++) {
            byte[] head = Arrays.copyOf(bytes, cut);
            byte[] tail = Arrays.copyOfRange(bytes, cut, bytes.length);
            assertEquals(expected, read(ScriptedWire.of(head, tail)), name + " cut at " + cut);
        }
    }

    private static String write(DeflateParameters agreed, String... messages) throws Exception {
        ByteArrayOutputStream wire = new ByteArrayOutputStream();
        MessageWriter writer =
                new MessageWriter(Role.SERVER, wire::write, 65_536, agreed, () -> new Deflater(agreed.level(), true));
        for (String message : messages) {
            byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
            writer.begin(Opcode.TEXT);
            writer.write(bytes, 0, bytes.length);
            writer.complete();
        }
        writer.close();
        return HexFormat.ofDelimiter(" ").formatHex(wire.toByteArray());
    }

    @Test
    void areWritten() throws Exception {
        assertEquals("c1 07 f2 48 cd c9 c9 07 00 c1 05 f2 00 11 00 00", write(AGREED, "Hello", "Hello"));
        assertEquals("c1 01 00", write(AGREED, ""));
        assertEquals("c1 07 f2 48 cd c9 c9 07 00 c1 01 00 c1 05 f2 00 11 00 00", write(AGREED, "Hello", "", "Hello"));
    }

    @Test
    void withoutContextTakeoverEachMessageStandsAlone() throws Exception {
        assertEquals(
                "c1 07 f2 48 cd c9 c9 07 00 c1 07 f2 48 cd c9 c9 07 00",
                write(new DeflateParameters(false, true, 15, 15, 6, 0), "Hello", "Hello"));
    }

    @ParameterizedTest
    @ValueSource(ints = {6, 7, 1000})
    void belowTheThresholdMessagesGoAsTheyAre(int threshold) throws Exception {
        DeflateParameters agreed = new DeflateParameters(false, false, 15, 15, 6, threshold);
        assertEquals("81 05 48 65 6c 6c 6f", write(agreed, "Hello"));
    }
}
