package io.github.streamwebsocket.internal.connection;

import io.github.streamwebsocket.MessageBody;
import io.github.streamwebsocket.OutgoingMessage;
import io.github.streamwebsocket.SocketMessageType;
import io.github.streamwebsocket.TextBody;
import io.github.streamwebsocket.WebSocketException;
import io.github.streamwebsocket.internal.frame.Opcode;
import io.github.streamwebsocket.internal.message.MessageWriter;
import io.github.streamwebsocket.internal.message.Utf8Stream;
import io.github.streamwebsocket.internal.message.Utf8Text;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * What the application does with the way out by messages: each has the right to send from its start to its end. What is
 * sent as text is checked before anything of it leaves, or with the section in which it is given. For any thread.
 */
public final class Sender {
    /** What stands for all the ways to send a message, which may be mixed. */
    private static final String MESSAGES = "send() or beginMessage()";

    private static final AtomicReferenceFieldUpdater<Sender, @Nullable FrameByFrame> FRAMES =
            AtomicReferenceFieldUpdater.newUpdater(Sender.class, FrameByFrame.class, "frames");

    private final View<?> view;
    private final SendPermit permit;
    private final MessageWriter writer;
    private final Outbound outbound;
    private final Ending ending;
    private final Keeper keeper;
    /** Made with the first single frame: few applications send any. */
    private volatile @Nullable FrameByFrame frames;

    Sender(View<?> view, SendPermit permit, MessageWriter writer, Outbound outbound, Ending ending, Keeper keeper) {
        this.view = view;
        this.permit = permit;
        this.writer = writer;
        this.outbound = outbound;
        this.ending = ending;
        this.keeper = keeper;
    }

    public void send(SocketMessageType type, byte[] bytes, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length); // before a part of the message can have left
        if (type == SocketMessageType.UTF8) {
            Utf8Stream.check(bytes, offset, length);
        }
        sendChecked(type, bytes, offset, length);
    }

    private void sendChecked(SocketMessageType type, byte[] bytes, int offset, int length) throws IOException {
        acquire();
        try {
            writer.begin(Opcode.of(type));
            writer.write(bytes, offset, length);
            writer.complete();
        } finally {
            end();
        }
    }

    public void send(SocketMessageType type, ByteBuffer source) throws IOException {
        if (type == SocketMessageType.UTF8) {
            Utf8Stream.check(source);
        }
        acquire();
        try {
            writer.begin(Opcode.of(type));
            writer.write(source);
            writer.complete();
        } finally {
            end();
        }
    }

    public void sendAll(SocketMessageType type, List<ByteBuffer> sources) throws IOException {
        if (type == SocketMessageType.UTF8) {
            for (ByteBuffer source : sources) {
                Utf8Stream.check(source);
            }
        }
        acquire();
        try {
            writer.writeEach(Opcode.of(type), sources);
        } finally {
            end();
        }
    }

    public void send(SocketMessageType type, Path file) throws IOException {
        view.messages(MESSAGES);
        if (Files.isDirectory(file)) { // which can be opened as a file, and fails without a name when it is read
            throw new FileSystemException(file.toString(), null, "expected a file but it is a directory");
        }
        try (InputStream source = Files.newInputStream(file);
                MessageOutput message = begin(type, Utf8Stream.of(type))) {
            message.writeAll(source);
            message.complete();
        }
    }

    public <X extends Exception> void send(SocketMessageType type, MessageBody<X> body) throws IOException, X {
        try (MessageOutput message = begin(type, Utf8Stream.of(type))) {
            body.writeTo(new BodyOutput(message));
            message.complete();
        }
    }

    /**
     * Sends text as one message.
     *
     * @throws IllegalArgumentException if there is a surrogate without its other half; nothing is sent
     */
    public void sendText(CharSequence text) throws IOException {
        Utf8Text.check(text);
        if (text.length() <= Utf8Text.SECTION) {
            byte[] bytes = Utf8Text.encode(text);
            sendChecked(SocketMessageType.UTF8, bytes, 0, bytes.length);
        } else {
            sendText(out -> out.append(text));
        }
    }

    /** Sends what the body writes as one text message. */
    public <X extends Exception> void sendText(TextBody<X> body) throws IOException, X {
        try (MessageOutput message = begin(SocketMessageType.UTF8, Utf8Stream.NONE)) {
            TextOutput text = new TextOutput(message);
            body.writeTo(text);
            text.end();
            message.complete();
        }
    }

    public OutgoingMessage beginMessage(SocketMessageType type) throws WebSocketException {
        return begin(type, Utf8Stream.of(type));
    }

    /**
     * Sends one frame, whatever its size; the message begins with the first one and ends with fin.
     *
     * @param type of the message, if this frame begins it
     */
    public void sendFrame(SocketMessageType type, ByteBuffer payload, boolean fin) throws IOException {
        view.messages(MESSAGES);
        frameByFrame().send(type, payload, fin);
    }

    private FrameByFrame frameByFrame() {
        FrameByFrame made = frames;
        if (made == null) {
            FRAMES.compareAndSet(this, null, new FrameByFrame(permit, writer));
            made = Objects.requireNonNull(frames, "made");
        }
        return made;
    }

    private MessageOutput begin(SocketMessageType type, Utf8Stream text) throws WebSocketException {
        acquire();
        writer.begin(Opcode.of(type));
        return new MessageOutput(this, writer, text);
    }

    private void acquire() throws WebSocketException {
        view.messages(MESSAGES);
        permit.acquire();
    }

    /** A message has ended, in whatever way: the next sender may go on. */
    void end() {
        writer.release();
        permit.release();
    }

    /** A message of which a part has left is given up: the peer must not take the part for the whole. */
    void giveUp() {
        if (ending.open()) {
            ending.giveUp(Faults.aborted("an outgoing message was given up after a part of it had left (Close 1011)"));
            outbound.nudge();
            keeper.wake();
        }
    }
}
