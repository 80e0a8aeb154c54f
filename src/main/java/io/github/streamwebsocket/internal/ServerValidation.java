package io.github.streamwebsocket.internal;

import io.github.streamwebsocket.ServerCertificates;
import io.github.streamwebsocket.WebSocketServerCustomValidationRequestedEventArgs;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What the application has to do with the validation of a server: it hears the facts, and its handlers are asked.
 *
 * @param facts told what was found about the server's certificates, before anybody is asked and also when they are
 *     refused; returns at once
 * @param handlers gives those who are asked, in order, when the time has come
 */
public record ServerValidation(
        Consumer<ServerCertificates> facts,
        Supplier<List<Consumer<? super WebSocketServerCustomValidationRequestedEventArgs>>> handlers) {

    /** Nobody hears and nobody is asked. */
    public static final ServerValidation NONE = new ServerValidation(facts -> {}, List::of);
}
