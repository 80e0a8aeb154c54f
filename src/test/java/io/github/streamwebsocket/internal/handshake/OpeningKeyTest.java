package io.github.streamwebsocket.internal.handshake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpeningKeyTest {

    @Test
    void theAcceptOfTheRfcsKeyIsTheOneOfTheRfc() {
        assertEquals("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", OpeningKey.accept("dGhlIHNhbXBsZSBub25jZQ=="));
    }

    @Test
    void aFreshKeyIsValidAndNotTheLastOne() {
        SecureRandom random = new SecureRandom();
        String key = OpeningKey.next(random);
        assertTrue(OpeningKey.isValid(key));
        assertNotEquals(key, OpeningKey.next(random));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "dGhlIHNhbXBsZSBub25jZQ",
                "dGhlIHNhbXBsZSBub25jZQ=",
                "dGhlIHNhbXBsZSBub25jZQ= ",
                "dGhlIHNhbXBsZSBub25jZSE=",
                "dGhlIHNhbXBsZSBub25jZSEh",
                "dGhlIHNhbXBsZSBub25j-_==",
                "dGhlIHNhbXBsZSBub25jZQ==dGhlIHNhbXBsZSBub25jZQ==",
            })
    void aKeyThatIsNotBase64OfSixteenBytesIsInvalid(String key) {
        assertFalse(OpeningKey.isValid(key));
    }
}
