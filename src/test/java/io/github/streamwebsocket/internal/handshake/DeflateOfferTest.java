package io.github.streamwebsocket.internal.handshake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.streamwebsocket.PerMessageDeflate;
import io.github.streamwebsocket.internal.DeflateParameters;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeflateOfferTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "''# permessage-deflate; client_max_window_bits",
                "client_max_window_bits=10# permessage-deflate; client_max_window_bits=10",
                "server_max_window_bits=8# permessage-deflate; server_max_window_bits=8; client_max_window_bits",
                "client_no_context_takeover# permessage-deflate; client_no_context_takeover; client_max_window_bits",
                "server_no_context_takeover# permessage-deflate; server_no_context_takeover; client_max_window_bits",
                "client_no_context_takeover; server_no_context_takeover; server_max_window_bits=9; client_max_window_bits=14"
                        + "# permessage-deflate; client_no_context_takeover; server_no_context_takeover"
                        + "; server_max_window_bits=9; client_max_window_bits=14",
            })
    void theOfferSaysWhatIsSet(String settings, String offer) {
        assertEquals(offer, new DeflateOffer(WrittenSettings.of(settings)).encode());
    }

    /** Columns: settings, answer, and what both then do: no context takeover and window bits, client's before server's. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "''# permessage-deflate# false false 15 15",
                "''# permessage-deflate; client_no_context_takeover# true false 15 15",
                "''# permessage-deflate; server_no_context_takeover# false true 15 15",
                "''# permessage-deflate; server_max_window_bits=9# false false 15 9",
                "''# permessage-deflate; server_max_window_bits=15# false false 15 15",
                "''# permessage-deflate; server_max_window_bits=\"10\"# false false 15 10",
                "''# permessage-deflate; client_max_window_bits=8# false false 8 15",
                "''# permessage-deflate; client_max_window_bits=15# false false 15 15",
                "''# permessage-deflate;client_max_window_bits=9;server_max_window_bits=10;server_no_context_takeover"
                        + ";client_no_context_takeover# true true 9 10",
                "client_max_window_bits=10# permessage-deflate# false false 10 15",
                "client_max_window_bits=10# permessage-deflate; client_max_window_bits=9# false false 9 15",
                "client_max_window_bits=10# permessage-deflate; client_max_window_bits=15# false false 10 15",
                "client_no_context_takeover# permessage-deflate# true false 15 15",
                "client_no_context_takeover# permessage-deflate; client_no_context_takeover# true false 15 15",
                "server_no_context_takeover# permessage-deflate; server_no_context_takeover# false true 15 15",
                "server_max_window_bits=10# permessage-deflate; server_max_window_bits=10# false false 15 10",
                "server_max_window_bits=10# permessage-deflate; server_max_window_bits=8# false false 15 8",
            })
    void anAnswerThatMeetsTheOfferIsObeyed(String settings, String answer, String agreed) throws Exception {
        String[] expected = agreed.split(" ", -1);
        assertEquals(
                new DeflateParameters(
                        Boolean.parseBoolean(expected[0]),
                        Boolean.parseBoolean(expected[1]),
                        Integer.parseInt(expected[2]),
                        Integer.parseInt(expected[3]),
                        9,
                        1000),
                judge(WrittenSettings.of(settings).level(9).threshold(1000), answer));
    }

    @Test
    void aServerMayDecline() throws Exception {
        assertNull(judge(PerMessageDeflate.DEFAULT));
        assertNull(judge(WrittenSettings.of("server_no_context_takeover; server_max_window_bits=8")));
        assertNull(judge(PerMessageDeflate.DEFAULT, ""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "``# foo; a=1# only permessage-deflate in Sec-WebSocket-Extensions, as no other extension was offered,"
                        + " but was \"foo; a=1\"",
                "``# permessage-deflate, foo# only permessage-deflate in Sec-WebSocket-Extensions, as no other extension"
                        + " was offered, but was \"foo\"",
                "``# Permessage-Deflate# only permessage-deflate in Sec-WebSocket-Extensions, as no other extension"
                        + " was offered, but was \"Permessage-Deflate\"",
                "``# x-webkit-deflate-frame# only permessage-deflate in Sec-WebSocket-Extensions, as no other extension"
                        + " was offered, but was \"x-webkit-deflate-frame\"",
                "``# permessage-deflate, permessage-deflate; client_max_window_bits=9# permessage-deflate once in"
                        + " Sec-WebSocket-Extensions but was \"permessage-deflate, permessage-deflate;"
                        + " client_max_window_bits=9\"",
                "``# permessage-deflate; client_max_window_bits# client_max_window_bits of permessage-deflate to be a"
                        + " number of 8 to 15 but it has no value",
                "``# permessage-deflate; mystery=\"x\"# no parameters of permessage-deflate but those of RFC 7692 7.1 but"
                        + " was \"mystery=x\"",
                "server_max_window_bits=10# permessage-deflate; server_max_window_bits=11# server_max_window_bits of"
                        + " permessage-deflate to be at most 10, as offered, but was \"11\"",
                "server_max_window_bits=10# permessage-deflate# server_max_window_bits of at most 10 in the answer to"
                        + " permessage-deflate, as the offer demands it, but it is missing",
                "server_no_context_takeover# permessage-deflate; client_no_context_takeover# server_no_context_takeover"
                        + " in the answer to permessage-deflate, as the offer demands it, but it is missing",
            })
    void anAnswerThatDoesNotMeetTheOfferIsAnErrorThatSaysWhy(String settings, String answer, String message) {
        InvalidExtensionException e =
                assertThrows(InvalidExtensionException.class, () -> judge(WrittenSettings.of(settings), answer));
        assertEquals("expected " + message, e.getMessage());
    }

    @Test
    void anAcceptanceOnTwoLinesIsStillTwice() {
        InvalidExtensionException e = assertThrows(
                InvalidExtensionException.class,
                () -> judge(PerMessageDeflate.DEFAULT, "permessage-deflate", "permessage-deflate"));
        assertEquals(
                "expected permessage-deflate once in Sec-WebSocket-Extensions but was"
                        + " \"permessage-deflate, permessage-deflate\"",
                e.getMessage());
    }

    private static DeflateParameters judge(PerMessageDeflate settings, String... answer) throws Exception {
        return new DeflateOffer(settings).judge(ExtensionList.parse(List.of(answer)));
    }
}
