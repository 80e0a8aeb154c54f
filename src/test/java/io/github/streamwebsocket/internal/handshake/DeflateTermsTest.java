package io.github.streamwebsocket.internal.handshake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeflateTermsTest {
    private static final String NO_VALUE =
            "expected client_max_window_bits of permessage-deflate to be a number of 8 to 15" + " but it has no value";

    /** Columns: parameters that are wrong in an offer and in an answer, and what the message says. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "foo# no parameters of permessage-deflate but those of RFC 7692 7.1 but was \"foo\"",
                "foo=1# no parameters of permessage-deflate but those of RFC 7692 7.1 but was \"foo=1\"",
                "max_window_bits=10# no parameters of permessage-deflate but those of RFC 7692 7.1 but was \"max_w",
                "server_max_window_bits=10; x# no parameters of permessage-deflate but those of RFC 7692 7.1 but was \"x\"",
                "Server_max_window_bits=10# no parameters of permessage-deflate but those of RFC 7692 7.1 but was \"Se",
                "CLIENT_NO_CONTEXT_TAKEOVER# no parameters of permessage-deflate but those of RFC 7692 7.1 but was \"CL",
                "client_no_context_takeover=1# client_no_context_takeover of permessage-deflate to have no value but was \"1\"",
                "server_no_context_takeover=true# server_no_context_takeover of permessage-deflate to have no value but was \"t",
                "server_max_window_bits# server_max_window_bits of permessage-deflate to be a number of 8 to 15 but it has no",
                "server_max_window_bits=7# server_max_window_bits of permessage-deflate to be a number of 8 to 15 but was \"7\"",
                "server_max_window_bits=16# to be a number of 8 to 15 but was \"16\"",
                "server_max_window_bits=08# to be a number of 8 to 15 but was \"08\"",
                "server_max_window_bits=010# to be a number of 8 to 15 but was \"010\"",
                "server_max_window_bits=+9# to be a number of 8 to 15 but was \"+9\"",
                "server_max_window_bits=-9# to be a number of 8 to 15 but was \"-9\"",
                "server_max_window_bits=9.0# to be a number of 8 to 15 but was \"9.0\"",
                "server_max_window_bits=0xa# to be a number of 8 to 15 but was \"0xa\"",
                "server_max_window_bits=1e1# to be a number of 8 to 15 but was \"1e1\"",
                "server_max_window_bits=ten# to be a number of 8 to 15 but was \"ten\"",
                "server_max_window_bits=0# to be a number of 8 to 15 but was \"0\"",
                "server_max_window_bits=99999999999999999999# to be a number of 8 to 15 but was \"99999999999999999999\"",
                "client_max_window_bits=7# client_max_window_bits of permessage-deflate to be a number of 8 to 15 but was \"7\"",
                "client_max_window_bits=16# to be a number of 8 to 15 but was \"16\"",
                "client_max_window_bits=09# to be a number of 8 to 15 but was \"09\"",
                "client_max_window_bits=true# to be a number of 8 to 15 but was \"true\"",
                "client_no_context_takeover; client_no_context_takeover# client_no_context_takeover of permessage-deflate once"
                        + " but it is there again as \"client_no_context_takeover\"",
                "server_no_context_takeover; server_no_context_takeover# server_no_context_takeover of permessage-deflate once",
                "server_max_window_bits=9; server_max_window_bits=9# server_max_window_bits of permessage-deflate once"
                        + " but it is there again as \"server_max_window_bits=9\"",
                "server_max_window_bits=9; server_max_window_bits=10# once but it is there again as \"server_max_window_bits=10\"",
                "client_max_window_bits=9; client_max_window_bits=9# client_max_window_bits of permessage-deflate once",
            })
    void invalidParametersAreErrorsThatSayWhich(String parameters, String message) {
        Extension extension = extension(parameters);
        for (var reader : List.<Reader>of(DeflateTerms::ofOffer, DeflateTerms::ofAnswer)) {
            InvalidExtensionException e = assertThrows(InvalidExtensionException.class, () -> reader.read(extension));
            assertTrue(e.getMessage().contains(message), e.getMessage());
            assertTrue(e.getMessage().startsWith("expected "), e.getMessage());
        }
    }

    private interface Reader {
        DeflateTerms read(Extension extension) throws InvalidExtensionException;
    }

    @Test
    void onlyAnOfferMayLeaveTheClientsWindowOpen() throws Exception {
        Extension open = extension("client_max_window_bits");
        assertEquals(OptionalInt.of(15), DeflateTerms.ofOffer(open).clientMaxWindowBits());
        InvalidExtensionException e = assertThrows(InvalidExtensionException.class, () -> DeflateTerms.ofAnswer(open));
        assertEquals(NO_VALUE, e.getMessage());
        assertThrows(
                InvalidExtensionException.class,
                () -> DeflateTerms.ofOffer(extension("client_max_window_bits; client_max_window_bits=10")));
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 9, 10, 11, 12, 13, 14, 15})
    void everyWindowOfTheRfcIsRead(int bits) throws Exception {
        DeflateTerms expected = new DeflateTerms(false, false, OptionalInt.of(bits), OptionalInt.of(bits));
        String parameters = "client_max_window_bits=" + bits + "; server_max_window_bits=\"" + bits + "\"";
        assertEquals(expected, DeflateTerms.ofOffer(extension(parameters)));
        assertEquals(expected, DeflateTerms.ofAnswer(extension(parameters)));
    }

    @Test
    void theTextHasWhatTheTermsHaveAndNoMore() {
        DeflateTerms nothing = new DeflateTerms(false, false, OptionalInt.empty(), OptionalInt.empty());
        assertEquals("permessage-deflate", nothing.offer());
        assertEquals("permessage-deflate", nothing.answer());
        DeflateTerms all = new DeflateTerms(true, true, OptionalInt.of(9), OptionalInt.of(10));
        String text = "permessage-deflate; client_no_context_takeover; server_no_context_takeover"
                + "; server_max_window_bits=10; client_max_window_bits=9";
        assertEquals(text, all.offer());
        assertEquals(text, all.answer());
        DeflateTerms most = new DeflateTerms(false, false, OptionalInt.of(15), OptionalInt.of(15));
        assertEquals("permessage-deflate; server_max_window_bits=15; client_max_window_bits", most.offer());
        assertEquals("permessage-deflate; server_max_window_bits=15; client_max_window_bits=15", most.answer());
    }

    private static Extension extension(String parameters) {
        try {
            return ExtensionList.parse(List.of("permessage-deflate; " + parameters))
                    .get(0);
        } catch (MalformedHeadException e) {
            throw new AssertionError(e);
        }
    }
}
