package io.github.streamwebsocket.cli;

import io.github.streamwebsocket.ChainValidationResult;
import io.github.streamwebsocket.ClientWebSocket;
import io.github.streamwebsocket.WebSocketControl;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** How to connect, for all commands that do. */
final class ClientOptions {
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
            names = "--connect-timeout",
            paramLabel = "TIME",
            defaultValue = "30s",
            converter = Units.DurationConverter.class,
            description = "For name look-up, TCP, TLS and handshake together. Default: ${DEFAULT-VALUE}")
    private Duration connectTimeout = Duration.ofSeconds(30);

    @Option(
            names = "--read-timeout",
            paramLabel = "TIME",
            defaultValue = "0",
            converter = Units.DurationConverter.class,
            description = "Fail when the server sends nothing for so long while something is waited for. 0 waits for"
                    + " ever. Default: ${DEFAULT-VALUE}")
    private Duration readTimeout = Duration.ZERO;

    @Option(
            names = "--close-timeout",
            paramLabel = "TIME",
            converter = Units.DurationConverter.class,
            description = "How long the server may take to answer our Close. Default: 60s for send, whose last data"
                    + " may be long on the way; else 5s")
    private @Nullable Duration closeTimeout;

    @Option(
            names = "--connect-to",
            paramLabel = "HOST:PORT",
            converter = AddressConverter.class,
            description = "Connect there instead, and ask for the URI's host all the same.")
    private @Nullable InetSocketAddress connectTo;

    @Option(
            names = "--server-name",
            paramLabel = "HOST",
            description = "Ask TLS for this name, and expect it in the certificate, instead of the URI's host.")
    private @Nullable String serverName;

    @Mixin
    private final TrustOptions trust = new TrustOptions();

    @Mixin
    private final ClientCertificateOptions certificate = new ClientCertificateOptions();

    /** Returns the name the certificate has to have instead of the URI's host, null for none. */
    @Nullable
    String serverName() {
        return serverName;
    }

    /** Returns the errors of a certificate that do not matter. */
    Set<ChainValidationResult> ignored() {
        return trust.ignored();
    }

    /**
     * Sets the options on a new socket, of whichever kind.
     *
     * @param ownHeaders headers of the command, unless the user gives the same
     * @param usualCloseTimeout the close timeout, unless the user gives one
     * @return the socket
     * @throws Failure if an option cannot be used
     */
    <S extends ClientWebSocket> S configure(S socket, Map<String, String> ownHeaders, Duration usualCloseTimeout)
            throws Failure {
        WebSocketControl<?> control = socket.control();
        try {
            control.connectTimeout(connectTimeout)
                    .readTimeout(readTimeout)
                    .closeTimeout(closeTimeout == null ? usualCloseTimeout : closeTimeout)
                    .targetAddress(connectTo)
                    .serverName(serverName);
            protocols.forEach(control.supportedProtocols()::add);
            Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            all.putAll(ownHeaders);
            all.putAll(userHeaders());
            all.forEach(socket::setRequestHeader);
            trust.apply(control);
            control.clientCertificate(certificate.read());
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

    /** Reads HOST:PORT, with an IPv6 address in brackets. The name is looked up when connecting. */
    static final class AddressConverter implements ITypeConverter<InetSocketAddress> {
        @Override
        public InetSocketAddress convert(String text) {
            int colon = text.lastIndexOf(':');
            String host = colon < 0 ? "" : text.substring(0, colon);
            if (host.startsWith("[") && host.endsWith("]")) {
                host = host.substring(1, host.length() - 1);
            } else if (host.contains(":")) {
                host = "";
            }
            try {
                int port = Integer.parseInt(text.substring(colon + 1));
                if (!host.isEmpty() && port > 0 && port <= 65_535) {
                    return InetSocketAddress.createUnresolved(host, port);
                }
            } catch (NumberFormatException e) {
                // said below
            }
            throw new TypeConversionException(
                    "expected HOST:PORT, an IPv6 address in brackets, but was '" + text + "'");
        }
    }
}
