package io.github.streamwebsocket.jmh.report;

import java.awt.Color;
import java.util.Map;

/** How what is compared is called and coloured, wherever it is shown. */
final class Names {
    private static final Color OURS = new Color(0xD9480F);
    private static final Color REFERENCE = new Color(0x495057);
    private static final Color OTHER = new Color(0xADB5BD);

    private static final Map<String, String> LABELS = Map.of(
            "bare", "bare socket",
            "okhttp", "OkHttp",
            "java-websocket", "Java-WebSocket",
            "nv", "nv-websocket-client",
            "jetty", "Jetty",
            "helidon", "Helidon",
            "jdk", "JDK",
            "bouncycastle", "BouncyCastle");

    private static final Map<String, Color> COLOURS = Map.of(
            "bare", REFERENCE,
            "streamwebsocket", OURS,
            "java.net.http", new Color(0x6C8EBF),
            "okhttp", new Color(0x6FA8A0),
            "java-websocket", new Color(0x9A8BBE),
            "nv", new Color(0xA9A25F),
            "jetty", new Color(0x5F9BC4),
            "helidon", new Color(0xB98B73));

    private Names() {}

    static String label(String client) {
        if (Character.isDigit(client.charAt(0))) { // a level of compression
            return client.equals("0") ? "not compressed" : "level " + client;
        }
        return LABELS.getOrDefault(client, client);
    }

    static Color colour(String client) {
        return COLOURS.getOrDefault(client, OTHER);
    }
}
