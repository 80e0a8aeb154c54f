package io.github.streamwebsocket;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.streamwebsocket.cli.SelfMadeAuthority.KeyKind;
import io.github.streamwebsocket.internal.tls.Credentials;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.net.ssl.SSLServerSocket;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

/**
 * Sockets share one TLS context and nothing else: while ten handshakes are under way, each is judged by its own settings.
 */
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
class VerdictsInParallelTest {
    private static final String ANSWERED = "answered with 404";
    private static final String WRONG_PIN = "sha256/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

    private record Setting(Consumer<StreamWebSocket> change, String outcome) {}

    private static Setting control(Consumer<StreamWebSocketControl> change, String outcome) {
        return new Setting(socket -> change.accept(socket.control()), outcome);
    }

    private static Map<String, Setting> settings() {
        Map<String, Setting> settings = new TreeMap<>();
        settings.put("trusts", new Setting(socket -> {}, ANSWERED));
        settings.put(
                "trusts others",
                control(it -> it.trustOnly(Credentials.strange(KeyKind.EC).chain()), "refused for [UNTRUSTED]"));
        settings.put("trusts who comes with the JDK", control(it -> it.trustDefaults(), "refused for [UNTRUSTED]"));
        settings.put("misses its pin", control(it -> it.publicKeyPins(WRONG_PIN), "refused for [OTHER_ERRORS]"));
        settings.put("wants another name", control(it -> it.serverName("example.org"), "refused for [INVALID_NAME]"));
        settings.put(
                "wants another name and ignores it",
                control(
                        it -> {
                            it.serverName("example.org");
                            it.ignorableServerCertificateErrors().add(ChainValidationResult.INVALID_NAME);
                        },
                        ANSWERED));
        settings.put(
                "wants another name, and its pin",
                control(
                        it -> it.serverName("example.org").publicKeyPins(WRONG_PIN),
                        "refused for [INVALID_NAME, OTHER_ERRORS]"));
        settings.put(
                "wants to know of revocation",
                control(it -> it.revocation(Revocation.REQUIRED), "refused for [REVOCATION_INFORMATION_MISSING]"));
        settings.put(
                "rejects",
                new Setting(
                        socket -> socket.onServerCustomValidationRequested(
                                WebSocketServerCustomValidationRequestedEventArgs::reject),
                        "refused for []"));
        settings.put("allows", new Setting(socket -> socket.onServerCustomValidationRequested(args -> {}), ANSWERED));
        return settings;
    }

    @RepeatedTest(3)
    void eachHandshakeHasItsOwnVerdict() throws Exception {
        Map<String, Setting> settings = settings();
        Map<String, String> expected = new TreeMap<>();
        Map<String, FutureTask<String>> attempts = new TreeMap<>();
        try (SSLServerSocket listener = (SSLServerSocket) Credentials.jdkContext(Credentials.EC)
                .getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            URI uri = URI.create("wss://127.0.0.1:" + listener.getLocalPort() + "/");
            settings.forEach((name, setting) -> {
                expected.put(name, setting.outcome());
                attempts.put(name, new FutureTask<>(() -> outcome(uri, setting)));
                Thread.ofVirtual().start(attempts.get(name));
            });
            // All have begun before the first hears anything.
            List<Socket> clients = new ArrayList<>();
            while (clients.size() < settings.size()) {
                clients.add(listener.accept());
            }
            clients.forEach(client -> Thread.ofVirtual().start(() -> answer(client)));
            Map<String, String> outcomes = new TreeMap<>();
            for (Map.Entry<String, FutureTask<String>> attempt : attempts.entrySet()) {
                outcomes.put(attempt.getKey(), attempt.getValue().get(30, TimeUnit.SECONDS));
            }
            assertEquals(expected, outcomes);
        }
    }

    private static String outcome(URI uri, Setting setting) throws IOException {
        try (StreamWebSocket socket = new StreamWebSocket()) {
            socket.control().trustOnly(Credentials.ANCHORS);
            setting.change().accept(socket);
            socket.connect(uri);
            return "connected";
        } catch (WebSocketCertificateException e) {
            return "refused for " + e.serverCertificateErrors();
        } catch (WebSocketHandshakeException e) {
            return "answered with " + e.statusCode();
        }
    }

    private static void answer(Socket client) {
        try (client) {
            client.getInputStream().read();
            client.getOutputStream()
                    .write("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            client.getInputStream().transferTo(OutputStream.nullOutputStream());
        } catch (IOException gone) {
            // The client has refused, or has what it wanted.
        }
    }
}
