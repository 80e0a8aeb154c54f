package io.github.streamwebsocket.internal.handshake;

import io.github.streamwebsocket.PerMessageDeflate;

/** Settings written as the parameters of the RFC: "client_no_context_takeover; server_max_window_bits=10". */
final class WrittenSettings {
    private WrittenSettings() {}

    static PerMessageDeflate of(String text) {
        PerMessageDeflate settings = PerMessageDeflate.DEFAULT;
        for (String parameter : text.isBlank() ? new String[0] : text.split(";", -1)) {
            String[] sides = parameter.trim().split("=", -1);
            settings = switch (sides[0]) {
                case "client_no_context_takeover" -> settings.clientNoContextTakeover(true);
                case "server_no_context_takeover" -> settings.serverNoContextTakeover(true);
                case "client_max_window_bits" -> settings.clientMaxWindowBits(Integer.parseInt(sides[1]));
                case "server_max_window_bits" -> settings.serverMaxWindowBits(Integer.parseInt(sides[1]));
                default -> throw new IllegalArgumentException(parameter);
            };
        }
        return settings;
    }
}
