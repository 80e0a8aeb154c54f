package io.github.streamwebsocket.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IpLiteralTest {

    @Test
    void fourDecimalNumbersAreAnAddress() throws Exception {
        InetAddress address = IpLiteral.parse("192.0.2.255");
        assertNotNull(address);
        assertArrayEquals(new byte[] {(byte) 192, 0, 2, (byte) 255}, address.getAddress());
    }

    @ParameterizedTest
    @ValueSource(strings = {"2001:db8::1", "[2001:db8::1]", "2001:0db8:0:0:0:0:0:1"})
    void colonsMakeAnAddressOfVersion6(String text) throws Exception {
        InetAddress address = IpLiteral.parse(text);
        assertNotNull(address);
        assertEquals(Inet6Address.class, address.getClass());
        assertEquals("2001:db8:0:0:0:0:0:1", address.getHostAddress());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost",
                "example.org",
                "1.2.3",
                "1.2.3.4.5",
                "1.2.3.256",
                "01.2.3.4",
                "1.2.3.4.",
                "1..3.4",
                "1.2.3.x",
                "0x7f.0.0.1",
                "2130706433",
                "1.2.3.0004",
                "1.2.3.-4",
                "1.2.3.+4",
                "1.2.3.\u0664"
            })
    void everythingElseIsAName(String text) throws Exception {
        assertNull(IpLiteral.parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"::g", "1:2", ":", "[::1", "a:b"})
    void aColonWithoutAnAddressIsRefusedWithoutALookUp(String text) {
        assertThrows(UnknownHostException.class, () -> IpLiteral.parse(text));
    }
}
