package io.github.streamwebsocket.interop;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a program in src/interop is told.
 *
 * @param url where it connects to; null: it listens
 * @param deflate what it offers or accepts of permessage-deflate; null: nothing
 * @param fragments whether it cuts what it sends at random places
 * @param seed of its random places and messages
 * @param count how many messages an "exchange" has
 */
record PeerOptions(@Nullable URI url, @Nullable Deflate deflate, boolean fragments, long seed, int count) {

    /**
     * Parameters of permessage-deflate that one side asks for (RFC 7692 7.1).
     *
     * @param serverMaxWindowBits 0: not asked for
     * @param clientMaxWindowBits 0: not asked for
     */
    record Deflate(
            boolean serverNoContextTakeover,
            boolean clientNoContextTakeover,
            int serverMaxWindowBits,
            int clientMaxWindowBits,
            int level) {
        static final Deflate DEFAULT = new Deflate(false, false, 0, 0, 6);

        private String json() {
            List<String> fields = new ArrayList<>();
            if (serverNoContextTakeover) {
                fields.add("\"server_no_context_takeover\":true");
            }
            if (clientNoContextTakeover) {
                fields.add("\"client_no_context_takeover\":true");
            }
            if (serverMaxWindowBits > 0) {
                fields.add("\"server_max_window_bits\":" + serverMaxWindowBits);
            }
            if (clientMaxWindowBits > 0) {
                fields.add("\"client_max_window_bits\":" + clientMaxWindowBits);
            }
            fields.add("\"level\":" + level);
            return "{" + String.join(",", fields) + "}";
        }
    }

    static final PeerOptions NONE = new PeerOptions(null, null, false, 1, 0);

    PeerOptions url(URI value) {
        return new PeerOptions(value, deflate, fragments, seed, count);
    }

    PeerOptions deflate(@Nullable Deflate value) {
        return new PeerOptions(url, value, fragments, seed, count);
    }

    PeerOptions fragments(boolean value) {
        return new PeerOptions(url, deflate, value, seed, count);
    }

    PeerOptions exchange(long messageSeed, int messages) {
        return new PeerOptions(url, deflate, fragments, messageSeed, messages);
    }

    String json() {
        List<String> fields = new ArrayList<>();
        if (url != null) {
            fields.add("\"url\":\"" + url + "\"");
        }
        if (deflate != null) {
            fields.add("\"deflate\":" + deflate.json());
        }
        fields.add("\"fragments\":" + fragments);
        fields.add("\"seed\":" + seed);
        fields.add("\"count\":" + count);
        return "{" + String.join(",", fields) + "}";
    }
}
