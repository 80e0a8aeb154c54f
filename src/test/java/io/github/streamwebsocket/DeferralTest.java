package io.github.streamwebsocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class DeferralTest {
    private final AtomicInteger completions = new AtomicInteger();

    @Test
    void onlyTheFirstCompletionCounts() {
        try (Deferral deferral = new Deferral(completions::incrementAndGet)) {
            assertEquals(0, completions.get());
            deferral.complete();
            deferral.complete();
        }
        assertEquals(1, completions.get());
    }

    @Test
    void closingCompletes() {
        new Deferral(completions::incrementAndGet).close();
        assertEquals(1, completions.get());
    }

    @Test
    void anEventWithoutACertificateIsNone() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new WebSocketServerCustomValidationRequestedEventArgs(
                        ServerCertificates.NONE, () -> {}, () -> new Deferral(() -> {})));
    }
}
