package io.github.streamwebsocket.internal.net;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;

/** A server socket that accepts connections as {@link TimedSocket}. */
public final class TimedServerSocket extends ServerSocket {

    /** Makes a socket that is not bound. */
    public TimedServerSocket() throws IOException {}

    @Override
    public Socket accept() throws IOException {
        TimedSocket accepted = new TimedSocket();
        implAccept(accepted);
        return accepted;
    }
}
