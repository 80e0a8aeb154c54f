package io.github.streamwebsocket.internal.handshake;

import io.github.streamwebsocket.PerMessageDeflate;
import io.github.streamwebsocket.internal.DeflateParameters;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** A server's acceptance of an offer of permessage-deflate (RFC 7692 7.1). Pure. */
final class DeflateAnswer {
    private final DeflateTerms terms;
    private final PerMessageDeflate settings;

    private DeflateAnswer(DeflateTerms terms, PerMessageDeflate settings) {
        this.terms = terms;
        this.settings = settings;
    }

    /**
     * Takes the first offer that keeps the rules and goes with the settings: the client's order is its preference
     * (RFC 6455 9.1), and others, such as for another extension, are there to be declined.
     *
     * @return the acceptance, null when none of the offers is taken
     */
    static @Nullable DeflateAnswer to(List<Extension> offers, PerMessageDeflate settings) {
        for (Extension offer : offers) {
            if (!offer.name().equals(DeflateTerms.NAME)) {
                continue;
            }
            try {
                DeflateTerms offered = DeflateTerms.ofOffer(offer);
                if (acceptable(offered, settings)) {
                    return new DeflateAnswer(agreed(offered, settings), settings);
                }
            } catch (InvalidExtensionException declined) {
                // 7.1: such an offer must be declined; that alone is no reason to refuse the client.
            }
        }
        return null;
    }

    /** 7.1.2.2: who does not offer it cannot be told the size of its window. All else we can do as the client likes. */
    private static boolean acceptable(DeflateTerms offered, PerMessageDeflate settings) {
        return offered.clientMaxWindowBits().isPresent()
                || settings.clientMaxWindowBits() == DeflateTerms.MOST_WINDOW_BITS;
    }

    private static DeflateTerms agreed(DeflateTerms offered, PerMessageDeflate settings) {
        int client = Math.min(
                offered.clientMaxWindowBits().orElse(DeflateTerms.MOST_WINDOW_BITS), settings.clientMaxWindowBits());
        int server = Math.min(
                offered.serverMaxWindowBits().orElse(DeflateTerms.MOST_WINDOW_BITS), settings.serverMaxWindowBits());
        return new DeflateTerms(
                offered.clientNoContextTakeover() || settings.clientNoContextTakeover(),
                offered.serverNoContextTakeover() || settings.serverNoContextTakeover(),
                // Only where it bounds: then it was offered.
                client < DeflateTerms.MOST_WINDOW_BITS ? OptionalInt.of(client) : OptionalInt.empty(),
                // 7.1.2.1: an offer that has it is accepted by it; without being asked a server may say it too.
                offered.serverMaxWindowBits().isPresent() || server < DeflateTerms.MOST_WINDOW_BITS
                        ? OptionalInt.of(server)
                        : OptionalInt.empty());
    }

    /** Returns the text of the header. */
    String encode() {
        return terms.answer();
    }

    /** Returns what both ends do. */
    DeflateParameters parameters() {
        return new DeflateParameters(
                terms.clientNoContextTakeover(),
                terms.serverNoContextTakeover(),
                terms.clientMaxWindowBits().orElse(DeflateTerms.MOST_WINDOW_BITS),
                terms.serverMaxWindowBits().orElse(DeflateTerms.MOST_WINDOW_BITS),
                settings.level(),
                settings.threshold());
    }
}
