package io.github.streamwebsocket.cli;

import io.github.streamwebsocket.ChainValidationResult;
import io.github.streamwebsocket.ClientWebSocket;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Whom to connect to and whom to trust, for all commands that connect. */
final class ConnectOptions {
    @Option(
            names = "--connect-timeout",
            paramLabel = "TIME",
            defaultValue = "30s",
            converter = Units.DurationConverter.class,
            description = "For name look-up, TCP, TLS and handshake together. Default: ${DEFAULT-VALUE}")
    private Duration connectTimeout = Duration.ofSeconds(30);

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
     * @throws Failure if an option cannot be used
     */
    void configure(ClientWebSocket socket) throws Failure {
        try {
            socket.control()
                    .connectTimeout(connectTimeout)
                    .targetAddress(connectTo)
                    .serverName(serverName)
                    .clientCertificate(certificate.read());
            trust.apply(socket.control());
        } catch (IllegalArgumentException e) {
            throw new Failure(ExitCode.USAGE, String.valueOf(e.getMessage()), e);
        }
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
