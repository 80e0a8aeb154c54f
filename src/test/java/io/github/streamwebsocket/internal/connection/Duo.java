package io.github.streamwebsocket.internal.connection;

import io.github.streamwebsocket.internal.Role;
import io.github.streamwebsocket.testing.PipeWire;
import io.github.streamwebsocket.testing.Soon;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Two connections that talk with each other. Closing it aborts both and sees that they end. */
final class Duo implements AutoCloseable {
    final Connection client;
    final Connection server;
    private final CountDownLatch ended = new CountDownLatch(2);

    Duo(PipeWire[] pipe, Tuning tuning) {
        client = open(Role.CLIENT, pipe[0], tuning);
        server = open(Role.SERVER, pipe[1], tuning);
    }

    private Connection open(Role role, PipeWire wire, Tuning tuning) {
        return Connection.open(
                role,
                wire,
                new byte[0],
                tuning.deflate(),
                tuning.settings(),
                tuning.takesText(),
                new Handlers<>("closed"),
                ended::countDown);
    }

    List<Connection> sides() {
        return List.of(client, server);
    }

    void awaitEnd() {
        Soon.that("both connections end", () -> ended.getCount() == 0);
    }

    @Override
    public void close() {
        client.abort();
        server.abort();
        awaitEnd();
    }
}
