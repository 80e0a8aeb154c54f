package io.github.streamwebsocket.internal.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.streamwebsocket.internal.frame.ClosePayload;
import org.junit.jupiter.api.Test;

class CloseStateTest {
    private static final ClosePayload OURS = new ClosePayload(4001, "ours");
    private static final ClosePayload THEIRS = new ClosePayload(1001, "theirs");

    private final CloseState state = new CloseState();

    @Test
    void atFirstNothingIsOwedOrFinished() {
        assertNull(state.owed());
        assertNull(state.local());
        assertNull(state.remote());
        assertFalse(state.finished());
        assertFalse(state.remoteFirst());
    }

    @Test
    void aCloseOfOursIsFinishedByThePeersAnswer() {
        assertTrue(state.want(OURS));
        assertEquals(OURS, state.owed());
        assertFalse(state.finished());
        state.sent();
        assertNull(state.owed());
        assertFalse(state.finished());
        state.received(THEIRS);
        assertTrue(state.finished());
        assertNull(state.owed(), "the peer's answer needs none");
        assertEquals(OURS, state.local());
        assertEquals(THEIRS, state.remote());
        assertFalse(state.remoteFirst());
    }

    @Test
    void thePeersCloseIsAnsweredWithItsCodeAndNoReason() {
        state.received(THEIRS);
        assertTrue(state.remoteFirst());
        assertEquals(new ClosePayload(1001, ""), state.owed());
        assertFalse(state.finished());
        state.sent();
        assertTrue(state.finished());
        assertEquals(new ClosePayload(1001, ""), state.local());
        assertEquals(THEIRS, state.remote());
    }

    @Test
    void anEmptyCloseIsAnsweredWithAnEmptyOne() {
        state.received(ClosePayload.EMPTY);
        assertEquals(ClosePayload.EMPTY, state.owed());
        assertEquals(0, state.owed().encode().length);
    }

    @Test
    void theFirstCloseThatWasWantedStands() {
        assertTrue(state.want(OURS));
        assertFalse(state.want(ClosePayload.EMPTY));
        assertEquals(OURS, state.owed());
    }

    @Test
    void aCloseOfThePeerBeforeOursWasSentLeavesOursOwed() {
        state.want(OURS);
        state.received(THEIRS);
        assertFalse(state.remoteFirst(), "ours was asked for first");
        assertEquals(OURS, state.owed());
        assertFalse(state.finished());
        state.sent();
        assertTrue(state.finished());
    }

    @Test
    void aCloseThatIsWantedAfterThePeersIsTooLate() {
        state.received(THEIRS);
        assertFalse(state.want(OURS));
        assertEquals(new ClosePayload(1001, ""), state.owed());
    }

    @Test
    void aConnectionThatFailsNeedsNoAnswer() {
        state.want(new ClosePayload(1002, ""));
        state.endAlone();
        assertFalse(state.finished(), "the Close is still to be sent");
        state.sent();
        assertTrue(state.finished());
        assertNull(state.remote());
    }
}
