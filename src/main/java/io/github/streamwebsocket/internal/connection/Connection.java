package io.github.streamwebsocket.internal.connection;

import io.github.streamwebsocket.IncomingMessage;
import io.github.streamwebsocket.SocketMessageType;
import io.github.streamwebsocket.WebErrorStatus;
import io.github.streamwebsocket.WebSocketClosedEventArgs;
import io.github.streamwebsocket.WebSocketException;
import io.github.streamwebsocket.internal.ConnectionSettings;
import io.github.streamwebsocket.internal.DeflateParameters;
import io.github.streamwebsocket.internal.Role;
import io.github.streamwebsocket.internal.frame.ClosePayload;
import io.github.streamwebsocket.internal.frame.FrameReader;
import io.github.streamwebsocket.internal.message.MessageReader;
import io.github.streamwebsocket.internal.message.MessageWriter;
import io.github.streamwebsocket.internal.net.Wire;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One open connection of either role. The locks, always taken in this order: the right to send a message ({@link
 * SendPermit}), the frame lock ({@link Outbound}), the state lock ({@link Ending}); on the way in there is the {@link
 * Lease}, under which only the state lock is taken. Every method is for any thread.
 */
public final class Connection {
    private static final AtomicReferenceFieldUpdater<Connection, @Nullable FlushedMessages> MESSAGE_STREAM =
            AtomicReferenceFieldUpdater.newUpdater(Connection.class, FlushedMessages.class, "messageStream");

    private final Role role;
    private final Wire wire;
    private final Runnable afterwards;
    private final Ending ending;
    private final Outbound outbound;
    private final PeerFrames frames;
    private final MessageReader message;
    private final Inbound inbound;
    private final Keeper keeper;
    private final SendPermit permit;
    private final MessageWriter writer;
    private final Sender sender;
    private final Receiver receiver;
    private final List<Watch> watches;
    private final View<TunnelOutput> sending = new View<>("outputStream()");
    private final View<TunnelInput> receiving = new View<>("inputStream()");
    private volatile @Nullable FlushedMessages messageStream;

    private Connection(
            Role role,
            Wire wire,
            byte[] leftover,
            Compression compression,
            ConnectionSettings settings,
            boolean text,
            Handlers<WebSocketClosedEventArgs> closed,
            Runnable afterwards) {
        this.role = role;
        this.wire = wire;
        this.afterwards = afterwards;
        DeflateParameters deflate = compression.agreed();
        ending = new Ending(wire, settings.closeTimeout(), closed, this::ended);
        outbound = new Outbound(wire, ending, role, !settings.writeTimeout().isZero());
        FrameReader reader = new FrameReader(wire, role, leftover, deflate != null);
        message = new MessageReader(reader, role, deflate, compression.inflater());
        frames = new PeerFrames(wire, reader, message, ending, outbound, settings.readTimeout());
        inbound = new Inbound(frames, text, ending, outbound);
        keeper = new Keeper(inbound, frames, reader, ending);
        permit = new SendPermit(ending);
        writer = new MessageWriter(role, outbound, settings.frameSize(), deflate, compression.deflater());
        sender = new Sender(sending, permit, writer, outbound, ending, keeper);
        receiver = new Receiver(inbound, frames, ending, keeper);
        watches = watches(settings);
    }

    /**
     * Takes over a wire on which the opening handshake is done.
     *
     * @param leftover what came behind the handshake; kept
     * @param deflate what was agreed about compression, null if it was not
     * @param text whether text messages are taken; otherwise they fail the connection with 1003
     * @param closed handlers of the Closed event
     * @param afterwards runs once when the connection has ended, in whatever way
     */
    public static Connection open(
            Role role,
            Wire wire,
            byte[] leftover,
            @Nullable DeflateParameters deflate,
            ConnectionSettings settings,
            boolean text,
            Handlers<WebSocketClosedEventArgs> closed,
            Runnable afterwards) {
        return open(role, wire, leftover, Compression.of(deflate), settings, text, closed, afterwards);
    }

    /** As the other one, with a say in how the memory for compression is made. */
    static Connection open(
            Role role,
            Wire wire,
            byte[] leftover,
            Compression compression,
            ConnectionSettings settings,
            boolean text,
            Handlers<WebSocketClosedEventArgs> closed,
            Runnable afterwards) {
        try {
            Connection connection =
                    new Connection(role, wire, leftover, compression, settings, text, closed, afterwards);
            connection.start();
            return connection;
        } catch (RuntimeException | Error e) {
            wire.abort(); // which also ends what has started
            throw e;
        }
    }

