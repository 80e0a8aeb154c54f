package io.github.streamwebsocket.cli;

import io.github.streamwebsocket.ChainValidationResult;
import io.github.streamwebsocket.ServerCertificates;
import io.github.streamwebsocket.SocketSslErrorSeverity;
import io.github.streamwebsocket.StreamWebSocket;
import io.github.streamwebsocket.StreamWebSocketInformation;
import io.github.streamwebsocket.WebErrorStatus;
import io.github.streamwebsocket.WebSocketCertificateException;
import io.github.streamwebsocket.WebSocketException;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows a server's certificates and everything that is wrong with them. */
@Command(
        name = "cert",
        header = "Show a server's certificates and everything that is wrong with them.",
        description = {
            "",
            "Connects to URI and shows the chain from the server's certificate up to the authority that is trusted, each"
                    + " with its public key pin for --pin; then every error, how bad it is, and what to do about it.",
            "",
            "TLS is all it needs: whether there is a WebSocket behind it does not matter. Errors that --ignore names do"
                    + " not count. Exit code 5 is for errors that cannot be ignored, 8 for those that can."
        },
        footer = {
            "",
            "Examples:",
            "  streamwebsocket cert wss://example.org",
            "  streamwebsocket cert wss://127.0.0.1:8443 --ca ca.pem --server-name a.example",
            "  streamwebsocket cert --pem wss://127.0.0.1:8443 > chain.pem"
        })
final class CertCommand implements Callable<Integer> {
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

    /** How long a server with a good certificate may take to finish TLS and answer the opening handshake. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Console console;
    private final Cleanup cleanup;
    private final Clock clock;

    @Option(
            names = "--pem",
            description =
                    "Print the certificates as the server sent them, in PEM, instead. What is wrong with them is said on"
                            + " the standard error.")
    private boolean pem;

    @Mixin
    private final ConnectOptions client = new ConnectOptions();

    @Mixin
    private final OutputOptions output;

    @Parameters(
            index = "0",
            paramLabel = "URI",
            converter = UriConverter.class,
            description = "Whose certificates: wss://...")
    private URI uri = URI.create("");

    CertCommand(Console console, Cleanup cleanup, Clock clock) {
        this.console = console;
        this.cleanup = cleanup;
        this.clock = clock;
        output = new OutputOptions(console, cleanup);
    }

    @Override
    public Integer call() throws IOException {
        if (!"wss".equalsIgnoreCase(uri.getScheme())) {
            throw new Failure(ExitCode.USAGE, "expected wss:// but was ws://, where there are no certificates");
        }
        StreamWebSocket socket = new StreamWebSocket();
        socket.control().closeTimeout(CLOSE_TIMEOUT);
        client.configure(socket);
        @Nullable WebSocketException failure = connect(socket);
        ServerCertificates certificates = failure instanceof WebSocketCertificateException refused
                ? refused.certificates()
                : socket.information().serverCertificates();
        if (certificates.sent().isEmpty()) {
            if (failure != null) {
                throw failure;
            }
            throw new Failure(ExitCode.TLS, "the server has sent no certificate");
        }
        print(certificates, connection(socket.information()));
        return conclude(certificates, failure).value();
    }

    /** Returns what went wrong, which need not be a matter of the certificates. */
    private @Nullable WebSocketException connect(StreamWebSocket socket) throws IOException {
        socket.onServerCustomValidationRequested(
                event -> Thread.ofVirtual().name("cert-patience").start(() -> endAfterPatience(socket)));
        try {
            ClientSession.run(socket, uri, cleanup, output, connected -> {});
            return null;
        } catch (WebSocketException e) {
            return e;
        }
    }

    /** What speaks no HTTP may wait for us as we wait for it; by then we have what we came for. */
    private static void endAfterPatience(StreamWebSocket socket) {
        try {
            Thread.sleep(PATIENCE);
            socket.abort();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void print(ServerCertificates certificates, String connection) throws Failure {
        List<String> lines = pem
                ? SelfMadeAuthority.pem(certificates.sent()).lines().toList()
                : new CertificateReport(host(), certificates, client.ignored(), connection, clock.instant()).lines();
        byte[] text = (String.join(System.lineSeparator(), lines) + System.lineSeparator())
                .getBytes(pem ? StandardCharsets.US_ASCII : console.outCharset());
        console.write(text, 0, text.length);
    }

    private static String connection(StreamWebSocketInformation information) {
        if (information.tlsProtocol().isEmpty()) {
            return "";
        }
        String alpn = information.applicationProtocol();
        return information.tlsProtocol().replaceFirst("^TLSv", "TLS ") + ", " + information.tlsCipherSuite()
                + (alpn.isEmpty() ? "" : ", ALPN " + alpn);
    }

    private String host() {
        String serverName = client.serverName();
        return serverName == null ? uri.getHost() : serverName;
    }

    private ExitCode conclude(ServerCertificates certificates, @Nullable WebSocketException failure)
            throws WebSocketException {
        List<ChainValidationResult> counting = new ArrayList<>(certificates.errors());
        if (counting.removeAll(client.ignored())) {
            output.note("what --ignore names does not count");
        }
        if (pem) {
            counting.forEach(error -> console.say(Main.NAME + ": " + error + ": "
                    + certificates.explanations().get(error)));
        }
        if (counting.stream().anyMatch(error -> error.severity() == SocketSslErrorSeverity.FATAL)) {
            return ExitCode.TLS;
        }
        if (!counting.isEmpty()) {
            return ExitCode.IGNORABLE;
        }
        if (failure != null) {
            ErrorReport report = ErrorReport.of(failure);
            if (report.exitCode() == ExitCode.TLS) {
                throw failure; // such as a server that wants to see a certificate of the client
            }
            boolean ours = failure.status() == WebErrorStatus.OPERATION_CANCELED;
            output.note("no WebSocket, which does not matter here: "
                    + (ours ? "no answer within " + PATIENCE.toSeconds() + " s" : report.line()));
        }
        return ExitCode.DONE;
    }
}
