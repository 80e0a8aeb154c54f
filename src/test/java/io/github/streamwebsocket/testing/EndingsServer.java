package io.github.streamwebsocket.testing;

import io.github.streamwebsocket.HandshakeResponse;
import io.github.streamwebsocket.ServerStreamWebSocket;
import io.github.streamwebsocket.WebSocketListener;
import io.github.streamwebsocket.WebSocketListenerOptions;
import io.github.streamwebsocket.cli.SelfMadeAuthority;
import io.github.streamwebsocket.internal.tls.Credentials;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Our listener in a JVM of its own, where connections end as the path says. It prints the ports of ws and wss, and then
 * obeys the lines it reads: "mark" counts what is alive, "left" prints what there is more of since.
 */
public final class EndingsServer {
    /** Sends back what comes, until the client ends the connection. */
    public static final String ECHO = "/echo";
    /** Sends one message back and closes. */
    public static final String CLOSE = "/close";
    /** Cuts the connection at once. */
    public static final String CUT = "/cut";
    /** Does not let the client in. */
    public static final String REFUSE = "/refuse";

    private EndingsServer() {}

    /** Takes the file in which to put the authority to trust. */
    public static void main(String[] arguments) throws Exception {
        Files.writeString(Path.of(arguments[0]), SelfMadeAuthority.pem(Credentials.ANCHORS));
        for (Transport transport : new Transport[] {Transport.WS, Transport.WSS_ECDSA}) {
            System.out.println("port " + start(transport).localAddress().getPort());
        }
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        Census before = Census.take();
        for (String command = commands.readLine(); command != null; command = commands.readLine()) {
            if (command.equals("mark")) {
                before = Census.take();
                System.out.println("marked");
            } else {
                System.out.println("left " + Census.take().excessOver(before));
            }
        }
        System.exit(0); // the test is over, or has died
    }

    private static WebSocketListener start(Transport transport) throws IOException {
        WebSocketListenerOptions options = new WebSocketListenerOptions();
        if (transport.secure()) {
            options.tls(transport.credential().chain(), transport.credential().privateKey());
        }
        options.onHandshake(request ->
                request.path().equals(REFUSE) ? HandshakeResponse.refuse(403, "no") : HandshakeResponse.accept());
        WebSocketListener listener =
                WebSocketListener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), options);
        Thread.ofVirtual().name("acceptor").start(() -> {
            try {
                while (true) {
                    ServerStreamWebSocket socket = listener.accept();
                    Thread.ofVirtual().name("server").start(() -> serve(socket));
                }
            } catch (IOException e) {
                throw new AssertionError("the listener ended", e);
            }
        });
        return listener;
    }

    private static void serve(ServerStreamWebSocket socket) {
        String path = socket.information().request().path();
        try (socket) {
            if (path.equals(CUT)) {
                socket.abort();
                return;
            }
            byte[] section = new byte[1024];
            for (int count = socket.inputStream().read(section);
                    count >= 0;
                    count = socket.inputStream().read(section)) {
                socket.outputStream().write(section, 0, count);
                socket.outputStream().flush();
                if (path.equals(CLOSE)) {
                    return;
                }
            }
        } catch (IOException e) {
            // The client has closed with a code, or cut the connection.
        }
    }
}
