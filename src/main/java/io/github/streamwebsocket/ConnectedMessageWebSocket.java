package io.github.streamwebsocket;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Objects;

/** What both ends of a message socket do beside what every socket does: types, text, single frames, events. */
abstract sealed class ConnectedMessageWebSocket extends ConnectedWebSocket
        permits MessageWebSocket, ServerMessageWebSocket {
    final MessageEvents events = new MessageEvents();

    ConnectedMessageWebSocket(End end) {
        super(end);
    }

    /**
     * Returns a stream in which each {@code flush()} ends a message: what is written up to it is one message, of the type
     * that {@code control().messageType()} has when its first byte is written. Sent in fragments when it is larger than a
     * frame. A flush of nothing sends nothing; empty messages are sent by {@link #send(byte[])}.
     *
     * <p>The right to send is held from the first byte of a message to its flush: other senders wait. Closing the stream
     * ends the message and the stream; the socket stays open. {@link #close()} of the socket does that first. Any thread
     * may write, but one message is best written by one. Beside it, all other ways to send may be used between messages.
     *
     * <p>In text, a write of what is no UTF-8 throws {@link IllegalArgumentException} and sends nothing of it, and so does
     * a flush inside a character; the message goes on as it was.
     *
     * @return the same stream each time
     * @throws IllegalStateException if the socket is not connected
     */
    @Override
    public OutputStream outputStream() {
        return connected().messageStream(this::sendType);
    }

    /**
     * Sends text as one message, whatever {@code control().messageType()} is. Returns when all of it is handed to the
     * system; blocks while the peer takes no data.
     *
     * @param text any length; read more than once, and must not change meanwhile
     * @throws WebSocketInterruptedException if interrupted while waiting for another message to be sent; nothing is sent
     * @throws IOException if the connection is closed or broken
     * @throws IllegalArgumentException if there is a surrogate without its other half, which UTF-8 cannot say; nothing is
     *     sent
     * @throws IllegalStateException if this thread has a message open, or the socket is not connected
     */
    public void sendText(CharSequence text) throws IOException {
        connection().sender().sendText(Objects.requireNonNull(text, "text"));
    }

    /**
     * Sends what the body writes as one text message, in sections as it is written, so of any length. The message is
     * complete when the body returns. What the body throws reaches the caller unchanged: if nothing of the message had left
     * yet, it is dropped and the connection lives on; otherwise the connection is failed with 1011, and the peer never
     * takes the part for the whole. The same goes for the {@link IllegalArgumentException} that the writer throws for a
     * surrogate without its other half.
     *
     * @param <X> what the body may throw
     * @param body writes the text, on the calling thread
     * @throws X if the body throws it
     * @throws WebSocketInterruptedException if interrupted while waiting for another message to be sent; nothing is sent
     * @throws IOException if the connection is closed or broken
     * @throws IllegalArgumentException if the body writes a surrogate without its other half; the index it names is that in
     *     all of the body's text
     * @throws IllegalStateException if this thread has a message open (the body itself, for one, may not send others), or
     *     the socket is not connected
     */
    public <X extends Exception> void sendText(TextBody<X> body) throws IOException, X {
        connection().sender().sendText(Objects.requireNonNull(body, "body"));
    }

    /**
     * Begins a message of a type that is written as a stream and ended by {@link OutgoingMessage#complete()}. As {@link
     * #beginMessage()}.
     *
     * @param type the type, whatever {@code control().messageType()} is
     * @return the message, to be closed in any case
     * @throws WebSocketInterruptedException if interrupted while waiting for another message to be sent
     * @throws IOException if the connection is closed or broken
     * @throws IllegalStateException if this thread has a message open, or the socket is not connected
     */
    public OutgoingMessage beginMessage(SocketMessageType type) throws IOException {
        return connection().sender().beginMessage(Objects.requireNonNull(type, "type"));
    }

    /**
     * Sends one frame that ends a message: the one that {@link #sendNonfinalFrame(byte[])} has begun, or one that is this
     * frame and nothing else. The frame is as large as what is given and never compressed. Of the type that {@code
     * control().messageType()} had when the message began. Blocks while another message is being sent and while the peer
     * takes no data.
     *
     * @param data the payload; not changed and not kept
     * @throws WebSocketInterruptedException if interrupted while waiting for another message to be sent; nothing is sent
     * @throws IOException if the connection is closed or broken
     * @throws IllegalArgumentException if the message is text and this is no UTF-8, or leaves its last character unfinished;
     *     nothing is sent, and a message that was begun goes on
     * @throws IllegalStateException if this thread has another message open, or the socket is not connected
     */
    public void sendFinalFrame(byte[] data) throws IOException {
        sendFinalFrame(ByteBuffer.wrap(Objects.requireNonNull(data, "data")));
    }

    /**
     * Sends what remains in a buffer as one frame that ends a message, and consumes it. As {@link
     * #sendFinalFrame(byte[])}.
     *
     * @param data the payload; its position is at its limit afterwards
     * @throws WebSocketInterruptedException if interrupted while waiting for another message to be sent; nothing is sent
     * @throws IOException if the connection is closed or broken
     * @throws IllegalArgumentException if the message is text and this is no UTF-8, or leaves its last character unfinished;
     *     nothing is sent, and a message that was begun goes on
     * @throws IllegalStateException if this thread has another message open, or the socket is not connected
     */
    public void sendFinalFrame(ByteBuffer data) throws IOException {
        connection().sender().sendFrame(sendType(), Objects.requireNonNull(data, "data"), true);
    }

    /**
     * Sends one frame that does not end a message: begins one, or goes on with the one that an earlier call has begun. The
     * first frame takes the right to send, which {@link #sendFinalFrame(byte[])} gives back; until then other senders wait,
     * and other ways to send throw {@link IllegalStateException} on this thread. Frames of text may end inside a character.
     * Otherwise as {@link #sendFinalFrame(byte[])}.
     *
     * @param data the payload; not changed and not kept
     * @throws WebSocketInterruptedException if interrupted while waiting for another message to be sent; nothing is sent
     * @throws IOException if the connection is closed or broken
     * @throws IllegalArgumentException if the message is text and this breaks it; nothing is sent, and a message that was
     *     begun goes on
     * @throws IllegalStateException if this thread has another message open, or the socket is not connected
     */
    public void sendNonfinalFrame(byte[] data) throws IOException {
        sendNonfinalFrame(ByteBuffer.wrap(Objects.requireNonNull(data, "data")));
    }

    /**
     * Sends what remains in a buffer as one frame that does not end a message, and consumes it. As {@link
     * #sendNonfinalFrame(byte[])}.
     *
     * @param data the payload; its position is at its limit afterwards
     * @throws WebSocketInterruptedException if interrupted while waiting for another message to be sent; nothing is sent
     * @throws IOException if the connection is closed or broken
     * @throws IllegalArgumentException if the message is text and this breaks it; nothing is sent, and a message that was
     *     begun goes on
     * @throws IllegalStateException if this thread has another message open, or the socket is not connected
     */
    public void sendNonfinalFrame(ByteBuffer data) throws IOException {
        connection().sender().sendFrame(sendType(), Objects.requireNonNull(data, "data"), false);
    }

    @Override
    public void close() throws IOException {
        events.silence();
        super.close();
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException {@inheritDoc}
     * @throws IOException {@inheritDoc}
     */
    @Override
    public void close(int code, String reason) throws IOException {
        Objects.requireNonNull(reason, "reason");
        events.silence();
        try {
            super.close(code, reason);
        } catch (IllegalArgumentException e) {
            events.speak(); // nothing was sent, and the connection is as it was
            throw e;
        }
    }

    @Override
    public void abort() {
        events.silence();
        super.abort();
    }
}
