package io.github.streamwebsocket.cli;

import io.github.streamwebsocket.ChainValidationResult;
import io.github.streamwebsocket.SocketSslErrorSeverity;
import io.github.streamwebsocket.TlsControl;
import io.github.streamwebsocket.TlsVersion;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Which servers to trust, and what of a certificate not to mind. */
final class TrustOptions {
    @Option(
            names = "--ca",
            paramLabel = "FILE",
            description = "Trust only the certificate authorities in this PEM file. Default: those Java trusts")
    private @Nullable Path ca;

    @Option(
            names = "--pin",
            paramLabel = "PIN",
            description = "Demand this public key, written sha256/..., of the server or of one of its authorities."
                    + " \"cert\" prints them. Repeatable: one of them must be there.")
    private List<String> pins = new ArrayList<>();

    @Option(
            names = "--ignore",
            paramLabel = "ERROR",
            split = ",",
            splitSynopsisLabel = "",
            converter = IgnorableConverter.class,
            description = "Do not mind this error of the certificate, such as EXPIRED; several with commas between."
                    + " Repeatable. To ignore UNTRUSTED, INCOMPLETE_CHAIN or INVALID_NAME without --pin lets in whoever"
                    + " stands between.")
    private List<ChainValidationResult> ignored = new ArrayList<>();

    @Option(names = "--tls13", description = "Refuse TLS 1.2.")
    private boolean tls13;

    /** Returns the errors that do not matter. */
    Set<ChainValidationResult> ignored() {
        return Set.copyOf(ignored);
    }

    /**
     * Sets what was given.
     *
     * @throws IllegalArgumentException if a pin is none
     * @throws Failure if a file cannot be read
     */
    void apply(TlsControl<?> control) throws Failure {
        control.publicKeyPins(pins.toArray(String[]::new));
        control.ignorableServerCertificateErrors().addAll(ignored);
        if (tls13) {
            control.lowestTlsVersion(TlsVersion.TLS_1_3);
        }
        if (ca != null) {
            try {
                control.trustOnly(ca);
            } catch (IOException e) {
                throw new Failure(ExitCode.FILE, String.valueOf(e.getMessage()), e);
            }
        }
    }

    /** Reads the name of an error that may be ignored. */
    static final class IgnorableConverter implements ITypeConverter<ChainValidationResult> {
        @Override
        public ChainValidationResult convert(String text) {
            String name = text.strip().toUpperCase(Locale.ROOT).replace('-', '_');
            for (ChainValidationResult error : ChainValidationResult.values()) {
                if (error.name().equals(name) && error.severity() == SocketSslErrorSeverity.IGNORABLE) {
                    return error;
                }
            }
            String allowed = Arrays.stream(ChainValidationResult.values())
                    .filter(error -> error.severity() == SocketSslErrorSeverity.IGNORABLE)
                    .map(ChainValidationResult::name)
                    .collect(Collectors.joining(", "));
            throw new TypeConversionException("expected some of " + allowed + " but was '" + text + "'");
        }
    }
}
