package io.github.streamwebsocket;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * A message that was received, or a section of one; given to the handlers of {@code onMessageReceived}. Also tells why no
 * more messages come: then {@link #getDataStream()} and {@link #getDataReader()} throw. Each handler gets its own, over the
 * same bytes; they stay valid after the handler has returned. For any thread. As {@code
 * Windows.Networking.Sockets.MessageWebSocketMessageReceivedEventArgs}.
 */
public final class MessageWebSocketMessageReceivedEventArgs {
    private final SocketMessageType messageType;
    private final ReceivedBytes data;
    private final boolean messageComplete;
    private final @Nullable IOException fault;

    private MessageWebSocketMessageReceivedEventArgs(
            SocketMessageType messageType, ReceivedBytes data, boolean messageComplete, @Nullable IOException fault) {
        this.messageType = messageType;
        this.data = data;
        this.messageComplete = messageComplete;
        this.fault = fault;
    }

    static MessageWebSocketMessageReceivedEventArgs of(
            SocketMessageType messageType, ReceivedBytes data, boolean messageComplete) {
        return new MessageWebSocketMessageReceivedEventArgs(messageType, data, messageComplete, null);
    }

    static MessageWebSocketMessageReceivedEventArgs failed(SocketMessageType messageType, IOException fault) {
        return new MessageWebSocketMessageReceivedEventArgs(messageType, new ReceivedBytes(), false, fault);
    }

    /**
     * Returns the type of the message.
     *
     * @return text or binary; {@link SocketMessageType#BINARY} also when the connection failed and no message was under way
     */
    public SocketMessageType messageType() {
        return messageType;
    }

    /**
     * Tells whether the message ends here.
     *
     * @return true for a whole message and for the last section of one, which may be empty; false for sections before it,
     *     and when the message failed
     */
    public boolean isMessageComplete() {
        return messageComplete;
    }

    /**
     * Returns the message, or section, as a stream. All is in memory, so reading blocks on nothing.
     *
     * @return a new stream from the start, empty for an empty message; closing it does nothing
     * @throws WebSocketProtocolException if the peer broke the protocol: 1009 for a message larger than {@code
     *     maxMessageSize}, 1007 for text that is not UTF-8
     * @throws WebSocketAbortedException if the connection broke inside the message or between messages
     * @throws IOException if the connection failed in any other way
     */
    public InputStream getDataStream() throws IOException {
        return view();
    }

    /**
     * Returns the message, or section, for reading as bytes or text.
     *
     * @return a new reader from the start
     * @throws IOException as {@link #getDataStream()} does
     */
    public DataReader getDataReader() throws IOException {
        return new DataReader(view());
    }

    private ReceivedBytes.View view() throws IOException {
        if (fault != null) {
            throw fault;
        }
        return data.view();
    }
}
