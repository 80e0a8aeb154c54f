package io.github.streamwebsocket.interop;

import io.github.streamwebsocket.MessageWebSocket;
import io.github.streamwebsocket.PerMessageDeflate;
import io.github.streamwebsocket.WebSocketListener;
import io.github.streamwebsocket.WebSocketListenerOptions;
import io.github.streamwebsocket.testing.ChildProcess;
import io.github.streamwebsocket.testing.CountingRelay;
import io.github.streamwebsocket.testing.MessageEnd;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One connection with a program in another language, that is client or server. */
final class Conversation implements AutoCloseable {
    /** Which end is ours. */
    enum Role {
        CLIENT,
        SERVER
    }

    /** For a peer that is busy with a large message. */
    private static final Duration READ_TIMEOUT = Duration.ofSeconds(60);

    private final Role role;
    private final ChildProcess peer;
    private final CountingRelay relay;
    private final @Nullable WebSocketListener listener;
    private final MessageEnd end;
    private final String agreed;

    private Conversation(
            Role role,
            ChildProcess peer,
            CountingRelay relay,
            @Nullable WebSocketListener listener,
            MessageEnd end,
            String agreed) {
        this.role = role;
        this.peer = peer;
        this.relay = relay;
        this.listener = listener;
        this.end = end;
        this.agreed = agreed;
    }

    /**
     * Starts the program and connects with it.
     *
     * @param compression of our end; null: none
     */
    static Conversation with(
            Foreign foreign, Role role, String program, PeerOptions options, @Nullable PerMessageDeflate compression)
            throws Exception {
        return role == Role.CLIENT
                ? withServer(foreign, program, options, compression)
                : withClient(foreign, program, options, compression);
    }

    private static Conversation withServer(
            Foreign foreign, String program, PeerOptions options, @Nullable PerMessageDeflate compression)
            throws Exception {
        ChildProcess peer = foreign.start(program, options);
        CountingRelay relay = new CountingRelay(Integer.parseInt(peer.expect("port ")));
        MessageWebSocket socket = new MessageWebSocket();
        socket.control().compression(compression).readTimeout(READ_TIMEOUT);
        socket.connect(relay.uri());
        return new Conversation(Role.CLIENT, peer, relay, null, MessageEnd.of(socket), peer.expect("agreed "));
    }

    private static Conversation withClient(
            Foreign foreign, String program, PeerOptions options, @Nullable PerMessageDeflate compression)
            throws Exception {
        WebSocketListener listener = WebSocketListener.bind(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                new WebSocketListenerOptions().compression(compression).readTimeout(READ_TIMEOUT));
        CountingRelay relay = new CountingRelay(listener.localAddress().getPort());
        ChildProcess peer = foreign.start(program, options.url(relay.uri()));
        String agreed = peer.expect("agreed ");
        return new Conversation(Role.SERVER, peer, relay, listener, MessageEnd.of(listener.acceptMessages()), agreed);
    }

    MessageEnd end() {
        return end;
    }

    /** The extensions in the answer to the opening request, as the peer saw or sent them. */
    String agreed() {
        return agreed;
    }

    /** What the peer prints next, behind a word that it must begin with. */
    String peerSays(String word) throws Exception {
        return peer.expect(word + " ");
    }

    /** How many bytes we have put on the wire. */
    long sentOnWire() {
        return role == Role.CLIENT ? relay.up() : relay.down();
    }

    /** How many bytes the peer has put on the wire. */
    long receivedOnWire() {
        return role == Role.CLIENT ? relay.down() : relay.up();
    }

    /** Ends it by a close handshake, which the peer must have seen. */
    void finish() throws Exception {
        end.close();
        String code = peerSays("closed");
        if (!code.equals("1000")) {
            throw new AssertionError("expected the peer to see a close with 1000 but was " + code);
        }
    }

    @Override
    public void close() throws Exception {
        end.abort();
        peer.close();
        relay.close();
        if (listener != null) {
            listener.close();
        }
    }
}
