package io.github.streamwebsocket.internal.handshake;

import io.github.streamwebsocket.PerMessageDeflate;
import io.github.streamwebsocket.internal.DeflateParameters;
import io.github.streamwebsocket.internal.PeerText;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A client's offer of permessage-deflate, and what a server's answer makes of it (RFC 7692 7.1). There is one offer and no
 * second one to fall back to: what is demanded is what the user has set. Pure.
 */
final class DeflateOffer {
    private final PerMessageDeflate settings;

    DeflateOffer(PerMessageDeflate settings) {
        this.settings = settings;
    }

    /**
     * Returns the text of the header. It always has {@code client_max_window_bits}, as we can compress with any window and
     * some servers accept only who can be told.
     */
    String encode() {
        return new DeflateTerms(
                        settings.clientNoContextTakeover(),
                        settings.serverNoContextTakeover(),
                        OptionalInt.of(settings.clientMaxWindowBits()),
                        settings.serverMaxWindowBits() < DeflateTerms.MOST_WINDOW_BITS
                                ? OptionalInt.of(settings.serverMaxWindowBits())
                                : OptionalInt.empty())
                .offer();
    }

    /**
     * Judges what the server has accepted.
     *
     * @param accepted the extensions of its response
     * @return what both ends do, null when the server declines
     */
    @Nullable
    DeflateParameters judge(List<Extension> accepted) throws InvalidExtensionException {
        if (accepted.isEmpty()) {
            return null;
        }
        for (Extension extension : accepted) {
            if (!extension.name().equals(DeflateTerms.NAME)) { // RFC 6455 4.1, step 5
                throw new InvalidExtensionException("expected only " + DeflateTerms.NAME + " in " + Extension.FIELD
                        + ", as no other extension was offered, but was " + PeerText.quote(extension.toString()));
            }
        }
        if (accepted.size() > 1) {
            throw new InvalidExtensionException("expected " + DeflateTerms.NAME + " once in " + Extension.FIELD
                    + " but was "
                    + PeerText.quote(accepted.stream().map(Extension::toString).collect(Collectors.joining(", "))));
        }
        return agreed(DeflateTerms.ofAnswer(accepted.get(0)));
    }

    private DeflateParameters agreed(DeflateTerms answer) throws InvalidExtensionException {
        if (settings.serverNoContextTakeover() && !answer.serverNoContextTakeover()) { // 7.1.1.1
            throw missing(DeflateTerms.SERVER_NO_CONTEXT_TAKEOVER, "");
        }
        return new DeflateParameters(
                // 7.1.1.2, 7.1.2.2: a server need not repeat what we have said we do, and may ask for more
                settings.clientNoContextTakeover() || answer.clientNoContextTakeover(),
                answer.serverNoContextTakeover(),
                Math.min(
                        settings.clientMaxWindowBits(),
                        answer.clientMaxWindowBits().orElse(DeflateTerms.MOST_WINDOW_BITS)),
                serverMaxWindowBits(answer.serverMaxWindowBits()),
                settings.level(),
                settings.threshold());
    }

    /** A demand is met by the same or a smaller window, said in the answer (7.1.2.1). */
    private int serverMaxWindowBits(OptionalInt answer) throws InvalidExtensionException {
        int most = settings.serverMaxWindowBits();
        if (most == DeflateTerms.MOST_WINDOW_BITS) {
            return answer.orElse(DeflateTerms.MOST_WINDOW_BITS);
        }
        if (answer.isEmpty()) {
            throw missing(DeflateTerms.SERVER_MAX_WINDOW_BITS, " of at most " + most);
        }
        if (answer.getAsInt() > most) {
            throw new InvalidExtensionException("expected " + DeflateTerms.SERVER_MAX_WINDOW_BITS + " of "
                    + DeflateTerms.NAME + " to be at most " + most + ", as offered, but was "
                    + PeerText.quote(String.valueOf(answer.getAsInt())));
        }
        return answer.getAsInt();
    }

    private static InvalidExtensionException missing(String parameter, String value) {
        return new InvalidExtensionException("expected " + parameter + value + " in the answer to " + DeflateTerms.NAME
                + ", as the offer demands it, but it is missing");
    }
}
