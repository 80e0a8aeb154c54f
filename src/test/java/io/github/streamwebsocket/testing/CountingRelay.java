package io.github.streamwebsocket.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;

/** Passes bytes on between clients and a server on loopback, and counts them: what a message costs on the wire. */
public final class CountingRelay implements AutoCloseable {
    private final ServerSocket listener;
    private final int serverPort;
    private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();
    private final LongAdder up = new LongAdder();
    private final LongAdder down = new LongAdder();

    /** Starts one in front of the server of this URI. */
    public CountingRelay(int serverPort) throws IOException {
        this.serverPort = serverPort;
        listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().name("relay").start(this::serve);
    }

    /** Where clients connect to. */
    public URI uri() {
        return URI.create("ws://127.0.0.1:" + listener.getLocalPort() + "/");
    }

    /** How many bytes came from clients. */
    public long up() {
        return up.sum();
    }

    /** How many bytes came from the server. */
    public long down() {
        return down.sum();
    }

    private void serve() {
        try {
            while (true) {
                Socket client = listener.accept();
                sockets.add(client);
                Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
                sockets.add(server);
                client.setTcpNoDelay(true);
                server.setTcpNoDelay(true);
                Thread.ofVirtual().name("relay").start(() -> pass(client, server, up));
                Thread.ofVirtual().name("relay").start(() -> pass(server, client, down));
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private static void pass(Socket from, Socket to, LongAdder counter) {
        byte[] section = new byte[65_536];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int count = in.read(section); count >= 0; count = in.read(section)) {
                counter.add(count);
                out.write(section, 0, count);
            }
            to.shutdownOutput();
        } catch (IOException gone) {
            // One end is gone: so is the other now.
            try {
                from.close();
                to.close();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
