package io.github.streamwebsocket.testing;

import static io.github.streamwebsocket.testing.RawFrames.BINARY;
import static io.github.streamwebsocket.testing.RawFrames.CONTINUATION;
import static io.github.streamwebsocket.testing.RawFrames.PING;
import static io.github.streamwebsocket.testing.RawFrames.frame;

import io.github.streamwebsocket.StreamWebSocket;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;

/** Input streams that promise the same: ours, and some of the JDK's as the measure. */
public enum InputSubject {
    MESSAGE {
        @Override
        public Opened open(byte[] content) throws Exception {
            return webSocket(frame(BINARY).payload(content).bytes(), true);
        }
    },
    FRAGMENTED_MESSAGE {
        @Override
        public Opened open(byte[] content) throws Exception {
            byte[] frames = RawFrames.join(
                    frame(BINARY).notFin().payload(part(content, 0)).bytes(),
                    frame(PING).payload("?").bytes(),
                    frame(CONTINUATION).notFin().bytes(),
                    frame(CONTINUATION).notFin().payload(part(content, 1)).bytes(),
                    frame(CONTINUATION).payload(part(content, 2)).bytes());
            return webSocket(frames, true);
        }
    },
    TUNNEL {
        @Override
        public Opened open(byte[] content) throws Exception {
            byte[] frames = RawFrames.join(
                    frame(BINARY).payload(part(content, 0)).bytes(),
                    frame(BINARY).bytes(),
                    frame(BINARY).notFin().payload(part(content, 1)).bytes(),
                    frame(CONTINUATION).bytes(),
                    frame(BINARY).payload(part(content, 2)).bytes());
            return webSocket(frames, false);
        }
    },
    SOCKET_OF_THE_JDK {
        @Override
        public Opened open(byte[] content) throws Exception {
            Socket socket = socketWith(content);
            return new Opened(socket.getInputStream(), socket);
        }
    },
    BUFFERED_SOCKET_OF_THE_JDK {
        @Override
        public Opened open(byte[] content) throws Exception {
            Socket socket = socketWith(content);
            return new Opened(new BufferedInputStream(socket.getInputStream(), 16), socket);
        }
    },
    /** Has nothing to close, so it may be read after that. */
    ARRAY_OF_THE_JDK {
        @Override
        public Opened open(byte[] content) {
            return new Opened(new ByteArrayInputStream(content), () -> {});
        }
    };

    /** A stream and what it belongs to. */
    public record Opened(InputStream in, AutoCloseable owner) implements AutoCloseable {
        @Override
        public void close() throws Exception {
            owner.close();
        }
    }

    /** Opens a stream that has these bytes and then its end. */
    public abstract Opened open(byte[] content) throws Exception;

    private static byte[] part(byte[] content, int third) {
        return Arrays.copyOfRange(content, content.length * third / 3, content.length * (third + 1) / 3);
    }

    private static Opened webSocket(byte[] frames, boolean message) throws Exception {
        ScriptedServer server = new ScriptedServer(Transport.WS, client -> {
            client.upgrade();
            client.send(frames);
            client.send(RawFrames.close(1000, "").bytes());
            client.awaitEnd();
        });
        StreamWebSocket socket = StreamWebSocket.open(server.uri());
        InputStream in = message ? socket.receive() : socket.inputStream();
        return new Opened(in, () -> {
            socket.close();
            server.close();
        });
    }

    private static Socket socketWith(byte[] content) throws IOException {
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Socket socket = new Socket(listener.getInetAddress(), listener.getLocalPort());
            try (Socket server = listener.accept()) {
                server.getOutputStream().write(content);
            }
            return socket;
        }
    }
}
