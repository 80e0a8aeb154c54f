package io.github.streamwebsocket;

import static io.github.streamwebsocket.testing.ThirdPartyServer.ECHO;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.streamwebsocket.cli.SelfMadeAuthority;
import io.github.streamwebsocket.internal.tls.Credentials;
import io.github.streamwebsocket.testing.ChildJvm;
import io.github.streamwebsocket.testing.DeflatedMessage;
import io.github.streamwebsocket.testing.LargeMessageClient;
import io.github.streamwebsocket.testing.RawFrames;
import io.github.streamwebsocket.testing.ScriptedServer;
import io.github.streamwebsocket.testing.ThirdParty;
import io.github.streamwebsocket.testing.ThirdPartyServer;
import io.github.streamwebsocket.testing.Transport;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A message many times the size of the client's heap goes up and down in constant memory. */
class LargeMessageTest {
    private static final int SIZE = 256 << 20;
    private static final String HEAP = "64m";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int MANY_FRAMES = 65_536;
    private static final int FEW_FRAMES = 1 << 24;

    private static final Map<ThirdParty, ThirdPartyServer> SERVERS = new EnumMap<>(ThirdParty.class);

    @TempDir
    private static Path folder;

    private static Path authority;

    @BeforeAll
    static void start() throws Exception {
        authority = Files.writeString(folder.resolve("ca.pem"), SelfMadeAuthority.pem(Credentials.ANCHORS));
        for (ThirdParty kind : ThirdParty.values()) {
            SERVERS.put(kind, kind.start());
        }
    }

    @AfterAll
    static void stop() {
        SERVERS.values().forEach(ThirdPartyServer::close);
    }

    private static ChildJvm client(Transport transport, URI uri, int frameSize, int size) throws Exception {
        return client(transport, uri, frameSize, size, "plain");
    }

    private static ChildJvm client(Transport transport, URI uri, int frameSize, int size, String compressed)
            throws Exception {
        return new ChildJvm(
                PATIENCE,
                HEAP,
                LargeMessageClient.class,
                uri.toString(),
                transport.secure() ? authority.toString() : "-",
                Integer.toString(frameSize),
                Integer.toString(size),
                compressed);
    }

    /** Fragments of 64 KiB, as by default, and the largest there are, so that each is as large as it gets. */
    @ParameterizedTest(name = "{0} over {1} in frames of {2}")
    @CsvSource({
        "JETTY, WS, " + MANY_FRAMES,
        "JETTY, WSS_RSA, " + MANY_FRAMES,
        "JETTY, WSS_ECDSA, " + FEW_FRAMES,
        "UNDERTOW, WS, " + FEW_FRAMES,
        "UNDERTOW, WSS_RSA, " + FEW_FRAMES,
        "UNDERTOW, WSS_ECDSA, " + MANY_FRAMES
    })
    void comesBackFromAThirdPartyAsItWas(ThirdParty kind, Transport transport, int frameSize) throws Exception {
        URI uri = SERVERS.get(kind).uri(transport, ECHO);
        try (ChildJvm client = client(transport, uri, frameSize, SIZE)) {
            String sent = client.expect("sent ");
            assertEquals(SIZE + " " + sent, client.expect("received "));
            client.expect("closed");
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Transport.class,
            names = {"WS", "WSS_RSA"})
    void comesInASingleFrame(Transport transport) throws Exception {
        CompletableFuture<String> sent = new CompletableFuture<>();
        try (ScriptedServer server = new ScriptedServer(transport, client -> {
                    client.upgrade();
                    client.send(RawFrames.frame(RawFrames.BINARY)
                            .claimedLength(SIZE)
                            .bytes());
                    sent.complete(sendPayload(client));
                    client.answerClose();
                });
                ChildJvm client = client(transport, server.uri(), MANY_FRAMES, 0)) {
            String received = client.expect("received ");
            assertEquals(SIZE + " " + sent.get(10, TimeUnit.SECONDS), received);
            client.expect("closed");
        }
    }

    private static String sendPayload(ScriptedServer.Client client) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        SplittableRandom random = new SplittableRandom(1);
        byte[] section = new byte[65_536];
        for (int done = 0; done < SIZE; done += section.length) {
            random.nextBytes(section);
            digest.update(section);
            client.send(section);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** 1 GiB that takes little more than 1 MiB on the wire. */
    @Test
    void comesCompressed() throws Exception {
        byte[] block = new byte[16 << 20];
        Arrays.fill(block, block.length / 2, block.length, (byte) ' ');
        for (int at = block.length / 2; at < block.length - 100; at += 100) {
            byte[] line = ("line " + at).getBytes(StandardCharsets.US_ASCII);
            System.arraycopy(line, 0, block, at, line.length);
        }
        DeflatedMessage message = new DeflatedMessage(block, 64);
        try (ScriptedServer server = new ScriptedServer(Transport.WS, client -> {
                    client.upgrade(DeflatedMessage.HEADER);
                    message.sendTo(client);
                    client.answerClose();
                });
                ChildJvm client = client(Transport.WS, server.uri(), MANY_FRAMES, 0, "compressed")) {
            assertEquals(1L << 30, message.length());
            assertEquals(message.length() + " " + message.sha256(), client.expect("received "));
            client.expect("closed");
        }
    }
}
