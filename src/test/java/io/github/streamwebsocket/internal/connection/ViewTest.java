package io.github.streamwebsocket.internal.connection;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.streamwebsocket.internal.ConnectionSettings;
import io.github.streamwebsocket.internal.Role;
import io.github.streamwebsocket.internal.frame.Opcode;
import io.github.streamwebsocket.internal.message.MessageWriter;
import io.github.streamwebsocket.testing.RawFrames;
import io.github.streamwebsocket.testing.ScriptedWire;
import java.util.List;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;

class ViewTest {
    private final View<Object> view = new View<>("outputStream()");

    @Test
    void nothingIsChosenBeforeTheFirstUse() {
        assertNull(view.chosenStream());
    }

    @Test
    void theStreamIsMadeOnceAndExcludesMessages() {
        Object stream = new Object();
        assertSame(stream, view.stream(() -> stream));
        assertSame(stream, view.stream(() -> {
            throw new AssertionError("made twice");
        }));
        assertSame(stream, view.chosenStream());
        IllegalStateException e = assertThrows(IllegalStateException.class, () -> view.messages("send()"));
        assertEquals(
                "expected outputStream(), which is in use in this direction, but send() was called", e.getMessage());
        assertSame(stream, view.chosenStream());
    }

    @Test
    void messagesExcludeTheStream() {
        view.messages("send()");
        view.messages("send()");
        IllegalStateException e = assertThrows(
                IllegalStateException.class,
                () -> view.stream(() -> {
                    throw new AssertionError("made though messages are in use");
                }));
        assertEquals(
                "expected send(), which is in use in this direction, but outputStream() was called", e.getMessage());
        assertNull(view.chosenStream());
    }

    @Test
    void oneWayOfMessagesExcludesAnotherAndIsTheOneThatIsNamed() {
        view.messages("onMessageReceived()");
        IllegalStateException e = assertThrows(IllegalStateException.class, () -> view.messages("receive()"));
        assertEquals(
                "expected onMessageReceived(), which is in use in this direction, but receive() was called",
                e.getMessage());
        view.messages("onMessageReceived()");
    }

    @Test
    void whoeverIsFirstWinsWhileTheStreamIsMade() {
        assertThrows(
                IllegalStateException.class,
                () -> view.stream(() -> {
                    view.messages("send()");
                    return new Object();
                }));
        view.messages("send()");
        assertNull(view.chosenStream());
    }

    @Test
    void ofTwoStreamsMadeAtOnceBothCallersGetTheFirst() {
        Object first = new Object();
        assertSame(first, view.stream(() -> {
            view.stream(() -> first);
            return new Object();
        }));
    }

    /** Both views share one writer, and a stream may be made for nothing while a message is already under way. */
    @Test
    void aStreamThatComesTooLateDoesNotDisturbTheMessageUnderWay() throws Exception {
        ScriptedWire wire = new ScriptedWire();
        MessageWriter writer = new MessageWriter(Role.SERVER, wire::write, 128, null, Deflater::new);
        Ending ending = new Ending(wire, ConnectionSettings.DEFAULT_CLOSE_TIMEOUT, new Handlers<>("Closed"), () -> {});
        View<TunnelOutput> sending = new View<>("outputStream()");
        assertThrows(
                IllegalStateException.class,
                () -> sending.stream(() -> {
                    sending.messages("send()");
                    writer.begin(Opcode.BINARY);
                    return new TunnelOutput(new SendPermit(ending), writer);
                }));
        writer.write(RawFrames.pattern(300), 0, 300);
        writer.complete();
        List<byte[]> messages = RawFrames.messages(RawFrames.parse(wire.written()));
        assertEquals(1, messages.size());
        assertArrayEquals(RawFrames.pattern(300), messages.get(0));
    }
}
