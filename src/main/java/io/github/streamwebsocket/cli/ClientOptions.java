package io.github.streamwebsocket.cli;

import io.github.streamwebsocket.ClientWebSocket;
import io.github.streamwebsocket.WebSocketControl;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How to connect and exchange messages, for all commands that do. */
final class ClientOptions {
    static final String CLOSE_TIMEOUT = "--close-timeout";

    @Option(
            names = {"-H", "--header"},
            paramLabel = "HEADER",
            description = "Add a header, written 'Name: value', to the opening request. Repeatable.")
    private List<String> headers = new ArrayList<>();

    @Option(
            names = "--protocol",
            paramLabel = "NAME",
            description = "Offer a subprotocol, the best one first. Repeatable.")
    private List<String> protocols = new ArrayList<>();

    @Option(
            names = "--read-timeout",
            paramLabel = "TIME",
            defaultValue = "0",
            converter = Units.DurationConverter.class,
            description = "Fail when the server sends nothing for so long while something is waited for. 0 waits for"
                    + " ever. Default: ${DEFAULT-VALUE}")
    private Duration readTimeout = Duration.ZERO;

    @Option(
            names = "--write-timeout",
            paramLabel = "TIME",
            defaultValue = "0",
            converter = Units.DurationConverter.class,
            description =
                    "Fail when the server takes no data for so long. 0 waits for ever: a server that does not read"
                            + " holds this command. Default: ${DEFAULT-VALUE}")
    private Duration writeTimeout = Duration.ZERO;

    @Option(
            names = CLOSE_TIMEOUT,
            paramLabel = "TIME",
            defaultValue = "5s",
            converter = Units.DurationConverter.class,
            description = "How long the server may take to answer our Close. Default: ${DEFAULT-VALUE}")
    private Duration closeTimeout = Duration.ofSeconds(5);

    @Mixin
    private final ConnectOptions connect = new ConnectOptions();

    /**
     * Sets the options on a new socket, of whichever kind.
     *
     * @param ownHeaders headers of the command, unless the user gives the same
     * @return the socket
     * @throws Failure if an option cannot be used
     */
    <S extends ClientWebSocket> S configure(S socket, Map<String, String> ownHeaders) throws Failure {
        connect.configure(socket);
        WebSocketControl<?> control = socket.control();
        try {
            control.readTimeout(readTimeout).writeTimeout(writeTimeout).closeTimeout(closeTimeout);
            protocols.forEach(control.supportedProtocols()::add);
            Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            all.putAll(ownHeaders);
            all.putAll(userHeaders());
            all.forEach(socket::setRequestHeader);
        } catch (IllegalArgumentException e) {
            throw new Failure(ExitCode.USAGE, String.valueOf(e.getMessage()), e);
        }
        return socket;
    }

    private Map<String, String> userHeaders() throws Failure {
        Map<String, String> map = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String header : headers) {
            int colon = header.indexOf(':');
            if (colon < 1) {
                throw new Failure(ExitCode.USAGE, "expected a header such as 'Name: value' but was '" + header + "'");
            }
            String name = header.substring(0, colon).strip();
            if (map.put(name, header.substring(colon + 1).strip()) != null) {
                throw new Failure(ExitCode.USAGE, "expected each header once but " + name + " came twice");
            }
        }
        return map;
    }
}
