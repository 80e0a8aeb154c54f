package io.github.streamwebsocket.jmh.client;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.github.streamwebsocket.Headers;
import io.github.streamwebsocket.internal.ClientSettings;
import io.github.streamwebsocket.internal.ConnectionSettings;
import io.github.streamwebsocket.internal.ServerValidation;
import io.github.streamwebsocket.internal.TlsSettings;
import io.github.streamwebsocket.internal.net.ConnectScope;
import io.github.streamwebsocket.internal.tls.TlsClient;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * No library but what all are compared with: a {@link Socket}, or the TLS socket that our library makes over one, with the bytes
 * that our library would write made beforehand. Knows as much of WebSocket as it takes to talk with the peer.
 */
public final class BareClient implements BenchClient {
    private static final int MOST_OF_ANSWER = 1024;
    /** Fresh keys are a matter of proxies, of which there are none here. */
    private static final String KEY = "c3RyZWFtd2Vic29ja2V0IQ==";

    private final ClientSettings settings;

    public BareClient(Trust trust) {
        settings = new ClientSettings(
                true,
                0,
                Duration.ZERO,
                MOST_OF_ANSWER,
                List.of(),
                Headers.EMPTY,
                null,
                null,
                TlsSettings.trusting(List.of(trust.certificate())),
                ServerValidation.NONE,
                null,
                ConnectionSettings.DEFAULT);
    }

    @Override
    public BareConnection connect(URI uri) throws IOException {
        Socket raw = new Socket();
        boolean open = false;
        try {
            raw.setTcpNoDelay(true);
            raw.connect(new InetSocketAddress(uri.getHost(), uri.getPort()));
            Socket socket = uri.getScheme().equals("wss") ? secured(raw, uri.getHost()) : raw;
            BareConnection connection = new BareConnection(raw, socket, open(socket, uri), fragmentSize(uri));
            open = true;
            return connection;
        } finally {
            if (!open) {
                raw.close();
            }
        }
    }

    private Socket secured(Socket raw, String host) throws IOException {
        try (ConnectScope scope = ConnectScope.begin(host, Duration.ZERO)) {
            Socket socket = TlsClient.handshake(scope, raw, host, settings);
            scope.succeed();
            return socket;
        }
    }

    /** Asks for the upgrade, and returns what has come behind the answer (RFC 6455 4.1). */
    private static byte[] open(Socket socket, URI uri) throws IOException {
        String path = uri.getRawQuery() == null ? uri.getRawPath() : uri.getRawPath() + "?" + uri.getRawQuery();
        String request = "GET " + path + " HTTP/1.1\r\nHost: " + uri.getRawAuthority()
                + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: "
                + KEY + "\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(US_ASCII));
        byte[] answer = new byte[MOST_OF_ANSWER];
        InputStream in = socket.getInputStream();
        int length = 0;
        int end = -1;
        while (end < 0) {
            int count = in.read(answer, length, answer.length - length);
            if (count <= 0) {
                throw new EOFException("expected the answer to an opening request but it ended");
            }
            length += count;
            end = new String(answer, 0, length, US_ASCII).indexOf("\r\n\r\n");
        }
        if (!new String(answer, 0, end, US_ASCII).startsWith("HTTP/1.1 101 ")) {
            throw new IOException("expected 101 but was " + new String(answer, 0, end, US_ASCII));
        }
        return Arrays.copyOfRange(answer, end + 4, length);
    }

    /** The size of the fragments that the peer was asked for, 0 if it was not. */
    private static int fragmentSize(URI uri) {
        String name = "fragments=";
        String query = uri.getQuery() == null ? "" : uri.getQuery();
        return Arrays.stream(query.split("&"))
                .filter(pair -> pair.startsWith(name))
                .mapToInt(pair -> Integer.parseInt(pair.substring(name.length())))
                .findFirst()
                .orElse(0);
    }

    /** Nothing is shared. */
    @Override
    public void close() {}
}
