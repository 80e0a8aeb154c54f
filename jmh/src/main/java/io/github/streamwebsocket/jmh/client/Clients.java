package io.github.streamwebsocket.jmh.client;

import java.util.Arrays;

/** The clients that are compared: the bare socket, which is the reference, ours, and those of others. */
public enum Clients {
    BARE("bare", BareClient::new),
    STREAMWEBSOCKET("streamwebsocket", StreamWebSocketClient::new),
    JAVA_NET_HTTP("java.net.http", JavaNetHttpClient::new, JavaNetHttpClient::takeLargeBuffers),
    OKHTTP("okhttp", OkHttp::new),
    JAVA_WEBSOCKET("java-websocket", JavaWebSocket::new),
    NV("nv", Nv::new),
    JETTY("jetty", Jetty::new),
    HELIDON("helidon", Helidon::new);

    private interface Opener {
        BenchClient open(Trust trust) throws Exception;
    }

    private final String title;
    private final Opener opener;
    private final Runnable settingsForData;

    Clients(String title, Opener opener) {
        this(title, opener, () -> {});
    }

    Clients(String title, Opener opener, Runnable settingsForData) {
        this.title = title;
        this.opener = opener;
        this.settingsForData = settingsForData;
    }

    /** Returns the client with this name, as parameters of benchmarks have it. */
    public static Clients named(String title) {
        return Arrays.stream(values())
                .filter(client -> client.title.equals(title))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("expected a client but was " + title));
    }

    /** Returns the name of the library, as parameters of benchmarks and charts have it. */
    public String title() {
        return title;
    }

    /** Starts the library, with one peer to trust. */
    public BenchClient open(Trust trust) throws Exception {
        return opener.open(trust);
    }

    /** The same to move much data, for which some have settings. */
    public BenchClient openForData(Trust trust) throws Exception {
        settingsForData.run();
        return open(trust);
    }
}
