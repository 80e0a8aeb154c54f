package io.github.streamwebsocket.cli;

import io.github.streamwebsocket.WebSocketListenerOptions;
import io.github.streamwebsocket.cli.SelfMadeAuthority.Credential;
import io.github.streamwebsocket.cli.SelfMadeAuthority.KeyKind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The certificate of {@code serve}: one from files, or one made for the occasion by an authority made for it. */
final class ServerTls {
    private static final String PEM_BEGIN = "-----BEGIN CERTIFICATE-----";

    @Option(
            names = "--tls",
            description = "Listen for wss://. Without --cert, with a certificate made for the occasion: the file whose"
                    + " name is printed is for --ca of the other commands, and is deleted at the end.")
    private boolean tls;

    @Option(
            names = "--cert",
            paramLabel = "FILE",
            description = "Listen for wss:// with the certificate chain in this PEM file; needs --key.")
    private @Nullable Path cert;

    @Option(names = "--key", paramLabel = "FILE", description = "The private key of --cert, in PEM, not encrypted.")
    private @Nullable Path key;

    @Option(
            names = "--ca-out",
            paramLabel = "FILE",
            description = "Where the authority's certificate is written that --tls makes; it stays there.")
    private @Nullable Path caOut;

    /** Tells whether this is to be TLS. */
    boolean wanted() {
        return tls || cert != null;
    }

    /** Checks that the options go together. */
    void check() throws Failure {
        if ((cert == null) != (key == null)) {
            throw new Failure(ExitCode.USAGE, "expected --cert and --key together");
        }
        if (caOut != null && (!tls || cert != null)) {
            throw new Failure(ExitCode.USAGE, "expected --ca-out with --tls and without --cert");
        }
    }

    /**
     * Sets up TLS for a listener that is bound to an address.
     *
     * @return the file with the certificate that clients have to trust, if one was made
     */
    Optional<Path> configure(WebSocketListenerOptions options, InetAddress bind, Cleanup cleanup) throws Failure {
        if (cert != null && key != null) {
            try {
                options.tls(cert, key);
            } catch (IOException e) {
                throw new Failure(ExitCode.FILE, String.valueOf(e.getMessage()), e);
            }
            return Optional.empty();
        }
        if (!tls) {
            return Optional.empty();
        }
        SelfMadeAuthority authority = SelfMadeAuthority.create("streamwebsocket serve", KeyKind.EC);
        Credential credential = authority.issue(KeyKind.EC, names(bind).toArray(String[]::new));
        options.tls(credential.chain(), credential.privateKey());
        return Optional.of(write(SelfMadeAuthority.pem(List.of(authority.certificate())), cleanup));
    }

    /** What a client may call this machine. */
    private static Set<String> names(InetAddress bind) {
        Set<String> names = new LinkedHashSet<>(List.of("localhost", "127.0.0.1", "::1"));
        names.add(literal(bind));
        if (bind.isAnyLocalAddress()) {
            names.remove(literal(bind));
            try {
                NetworkInterface.networkInterfaces()
                        .flatMap(network -> network.getInterfaceAddresses().stream())
                        .map(InterfaceAddress::getAddress)
                        .forEach(address -> names.add(literal(address)));
            } catch (SocketException e) {
                // Then clients reach it by the other names.
            }
        }
        return names;
    }

    /** The address as a certificate has it: without the zone of an IPv6 address. */
    private static String literal(InetAddress address) {
        return address.getHostAddress().replaceFirst("%.*", "");
    }

    private Path write(String pem, Cleanup cleanup) throws Failure {
        if (caOut != null) {
            checkReplaceable(caOut);
            try (PartFile part = PartFile.create(caOut, cleanup)) {
                byte[] bytes = pem.getBytes(StandardCharsets.US_ASCII);
                part.write(bytes, 0, bytes.length);
                part.commit(true);
            }
            return caOut;
        }
        Path file = null;
        try {
            file = Files.createTempFile("streamwebsocket-ca-", ".pem");
            cleanup.deleteAtEnd(file);
            return Files.writeString(file, pem, StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw Failure.ofFile("cannot write", file == null ? Path.of("a temporary file") : file, e);
        }
    }

    /** The file of the last run may be replaced; what is no certificate is there by mistake. */
    private static void checkReplaceable(Path file) throws Failure {
        if (!Files.exists(file)) {
            return;
        }
        try {
            if (!Files.isRegularFile(file) || !startsWithCertificate(file)) {
                throw new Failure(ExitCode.FILE, file + " exists and is no certificate: it is left alone");
            }
        } catch (Failure e) {
            throw e;
        } catch (IOException e) {
            throw Failure.ofFile("cannot read", file, e);
        }
    }

    private static boolean startsWithCertificate(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            return PEM_BEGIN.equals(new String(in.readNBytes(PEM_BEGIN.length()), StandardCharsets.US_ASCII));
        }
    }
}