    private List<Watch> watches(ConnectionSettings settings) {
        List<Watch> wanted = new ArrayList<>();
        if (!settings.writeTimeout().isZero()) {
            wanted.add(new WriteWatch(settings.writeTimeout(), outbound, ending));
        }
        if (!settings.keepAliveInterval().isZero()) {
            wanted.add(new KeepAlive(settings.keepAliveInterval(), inbound.lease(), frames, outbound, ending));
        }
        if (!settings.unsolicitedPongInterval().isZero()) {
            wanted.add(new UnsolicitedPong(settings.unsolicitedPongInterval(), outbound, ending));
        }
        return List.copyOf(wanted);
    }

    private void start() {
        keeper.start();
        watches.forEach(Watch::start);
    }

    public Wire wire() {
        return wire;
    }

    /** Whether messages can be sent and received: no Close was sent, wanted or received, and nothing broke. */
    public boolean isOpen() {
        return ending.open();
    }

    public InputStream inputStream() {
        return receiving.stream(() -> new TunnelInput(receiver));
    }

    public OutputStream outputStream() {
        return sending.stream(() -> new TunnelOutput(permit, writer));
    }

    /**
     * Bytes to the peer, of which each flush makes a message; does not exclude others.
     *
     * @param type asked for the type of each message when it begins
     */
    public OutputStream messageStream(Supplier<SocketMessageType> type) {
        FlushedMessages stream = messageStream;
        if (stream == null) {
            MESSAGE_STREAM.compareAndSet(this, null, new FlushedMessages(type, sender, permit, writer));
            stream = Objects.requireNonNull(messageStream, "made");
        }
        return stream;
    }

    /** What is sent by messages. */
    public Sender sender() {
        return sender;
    }

    public @Nullable IncomingMessage receive() throws IOException {
        receiving.messages("receive()");
        return receiver.receive();
    }

    /** Takes the messages for events: from then on the other ways to receive are refused. */
    public MessageSource takeEvents() {
        receiving.messages("onMessageReceived()");
        return receiver;
    }

    /** From now on a text message fails the connection. */
    public void refuseText() {
        inbound.refuseText();
    }

    /** Sets how many bytes a message may have; counts from the next frame on. */
    public void maxMessageSize(long bytes) {
        message.maxMessageSize(bytes);
    }

    /** Closes with an empty Close frame. As {@link #close(int, String)}. */
    public void close() throws IOException {
        close(ClosePayload.EMPTY);
    }

    /**
     * Flushes the stream to the peer, sends Close, waits for the peer's Close and for the end of TCP, all within the close timeout.
     *
     * @throws IllegalArgumentException for a code or reason that must not be sent; nothing is sent then
     * @throws IOException if bytes that were written could not be flushed, or the thread was interrupted
     */
    public void close(int code, String reason) throws IOException {
        close(ClosePayload.ofUser(code, reason, role));
    }

    private void close(ClosePayload payload) throws IOException {
        if (ending.ended()) {
            flushStream(); // fails if bytes are left
            return;
        }
        ending.startBound();
        IOException lost = null;
        try {
            flushStream();
        } catch (IOException e) {
            lost = e;
        }
        ending.want(payload);
        outbound.nudge();
        awaitPeer();
        if (lost != null) {
            throw lost;
        }
    }

    private void flushStream() throws IOException {
        LastFlush stream = sending.chosenStream() == null ? messageStream : sending.chosenStream();
        if (stream != null) {
            stream.finish();
        }
    }

    private void awaitPeer() throws IOException {
        try {
            receiver.dropToClose();
        } catch (IOException e) {
            // The peer ended or broke instead of answering, or its time is up: closed all the same.
        }
        try {
            ending.awaitEnd();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            ending.broke(Faults.interrupted("waiting for the close handshake", e));
            WebSocketException end = ending.exception();
            if (end.status() == WebErrorStatus.OPERATION_CANCELED) {
                throw end;
            }
            // Too late to interrupt anything: the connection had ended by itself, well or not, of which close() tells
            // nothing.
        }
    }

    /** Ends the connection now. Takes no lock and does not block; frees whoever reads, writes or waits. */
    public void abort() {
        ending.broke(Faults.aborted("abort() was called"));
    }

    /** How often the keeper took the right to read: 0 while the application reads steadily. */
    public long handOffs() {
        return keeper.handOffs();
    }

    private void ended() {
        watches.forEach(Watch::stop);
        permit.end();
        keeper.wake();
        writer.close();
        message.close();
        afterwards.run();
    }
}
