package io.github.streamwebsocket.internal.handshake;

import io.github.streamwebsocket.internal.PeerText;
import io.github.streamwebsocket.internal.handshake.Extension.Parameter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What one offer or one acceptance of permessage-deflate says (RFC 7692 7.1). Names are compared exactly: neither this RFC
 * nor 6455 says that case makes no difference. Pure.
 *
 * @param clientNoContextTakeover whether it has {@code client_no_context_takeover}
 * @param serverNoContextTakeover whether it has {@code server_no_context_takeover}
 * @param clientMaxWindowBits {@code client_max_window_bits}, if it has it; one without value, as only an offer may have it,
 *     sets no bound and so is 15
 * @param serverMaxWindowBits {@code server_max_window_bits}, if it has it
 */
record DeflateTerms(
        boolean clientNoContextTakeover,
        boolean serverNoContextTakeover,
        OptionalInt clientMaxWindowBits,
        OptionalInt serverMaxWindowBits) {
    static final String NAME = "permessage-deflate";
    static final String CLIENT_NO_CONTEXT_TAKEOVER = "client_no_context_takeover";
    static final String SERVER_NO_CONTEXT_TAKEOVER = "server_no_context_takeover";
    static final String CLIENT_MAX_WINDOW_BITS = "client_max_window_bits";
    static final String SERVER_MAX_WINDOW_BITS = "server_max_window_bits";

    /** The largest window there is, and the one that is used when nothing is said (RFC 7692 7.1.2). */
    static final int MOST_WINDOW_BITS = 15;

    /** A decimal number without leading zeros (RFC 7692 7.1.2.1, 7.1.2.2). */
    private static final Pattern WINDOW_BITS = Pattern.compile("[89]|1[0-5]");

    /** Reads what a client offers. */
    static DeflateTerms ofOffer(Extension extension) throws InvalidExtensionException {
        return of(extension, true);
    }

    /** Reads what a server accepts. */
    static DeflateTerms ofAnswer(Extension extension) throws InvalidExtensionException {
        return of(extension, false);
    }

    private static DeflateTerms of(Extension extension, boolean offer) throws InvalidExtensionException {
        boolean clientNoContextTakeover = false;
        boolean serverNoContextTakeover = false;
        OptionalInt clientMaxWindowBits = OptionalInt.empty();
        OptionalInt serverMaxWindowBits = OptionalInt.empty();
        Set<String> seen = new HashSet<>();
        for (Parameter parameter : extension.parameters()) {
            switch (parameter.name()) {
                case CLIENT_NO_CONTEXT_TAKEOVER -> clientNoContextTakeover = flag(parameter);
                case SERVER_NO_CONTEXT_TAKEOVER -> serverNoContextTakeover = flag(parameter);
                case CLIENT_MAX_WINDOW_BITS ->
                    clientMaxWindowBits = OptionalInt.of(
                            offer && parameter.value() == null ? MOST_WINDOW_BITS : windowBits(parameter));
                case SERVER_MAX_WINDOW_BITS -> serverMaxWindowBits = OptionalInt.of(windowBits(parameter));
                default ->
                    throw new InvalidExtensionException("expected no parameters of " + NAME
                            + " but those of RFC 7692 7.1 but was " + PeerText.quote(parameter.toString()));
            }
            if (!seen.add(parameter.name())) {
                throw new InvalidExtensionException("expected " + parameter.name() + " of " + NAME
                        + " once but it is there again as " + PeerText.quote(parameter.toString()));
            }
        }
        return new DeflateTerms(
                clientNoContextTakeover, serverNoContextTakeover, clientMaxWindowBits, serverMaxWindowBits);
    }

    private static boolean flag(Parameter parameter) throws InvalidExtensionException {
        String value = parameter.value();
        if (value != null) {
            throw new InvalidExtensionException("expected " + parameter.name() + " of " + NAME
                    + " to have no value but was " + PeerText.quote(value));
        }
        return true;
    }

    private static int windowBits(Parameter parameter) throws InvalidExtensionException {
        String value = parameter.value();
        if (value == null || !WINDOW_BITS.matcher(value).matches()) {
            throw new InvalidExtensionException("expected " + parameter.name() + " of " + NAME
                    + " to be a number of 8 to 15 but "
                    + (value == null ? "it has no value" : "was " + PeerText.quote(value)));
        }
        return Integer.parseInt(value);
    }

    /** Makes the text of an offer: a client that sets no bound to its own window says only that it can be given one. */
    String offer() {
        boolean bound = clientMaxWindowBits.orElse(MOST_WINDOW_BITS) < MOST_WINDOW_BITS;
        return text(bound ? String.valueOf(clientMaxWindowBits.getAsInt()) : null);
    }

    /** Makes the text of an acceptance: whatever stands there has a value. */
    String answer() {
        return text(String.valueOf(clientMaxWindowBits.orElse(MOST_WINDOW_BITS)));
    }

    private String text(@Nullable String clientMaxWindow) {
        List<Parameter> parameters = new ArrayList<>();
        if (clientNoContextTakeover) {
            parameters.add(new Parameter(CLIENT_NO_CONTEXT_TAKEOVER, null));
        }
        if (serverNoContextTakeover) {
            parameters.add(new Parameter(SERVER_NO_CONTEXT_TAKEOVER, null));
        }
        if (serverMaxWindowBits.isPresent()) {
            parameters.add(new Parameter(SERVER_MAX_WINDOW_BITS, String.valueOf(serverMaxWindowBits.getAsInt())));
        }
        if (clientMaxWindowBits.isPresent()) {
            parameters.add(new Parameter(CLIENT_MAX_WINDOW_BITS, clientMaxWindow));
        }
        return new Extension(NAME, parameters).toString();
    }
}
