package io.github.streamwebsocket;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One end of a WebSocket connection (RFC 6455): plain blocking calls, made for virtual threads.
 *
 * <p>A stream socket ({@link StreamWebSocket}, {@link ServerStreamWebSocket}) is for bytes, and each direction of it is
 * used in one of two views, of which its first use decides: as a stream of bytes, in which the boundaries of messages mean
 * nothing, or as messages ({@link #receive()}, the {@code send} methods). The other view of that direction then throws
 * {@link IllegalStateException}. A message socket ({@link MessageWebSocket}, {@link ServerMessageWebSocket}) is for
 * messages, of bytes and of text: methods that send and name no type send what {@code control().messageType()} says, and
 * throw {@link IllegalArgumentException}, and send nothing of it, when that is text and they are given what is no UTF-8.
 *
 * <p>Messages of any size go through in constant memory. Calls block while the peer sends nothing or takes nothing; that
 * is the back-pressure. Every method may be called from any thread; one thread can send while another receives, and
 * several may send: they take turns by whole messages. While the application reads nothing, pings are answered and a
 * Close is noticed all the same, up to the point where unread data stands in the way.
 *
 * <p>Interrupting a virtual thread that reads, writes or closes ends the connection, as it does for the JDK's sockets;
 * the call throws with {@link WebErrorStatus#OPERATION_CANCELED} and the interrupt status stays set. On platform threads
 * use {@link #abort()}.
 *
 * <p>Methods that throw {@link IOException} throw a {@link WebSocketException} unless they say otherwise: {@link
 * WebSocketClosedException} when the connection is closed, {@link WebSocketProtocolException} when the peer broke the
 * protocol, {@link WebSocketAbortedException} when the connection broke or was given up. Each of them ends the
 * connection for good. Only {@link WebSocketTimeoutException} and {@link WebSocketInterruptedException} leave it as it
 * was. All throw {@link IllegalStateException} when the socket is not connected. The messages and streams that a socket
 * gives throw a plain {@link IOException} when they are used after their own end: that says nothing about the connection.
 */
public sealed interface WebSocket extends AutoCloseable permits ConnectedWebSocket, ClientWebSocket {

    /**
     * Returns facts about the connection.
     *
     * @return a view that is filled as things become known; callable at any time
     */
    WebSocketInformation information();

    /**
     * Returns all messages of the peer as one sequence of bytes; on a stream socket all are binary. A read returns a section
     * of a message as soon as bytes are there; it gives -1 after a Close with code 1000 or none at the end of a message. Any
     * other end throws: an aborted transfer never looks complete. Closing the stream means that later data is dropped; the
     * socket stays open.
     *
     * <p>Chooses the stream view for receiving.
     *
     * @return the same stream each time
     * @throws IllegalStateException if the socket is not connected, or messages are being received in another way
     */
    InputStream inputStream();

    /**
     * Returns a stream to the peer. On a stream socket it is one sequence of bytes, {@link
     * StreamWebSocket#outputStream()}; on a message socket each {@code flush()} ends a message, {@link
     * MessageWebSocket#outputStream()}.
     *
     * @return the same stream each time
     * @throws IllegalStateException if the socket is not connected, or, on a stream socket, messages are being sent
     */
    OutputStream outputStream();

    /**
     * Waits for the next message. Blocks until its first frame is there, at most for the read timeout.
     *
     * @return the message, to be read to its end or closed before the next is received; null after a clean close: the
     *     peer closed with code 1000 or none, and all its messages were received
     * @throws WebSocketTimeoutException if nothing came within the read timeout; the connection is as it was
     * @throws IOException if the connection ended in any other way
     * @throws IllegalStateException if the last message is still open, another thread is in this method, the socket is
     *     not connected, or {@link #inputStream()} is in use
     */
    @Nullable
    IncomingMessage receive() throws IOException;

    /**
     * Sends one message. Returns when all of it is handed to the system; blocks while the peer takes no data.
     *
     * @param message the payload; not changed and not kept
     * @throws WebSocketInterruptedException if interrupted while waiting for another message to be sent; nothing is sent
     * @throws IOException if the connection is closed or broken
     * @throws IllegalArgumentException if a message socket sends this as text and it is no UTF-8; nothing is sent
     * @throws IllegalStateException if this thread has a message open, the socket is not connected, or {@link
     *     #outputStream()} of a stream socket is in use
     */
    default void send(byte[] message) throws IOException {
        send(Objects.requireNonNull(message, "message"), 0, message.length);
    }

    /**
     * Sends a part of an array as one message. As {@link #send(byte[])}.
     *
     * @param buffer holds the payload; not changed and not kept
     * @param offset where the payload starts
     * @param length its length, from 0
     * @throws WebSocketInterruptedException if interrupted while waiting for another message to be sent; nothing is sent
     * @throws IOException if the connection is closed or broken
     * @throws IllegalArgumentException if a message socket sends this as text and it is no UTF-8; nothing is sent
     * @throws IllegalStateException if this thread has a message open, the socket is not connected, or {@link
     *     #outputStream()} of a stream socket is in use
     * @throws IndexOutOfBoundsException if the part is not inside the array
     */
    void send(byte[] buffer, int offset, int length) throws IOException;

    /**
     * Sends what remains in a buffer as one message, and consumes it. As {@link #send(byte[])}.
     *
     * @param message the payload; its position is at its limit afterwards
     * @throws WebSocketInterruptedException if interrupted while waiting for another message to be sent; nothing is sent
     * @throws IOException if the connection is closed or broken
     * @throws IllegalArgumentException if a message socket sends this as text and it is no UTF-8; nothing is sent
     * @throws IllegalStateException if this thread has a message open, the socket is not connected, or {@link
     *     #outputStream()} of a stream socket is in use
     */
    void send(ByteBuffer message) throws IOException;

    /**
     * Sends a file as one message, in sections, whatever its size. As {@link #send(byte[])}.
     *
     * @param file the file; its end when it is read is the end of the message
     * @throws WebSocketInterruptedException if interrupted while waiting for another message to be sent; nothing is sent
     * @throws IOException if the connection is closed or broken, or the file cannot be read: then the file's own
     *     exception, and if nothing of the message had left yet the connection lives on, otherwise it is failed with 1011
     * @throws IllegalArgumentException if a message socket sends this as text and it is no UTF-8: as if it could not be read
     * @throws IllegalStateException if this thread has a message open, the socket is not connected, or {@link
     *     #outputStream()} of a stream socket is in use
     */
    void send(Path file) throws IOException;

    /**
     * Sends what the body writes as one message, in sections as it is written. The message is complete when the
     * body returns. What the body throws reaches the caller unchanged: if nothing of the message had left yet, it is
     * dropped and the connection lives on; otherwise the connection is failed with 1011, and the peer never takes the
     * part for the whole.
     *
     * @param <X> what the body may throw
     * @param body writes the payload, on the calling thread
     * @throws X if the body throws it
     * @throws WebSocketInterruptedException if interrupted while waiting for another message to be sent; nothing is sent
     * @throws IOException if the connection is closed or broken
     * @throws IllegalArgumentException if a message socket sends this as text and it is no UTF-8: as if the body had thrown
     *     it
     * @throws IllegalStateException if this thread has a message open (the body itself, for one, may not send others),
     *     the socket is not connected, or {@link #outputStream()} of a stream socket is in use
     */
    <X extends Exception> void send(MessageBody<X> body) throws IOException, X;

    /**
     * Sends each buffer as a message of its own, packed into as few writes as fit, and consumes them. As {@link
     * #send(byte[])}; no message of others comes between.
     *
     * @param messages the payloads, in order; none of them twice
     * @throws WebSocketInterruptedException if interrupted while waiting for another message to be sent; nothing is sent
     * @throws IOException if the connection is closed or broken; how many were sent is not known then
     * @throws IllegalArgumentException if the same buffer is there twice, as the first message would consume it, or if a
     *     message socket sends them as text and one is no UTF-8; nothing is sent
     * @throws IllegalStateException if this thread has a message open, the socket is not connected, or {@link
     *     #outputStream()} of a stream socket is in use
     */
    void sendAll(List<ByteBuffer> messages) throws IOException;

    /**
     * Begins a message that is written as a stream and ended by {@link OutgoingMessage#complete()}. Blocks while
     * another message is being sent.
     *
     * @return the message, to be closed in any case
     * @throws WebSocketInterruptedException if interrupted while waiting for another message to be sent
     * @throws IOException if the connection is closed or broken
     * @throws IllegalStateException if this thread has a message open, the socket is not connected, or {@link
     *     #outputStream()} of a stream socket is in use
     */
    OutgoingMessage beginMessage() throws IOException;

    /**
     * Adds a handler for the peer's Close frame. It is called once, on a virtual thread of its own, when the frame
     * arrives, also while nobody reads, and after a close by this side when the peer answers; at once if the frame has
     * come already. It is not called when TCP just breaks: reads and writes throw then. What the handler throws goes to
     * the {@link System.Logger} named {@code io.github.streamwebsocket}.
     *
     * @param handler is told code and reason
     * @return removes the handler when closed
     */
    Registration onClosed(Consumer<WebSocketClosedEventArgs> handler);

    /**
     * Tells whether messages can be sent and received as far as is known: connected, no Close frame sent, wanted or
     * received, and nothing broken.
     *
     * @return true while open
     */
    boolean isOpen();

    /**
     * Closes the connection with a Close frame that has no code; otherwise as {@link #close(int, String)}.
     *
     * @throws IOException if bytes written to {@link #outputStream()} could not be sent, or the thread was interrupted
     */
    @Override
    void close() throws IOException;

    /**
     * Closes the connection: sends what {@link #outputStream()} has buffered, then a Close frame, waits for the peer's
     * Close and the end of TCP. Data that comes in the meantime is dropped. Blocks for the close timeout at the most (5 s
     * unless set): a peer that does not answer by then is cut off, without an exception. Nor is the code with which it
     * answers judged: a peer that rejects what was sent says so there, and {@link #onClosed} tells. A second call waits for
     * the same end. Closes for good: the socket cannot be connected again.
     *
     * <p>A message that is open, from {@link #beginMessage()} or of single frames, is not completed: the Close goes out
     * behind what has left of it, so that the peer sees it cut off, what is still buffered of it is dropped, and whoever
     * goes on to write it is told that the connection is closed, at the latest by {@link OutgoingMessage#complete()}.
     *
     * @param code 1000-1003, 1007-1014 (1010 on a client only) or 3000-4999 (RFC 6455 7.4)
     * @param reason at most 123 bytes of UTF-8
     * @throws IllegalArgumentException for any other code, or a reason that is longer or no text; nothing is sent
     * @throws IOException if bytes written to {@link #outputStream()} could not be sent, or the thread was interrupted
     */
    void close(int code, String reason) throws IOException;

    /**
     * Ends the connection now, without a Close frame. Takes no lock and does not block; calls under way on other threads
     * end soon with {@link WebErrorStatus#OPERATION_CANCELED}. The socket cannot be connected again.
     */
    void abort();
}
