package io.github.streamwebsocket.internal.connection;

import io.github.streamwebsocket.IncomingMessage;
import io.github.streamwebsocket.MessageBody;
import io.github.streamwebsocket.OutgoingMessage;
import io.github.streamwebsocket.WebErrorStatus;
import io.github.streamwebsocket.WebSocketClosedEventArgs;
import io.github.streamwebsocket.WebSocketException;
import io.github.streamwebsocket.internal.ConnectionSettings;
import io.github.streamwebsocket.internal.Role;
import io.github.streamwebsocket.internal.frame.ClosePayload;
import io.github.streamwebsocket.internal.frame.FrameEncoder;
import io.github.streamwebsocket.internal.frame.FrameReader;
import io.github.streamwebsocket.internal.message.MessageWriter;
import io.github.streamwebsocket.internal.net.Wire;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One open connection of either role. The locks, always taken in this order: the right to send a message ({@link
 * SendPermit}), the frame lock ({@link Outbound}), the state lock ({@link Ending}); on the way in there is the {@link
 * Lease}, under which only the state lock is taken. Every method is for any thread.
 */
public final class Connection {
    private final Role role;
    private final Wire wire;
    private final Runnable afterwards;
    private final Ending ending;
    private final Outbound outbound;
    private final PeerFrames frames;
    private final Inbound inbound;
    private final Keeper keeper;
    private final SendPermit permit;
    private final MessageWriter writer;
    private final Sender sender;
    private final Receiver receiver;
    private final View<TunnelOutput> sending = new View<>("outputStream()", "send() or beginMessage()");
    private final View<TunnelInput> receiving = new View<>("inputStream()", "receive()");

    private Connection(
            Role role,
            Wire wire,
            byte[] leftover,
            ConnectionSettings settings,
            Handlers<WebSocketClosedEventArgs> closed,
            Runnable afterwards) {
        this.role = role;
        this.wire = wire;
        this.afterwards = afterwards;
        ending = new Ending(wire, settings.closeTimeout(), closed, this::ended);
        outbound = new Outbound(
                wire, ending, new FrameEncoder(role), !settings.writeTimeout().isZero());
        frames = new PeerFrames(wire, new FrameReader(wire, role, leftover), ending, outbound, settings.readTimeout());
        inbound = new Inbound(frames, ending, outbound);
        keeper = new Keeper(inbound, ending);
        permit = new SendPermit(ending);
        writer = new MessageWriter(new FrameEncoder(role), outbound, settings.frameSize());
        sender = new Sender(permit, writer, outbound, ending, keeper);
        receiver = new Receiver(inbound, frames, ending, keeper);
    }

    /**
     * Takes over a wire on which the opening handshake is done.
     *
     * @param leftover what came behind the handshake; kept
     * @param closed handlers of the Closed event
     * @param afterwards runs once when the connection has ended, in whatever way
     */
    public static Connection open(
            Role role,
            Wire wire,
            byte[] leftover,
            ConnectionSettings settings,
            Handlers<WebSocketClosedEventArgs> closed,
            Runnable afterwards) {
        Connection connection = new Connection(role, wire, leftover, settings, closed, afterwards);
        connection.start(settings);
        return connection;
    }

    private void start(ConnectionSettings settings) {
        keeper.start();
        if (!settings.writeTimeout().isZero()) {
            new WriteWatch(settings.writeTimeout(), outbound, ending).start();
        }
        if (!settings.keepAliveInterval().isZero()) {
            new KeepAlive(settings.keepAliveInterval(), inbound.lease(), frames, outbound, ending).start();
        }
        if (!settings.unsolicitedPongInterval().isZero()) {
            new UnsolicitedPong(settings.unsolicitedPongInterval(), outbound, ending).start();
        }
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
        return sending.stream(() -> new TunnelOutput(permit, writer, ending));
    }

    public @Nullable IncomingMessage receive() throws IOException {
        receiving.messages();
        return receiver.receive();
    }

    public void send(byte[] bytes, int offset, int length) throws IOException {
        sending.messages();
        sender.send(bytes, offset, length);
    }

    public void send(ByteBuffer source) throws IOException {
        sending.messages();
        sender.send(source);
    }

    public void send(Path file) throws IOException {
        sending.messages();
        sender.send(file);
    }

    public <X extends Exception> void send(MessageBody<X> body) throws IOException, X {
        sending.messages();
        sender.send(body);
    }

    public void sendAll(List<ByteBuffer> sources) throws IOException {
        sending.messages();
        sender.sendEach(sources);
    }

    public OutgoingMessage beginMessage() throws IOException {
        sending.messages();
        return sender.beginMessage();
    }

    /** Closes with an empty Close frame. As {@link #close(int, String)}. */
    public void close() throws IOException {
        close(ClosePayload.EMPTY);
    }

    /**
     * Flushes the tunnel, sends Close, waits for the peer's Close and for the end of TCP, all within the close timeout.
     *
     * @throws IllegalArgumentException for a code or reason that must not be sent; nothing is sent then
     * @throws IOException if bytes that were written could not be flushed, or the thread was interrupted
     */
    public void close(int code, String reason) throws IOException {
        close(ClosePayload.ofUser(code, reason, role));
    }

    private void close(ClosePayload payload) throws IOException {
        if (ending.ended()) {
            flushTunnel(); // fails if bytes are left
            return;
        }
        ending.startBound();
        IOException lost = null;
        try {
            flushTunnel();
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

    private void flushTunnel() throws IOException {
        TunnelOutput tunnel = sending.chosenStream();
        if (tunnel != null) {
            tunnel.finish();
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
        permit.end();
        keeper.wake();
        afterwards.run();
    }
}
