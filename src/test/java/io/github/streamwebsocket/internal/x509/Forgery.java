package io.github.streamwebsocket.internal.x509;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.streamwebsocket.ChainValidationResult;
import io.github.streamwebsocket.ServerCertificates;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What an attacker would try to be taken for somebody else.
 *
 * @param name what it is, in words
 * @param change makes it of a good chain
 * @param errors what it must be called, and nothing else
 */
record Forgery(String name, Consumer<ChainOfFour> change, Set<ChainValidationResult> errors) {

    static Forgery of(String name, Consumer<ChainOfFour> change, ChainValidationResult... errors) {
        return new Forgery(name, change, EnumSet.copyOf(List.of(errors)));
    }

    void assertFound(boolean weakAlgorithmsRefused) {
        ChainOfFour chain = new ChainOfFour();
        chain.weakAlgorithmsRefused = weakAlgorithmsRefused;
        change.accept(chain);
        ServerCertificates verdict = chain.verdict();
        assertEquals(List.copyOf(errors), verdict.errors(), () -> name + ": " + verdict.explanations());
    }

    @Override
    public String toString() {
        return name;
    }
}
