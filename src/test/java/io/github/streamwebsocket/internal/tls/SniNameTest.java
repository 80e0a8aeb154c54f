package io.github.streamwebsocket.internal.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SniNameTest {

    @ParameterizedTest
    @CsvSource({
        "localhost, localhost",
        "LocalHost., localhost",
        "a_b.example, a_b.example",
        "b\u00fccher.example, xn--bcher-kva.example",
        "1.2.3, 1.2.3"
    })
    void aNameIsAsciiInLowerCaseWithoutTheDotOfTheRoot(String host, String name) {
        assertEquals(name, SniName.of(host));
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1", "[::1]", "a:b", "", "."})
    void addressesAndNothingHaveNoName(String host) {
        assertNull(SniName.of(host));
    }
}
