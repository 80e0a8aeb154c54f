package io.github.streamwebsocket.cli;

import io.github.streamwebsocket.Registration;
import io.github.streamwebsocket.WebSocket;
import io.github.streamwebsocket.WebSocketClosedException;
import io.github.streamwebsocket.WebSocketConnectException;
import io.github.streamwebsocket.WebSocketException;
import io.github.streamwebsocket.WebSocketListener;
import io.github.streamwebsocket.WebSocketListenerOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Listens for WebSocket clients. */
@Command(
        name = "serve",
        header = "Listen for WebSocket clients: echo, sink, or a directory of files.",
        customSynopsis = "streamwebsocket serve (--echo | --sink | --files=DIR) [OPTIONS]",
        description = {
            "",
            "Prints the address once it listens, and serves until Ctrl-C, which closes all connections with 1001.",
            "",
            "With --files, a message that is sent to /NAME is stored in DIR under that name, when it is complete; who"
                    + " connects to /NAME and sends nothing, or is \"streamwebsocket receive\", gets the file as one"
                    + " message. Text is refused there. No name leads out of DIR or into its subdirectories."
        },
        footer = {
            "",
            "Examples:",
            "  streamwebsocket serve --echo",
            "  streamwebsocket serve --files inbox --tls --port 8443 --ca-out ca.pem",
            "  streamwebsocket serve --sink --bind 0.0.0.0 --cert chain.pem --key key.pem"
        })
final class ServeCommand implements Callable<Integer> {
    /** Finds clients that are gone without a word, so that they hold no place. */
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(30);

    /** A client reads what is on the way to it before it answers our Close; a slow one takes its time. */
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(30);

    private final Console console;
    private final Cleanup cleanup;

    @Option(names = "--echo", description = "Send each message back, text as text, section by section.")
    private boolean echo;

    @Option(names = "--sink", description = "Drop what comes, and say size and rate of each message.")
    private boolean sink;

    @Option(names = "--files", paramLabel = "DIR", description = "Store what is sent to /NAME, and give what is there.")
    private @Nullable Path files;

    @Option(names = "--force", description = "With --files: let clients replace files.")
    private boolean force;

    @Option(
            names = "--bind",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description = "The address to listen on; 0.0.0.0 for all. Default: ${DEFAULT-VALUE}")
    private String bind = "127.0.0.1";

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "0",
            description = "The port to listen on; 0 for one that is free. Default: ${DEFAULT-VALUE}")
    private int port;

    @Mixin
    private final ServerTls tls = new ServerTls();

    @Option(names = "--protocol", paramLabel = "NAME", description = "Speak a subprotocol. Repeatable.")
    private List<String> protocols = new ArrayList<>();

    @Mixin
    private final CompressionOption compression = new CompressionOption();

    @Mixin
    private final OutputOptions output;

    ServeCommand(Console console, Cleanup cleanup) {
        this.console = console;
        this.cleanup = cleanup;
        output = new OutputOptions(console, cleanup);
    }

    @Override
    public Integer call() throws IOException {
        tls.check();
        Service<?> service = service();
        InetSocketAddress address = address();
        WebSocketListenerOptions options = new WebSocketListenerOptions()
                .keepAliveInterval(KEEP_ALIVE)
                .closeTimeout(CLOSE_TIMEOUT)
                .compression(compression.settings().orElse(null))
                .onHandshake(service::admit);
        try {
            protocols.forEach(options.supportedProtocols()::add);
        } catch (IllegalArgumentException e) {
            throw new Failure(ExitCode.USAGE, String.valueOf(e.getMessage()), e);
        }
        Optional<Path> authority = tls.configure(options, address.getAddress(), cleanup);
        try (WebSocketListener listener = bind(address, options);
                Registration registration = cleanup.addFirst(listener::close)) {
            console.print("listening on " + uri(tls.wanted() ? "wss" : "ws", listener.localAddress()));
            if (authority.isPresent()) {
                console.print("trust it with --ca " + authority.get());
            }
            acceptAll(listener, service);
        }
        return ExitCode.DONE.value();
    }

    private Service<?> service() throws Failure {
        int modes = (echo ? 1 : 0) + (sink ? 1 : 0) + (files != null ? 1 : 0);
        if (modes == 0) {
            throw new Failure(ExitCode.USAGE, "expected --echo, --sink or --files=DIR, which say what clients get");
        }
        if (modes > 1) {
            throw new Failure(ExitCode.USAGE, "expected only one of --echo, --sink and --files but there are " + modes);
        }
        if (files != null) {
            return new FileService(FileStore.of(files), force, cleanup);
        }
        if (force) {
            throw new Failure(ExitCode.USAGE, "expected --force with --files only");
        }
        return echo ? new EchoService() : new SinkService(output::note);
    }

    private InetSocketAddress address() throws Failure {
        if (port < 0 || port > 65_535) {
            throw new Failure(ExitCode.USAGE, "expected a port from 0 to 65535 but was " + port);
        }
        try {
            return new InetSocketAddress(InetAddress.getAllByName(bind)[0], port);
        } catch (UnknownHostException e) {
            throw new Failure(ExitCode.NO_CONNECTION, "cannot listen on " + bind + ": no such name", e);
        }
    }

    private WebSocketListener bind(InetSocketAddress address, WebSocketListenerOptions options) throws IOException {
        try {
            return WebSocketListener.bind(address, options);
        } catch (WebSocketConnectException e) {
            String reason = String.valueOf(
                    e.getCause() == null ? e.getMessage() : e.getCause().getMessage());
            String where = bind + (port == 0 ? "" : ":" + port);
            throw new Failure(ExitCode.NO_CONNECTION, "cannot listen on " + where + ": " + reason, e);
        }
    }

    /** Returns the URI by which a listener at an address is reached. */
    static String uri(String scheme, InetSocketAddress address) {
        String host = address.getAddress().getHostAddress();
        return scheme + "://" + (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + address.getPort() + "/";
    }

    /** Serves each client on a thread of its own until the listener is closed. */
    private <S extends WebSocket> void acceptAll(WebSocketListener listener, Service<S> service)
            throws WebSocketException {
        while (true) {
            S socket;
            try {
                socket = service.accept(listener);
            } catch (WebSocketClosedException e) {
                return;
            }
            Thread.ofVirtual().name("client").start(() -> serve(socket, service));
        }
    }

    private <S extends WebSocket> void serve(S socket, Service<S> service) {
        String client = nameOf(socket);
        if (compression.settings().isPresent()) {
            output.detail(client + ": "
                    + CompressionOption.outcome(socket.information().compression()));
        }
        try (Registration registration = cleanup.add(socket);
                socket) {
            String outcome = service.serve(socket);
            if (!outcome.isEmpty()) {
                output.note(client + ": " + outcome);
            }
        } catch (IOException | RuntimeException e) {
            complain(client, e);
        }
    }

    /** Errors are said also when all else is not; the server goes on. */
    private void complain(String client, Exception failure) {
        if (cleanup.ending()) {
            return;
        }
        console.say(Main.NAME + ": client " + client + ": "
                + ErrorReport.of(failure).line());
        if (output.verbose()) {
            failure.printStackTrace(console.err());
        }
    }

    /** Returns what a client is called in what is said about it: its address. */
    static String nameOf(WebSocket socket) {
        return socket.information()
                .remoteAddress()
                .map(address -> address.getAddress().getHostAddress() + ":" + address.getPort())
                .orElse("unknown");
    }
}
