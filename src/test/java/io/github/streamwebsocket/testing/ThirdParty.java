package io.github.streamwebsocket.testing;

import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** The servers that others have written. */
public enum ThirdParty {
    JETTY,
    UNDERTOW;

    public ThirdPartyServer start() throws Exception {
        return switch (this) {
            case JETTY -> new JettyServer();
            case UNDERTOW -> new UndertowServer();
        };
    }

    /** Each of them with each of these. */
    public static Stream<Arguments> with(Transport... transports) {
        return Stream.of(values())
                .flatMap(server -> Stream.of(transports).map(transport -> Arguments.of(server, transport)));
    }
}
