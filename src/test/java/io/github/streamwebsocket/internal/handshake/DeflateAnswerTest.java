package io.github.streamwebsocket.internal.handshake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.github.streamwebsocket.PerMessageDeflate;
import io.github.streamwebsocket.internal.DeflateParameters;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeflateAnswerTest {
    /** Columns: settings, offers (lines separated by "|"), and the answer. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                // RFC 7692 7.1.3
                "``# permessage-deflate# permessage-deflate",
                "``# permessage-deflate; client_max_window_bits; server_max_window_bits=10"
                        + "# permessage-deflate; server_max_window_bits=10",
                "``# permessage-deflate; client_max_window_bits; server_max_window_bits=10,"
                        + " permessage-deflate; client_max_window_bits# permessage-deflate; server_max_window_bits=10",
                // RFC 7692 5.2: a fallback, another extension first, and two lines
                "``# permessage-deflate; server_max_window_bits=16, permessage-deflate# permessage-deflate",
                "``# permessage-deflate; mystery|permessage-deflate; server_no_context_takeover"
                        + "# permessage-deflate; server_no_context_takeover",
                "``# permessage-bzip2, x-webkit-deflate-frame; no_context_takeover, permessage-deflate# permessage-deflate",
                "client_max_window_bits=10# permessage-deflate, permessage-deflate; client_max_window_bits"
                        + "# permessage-deflate; client_max_window_bits=10",
                "``# permessage-deflate; client_max_window_bits=9, permessage-deflate"
                        + "# permessage-deflate; client_max_window_bits=9",
                // what the client demands
                "``# permessage-deflate; client_no_context_takeover# permessage-deflate; client_no_context_takeover",
                "``# permessage-deflate; server_no_context_takeover# permessage-deflate; server_no_context_takeover",
                "``# permessage-deflate; server_max_window_bits=\"10\"# permessage-deflate; server_max_window_bits=10",
                "``# permessage-deflate; server_max_window_bits=15# permessage-deflate; server_max_window_bits=15",
                "``# permessage-deflate; client_max_window_bits# permessage-deflate",
                "``# permessage-deflate; client_max_window_bits=15# permessage-deflate",
                "``# permessage-deflate; client_max_window_bits=12# permessage-deflate; client_max_window_bits=12",
                // what we demand
                "client_no_context_takeover# permessage-deflate# permessage-deflate; client_no_context_takeover",
                "server_no_context_takeover# permessage-deflate# permessage-deflate; server_no_context_takeover",
                "server_max_window_bits=9# permessage-deflate# permessage-deflate; server_max_window_bits=9",
                "server_max_window_bits=9# permessage-deflate; server_max_window_bits=8"
                        + "# permessage-deflate; server_max_window_bits=8",
                "server_max_window_bits=9# permessage-deflate; server_max_window_bits=10"
                        + "# permessage-deflate; server_max_window_bits=9",
                "client_max_window_bits=9# permessage-deflate; client_max_window_bits"
                        + "# permessage-deflate; client_max_window_bits=9",
                "client_max_window_bits=9# permessage-deflate; client_max_window_bits=8"
                        + "# permessage-deflate; client_max_window_bits=8",
                "client_max_window_bits=9# permessage-deflate; client_max_window_bits=10"
                        + "# permessage-deflate; client_max_window_bits=9",
            })
    void theFirstOfferThatGoesWithTheSettingsIsTaken(String settings, String offers, String answer) throws Exception {
        DeflateAnswer accepted = answer(WrittenSettings.of(settings), offers.split("\\|", -1));
        assertNotNull(accepted);
        assertEquals(answer, accepted.encode());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "``# ``",
                "``# foo",
                "``# Permessage-Deflate",
                "``# permessage-deflate; foo",
                "``# permessage-deflate; Client_Max_Window_Bits",
                "``# permessage-deflate; server_max_window_bits",
                "``# permessage-deflate; server_max_window_bits=7",
                "``# permessage-deflate; server_max_window_bits=09",
                "``# permessage-deflate; client_max_window_bits=16",
                "``# permessage-deflate; client_max_window_bits; client_max_window_bits",
                "``# permessage-deflate; client_no_context_takeover=1, permessage-deflate; server_no_context_takeover=0",
                "client_max_window_bits=14# permessage-deflate",
                "client_max_window_bits=8# permessage-deflate; server_max_window_bits=8, permessage-deflate; x, foo",
            })
    void whenNoOfferWillDoNoneIsTaken(String settings, String offers) throws Exception {
        assertNull(answer(WrittenSettings.of(settings), offers));
    }

    @Test
    void levelAndThresholdAreOurOwn() throws Exception {
        DeflateAnswer accepted = answer(PerMessageDeflate.DEFAULT.level(1).threshold(7), "permessage-deflate");
        assertNotNull(accepted);
        assertEquals(new DeflateParameters(false, false, 15, 15, 1, 7), accepted.parameters());
    }

    private static DeflateAnswer answer(PerMessageDeflate settings, String... offers) throws Exception {
        return DeflateAnswer.to(ExtensionList.parse(List.of(offers)), settings);
    }
}
