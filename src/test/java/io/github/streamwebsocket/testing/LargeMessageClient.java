package io.github.streamwebsocket.testing;

import io.github.streamwebsocket.IncomingMessage;
import io.github.streamwebsocket.PerMessageDeflate;
import io.github.streamwebsocket.StreamWebSocket;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.SplittableRandom;
import java.util.concurrent.FutureTask;

/**
 * A client that is alone in its JVM, whose heap is smaller than its messages. It sends one message of random data, made as
 * it goes, or none, and receives one, and prints the SHA-256 of each.
 */
public final class LargeMessageClient {
    private static final int SECTION = 65_536;

    private LargeMessageClient() {}

    /**
     * Takes the URI, a file with the authority to trust or "-", the frame size, how many bytes to send, and "compressed" if
     * it is to offer compression.
     */
    public static void main(String[] arguments) throws Exception {
        BouncyCastleLog.silence();
        long size = Long.parseLong(arguments[3]);
        try (StreamWebSocket socket = new StreamWebSocket()) {
            if (!arguments[1].equals("-")) {
                socket.control().trustOnly(Path.of(arguments[1]));
            }
            socket.control().frameSize(Integer.parseInt(arguments[2]));
            if (arguments.length > 4 && arguments[4].equals("compressed")) {
                socket.control().compression(PerMessageDeflate.DEFAULT);
            }
            socket.connect(URI.create(arguments[0]));
            FutureTask<String> sending = new FutureTask<>(() -> send(socket, size));
            if (size > 0) {
                Thread.startVirtualThread(sending);
            }
            FutureTask<String> receiving = new FutureTask<>(() -> receive(socket));
            Thread.startVirtualThread(receiving);
            if (size > 0) {
                System.out.println("sent " + sending.get());
            }
            System.out.println("received " + receiving.get());
        }
        System.out.println("closed");
    }

    private static String send(StreamWebSocket socket, long size) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        socket.send(out -> {
            SplittableRandom random = new SplittableRandom(size);
            byte[] section = new byte[SECTION];
            for (long left = size; left > 0; left -= section.length) {
                random.nextBytes(section);
                int length = (int) Math.min(left, section.length);
                digest.update(section, 0, length);
                out.write(section, 0, length);
            }
        });
        return HexFormat.of().formatHex(digest.digest());
    }

    private static String receive(StreamWebSocket socket) throws IOException, NoSuchAlgorithmException {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        long received = 0;
        byte[] section = new byte[SECTION];
        try (IncomingMessage message = socket.receive()) {
            for (int count = message.read(section); count >= 0; count = message.read(section)) {
                digest.update(section, 0, count);
                received += count;
            }
        }
        return received + " " + HexFormat.of().formatHex(digest.digest());
    }
}
