package io.github.streamwebsocket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What was received, as bytes and as text, also where it is in pieces and larger than any array. */
class DataReaderTest {
    private static final int PIECE = 1 << 16;

    /** Bytes in pieces of three. */
    private static ReceivedBytes inPieces(byte[] content) {
        ReceivedBytes bytes = new ReceivedBytes();
        for (int at = 0; at < content.length; at += 3) {
            bytes.append(Arrays.copyOfRange(content, at, at + 3), Math.min(3, content.length - at));
        }
        return bytes;
    }

    private static DataReader reader(byte[] content) {
        return new DataReader(inPieces(content).view());
    }

    @Test
    void bytesAreReadInOrder() {
        DataReader reader = reader(new byte[] {1, 2, 3, 4, 5, 6, 7, 8});
        assertEquals(8, reader.unconsumedBufferLength());
        assertEquals(1, reader.readByte());
        assertArrayEquals(new byte[] {2, 3, 4, 5}, reader.readBytes(4));
        assertEquals(3, reader.unconsumedBufferLength());
        assertArrayEquals(new byte[0], reader.readBytes(0));
        assertArrayEquals(new byte[] {6, 7, 8}, reader.readBytes());
        assertArrayEquals(new byte[0], reader.readBytes());
        assertEquals(0, reader.unconsumedBufferLength());
    }

    @Test
    void moreThanThereIsIsRefusedAndNothingIsRead() {
        DataReader reader = reader(new byte[] {1, 2});
        assertThrows(IllegalArgumentException.class, () -> reader.readBytes(3));
        assertThrows(IllegalArgumentException.class, () -> reader.readBytes(-1));
        assertArrayEquals(new byte[] {1, 2}, reader.readBytes());
        assertThrows(IllegalStateException.class, reader::readByte);
    }

    @Test
    void textIsReadFromWhereTheBytesAre() throws Exception {
        DataReader reader = reader("xé€😀".getBytes(UTF_8));
        assertEquals('x', reader.readByte());
        assertEquals("é€😀", reader.readString());
        assertEquals("", reader.readString());
    }

    @Test
    void whatIsNoTextIsRefusedAndNothingIsRead() {
        DataReader reader = reader(new byte[] {'a', (byte) 0xFF});
        assertThrows(CharacterCodingException.class, reader::readString);
        assertArrayEquals(new byte[] {'a', (byte) 0xFF}, reader.readBytes());
    }

    @Test
    void whatIsLargerThanAnArrayIsReadAsAStream() throws Exception {
        ReceivedBytes bytes = new ReceivedBytes();
        byte[] piece = new byte[PIECE]; // the same again and again, so that it fits into the heap of a test
        for (int i = 0; i < PIECE; i++) {
            bytes.append(piece, PIECE);
        }
        bytes.append(new byte[] {7}, 1);
        long length = (1L << 32) + 1;
        DataReader reader = new DataReader(bytes.view());
        assertEquals(length, reader.unconsumedBufferLength());
        IllegalStateException tooLarge = assertThrows(IllegalStateException.class, reader::readBytes);
        assertTrue(tooLarge.getMessage().contains("getDataStream"), tooLarge.getMessage());
        assertThrows(IllegalStateException.class, reader::readString);
        assertEquals(length, reader.unconsumedBufferLength());
        InputStream stream = bytes.view();
        assertEquals(Integer.MAX_VALUE, stream.available());
        stream.skipNBytes(length - 1);
        assertEquals(7, stream.read());
        assertEquals(-1, stream.read());
        assertEquals(length, bytes.view().transferTo(OutputStream.nullOutputStream()));
    }
}
