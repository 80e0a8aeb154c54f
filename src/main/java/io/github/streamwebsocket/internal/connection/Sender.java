package io.github.streamwebsocket.internal.connection;

import io.github.streamwebsocket.MessageBody;
import io.github.streamwebsocket.OutgoingMessage;
import io.github.streamwebsocket.WebSocketException;
import io.github.streamwebsocket.internal.frame.Opcode;
import io.github.streamwebsocket.internal.message.MessageWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** What the application does with the way out: each message has the right to send from its start to its end. */
final class Sender {
    private final SendPermit permit;
    private final MessageWriter writer;
    private final Outbound outbound;
    private final Ending ending;
    private final Keeper keeper;

    Sender(SendPermit permit, MessageWriter writer, Outbound outbound, Ending ending, Keeper keeper) {
        this.permit = permit;
        this.writer = writer;
        this.outbound = outbound;
        this.ending = ending;
        this.keeper = keeper;
    }

    void send(byte[] bytes, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length); // before a part of the message can have left
        permit.acquire();
        try {
            writer.begin(Opcode.BINARY);
            writer.write(bytes, offset, length);
            writer.complete();
        } finally {
            end();
        }
    }

    void send(ByteBuffer source) throws IOException {
        permit.acquire();
        try {
            writer.begin(Opcode.BINARY);
            writer.write(source);
            writer.complete();
        } finally {
            end();
        }
    }

    void sendEach(List<ByteBuffer> sources) throws IOException {
        permit.acquire();
        try {
            writer.writeEach(sources);
        } finally {
            end();
        }
    }

    void send(Path file) throws IOException {
        try (InputStream source = Files.newInputStream(file);
                MessageOutput message = begin()) {
            message.writeAll(source);
            message.complete();
        }
    }

    <X extends Exception> void send(MessageBody<X> body) throws IOException, X {
        try (MessageOutput message = begin()) {
            body.writeTo(new BodyOutput(message));
            message.complete();
        }
    }

    OutgoingMessage beginMessage() throws WebSocketException {
        return begin();
    }

    private MessageOutput begin() throws WebSocketException {
        permit.acquire();
        writer.begin(Opcode.BINARY);
        return new MessageOutput(this, writer);
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
