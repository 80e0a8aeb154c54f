package io.github.streamwebsocket;

import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The certificates of a server and what was found wrong with them.
 *
 * @param sent what the server sent, in its order: its own certificate first; empty when it has sent none, or not yet
 * @param path the way that was judged: the server's certificate, who issued it, and so on; the last is the trust anchor,
 *     unless the chain is {@link ChainValidationResult#UNTRUSTED} or {@link ChainValidationResult#INCOMPLETE_CHAIN}
 * @param explanations every error that was found, in the order of the constants, each with words that say where; text of
 *     certificates in them is escaped and cut
 */
public record ServerCertificates(
        List<X509Certificate> sent, List<X509Certificate> path, Map<ChainValidationResult, String> explanations) {

    /** No certificates, and nothing wrong with them: the state before there are any. */
    public static final ServerCertificates NONE = new ServerCertificates(List.of(), List.of(), Map.of());

    /** Made by the library, and by tests of handlers. */
    public ServerCertificates {
        sent = List.copyOf(Objects.requireNonNull(sent, "sent"));
        path = List.copyOf(Objects.requireNonNull(path, "path"));
        Map<ChainValidationResult, String> ordered = new EnumMap<>(ChainValidationResult.class);
        ordered.putAll(Objects.requireNonNull(explanations, "explanations"));
        explanations = Collections.unmodifiableMap(ordered);
    }

    /**
     * Returns the server's own certificate.
     *
     * @return the first that was sent, empty when there is none
     */
    public Optional<X509Certificate> certificate() {
        return sent.isEmpty() ? Optional.empty() : Optional.of(sent.get(0));
    }

    /**
     * Returns what the server sent beside its own certificate.
     *
     * @return the rest of {@link #sent()}, in its order
     */
    public List<X509Certificate> intermediates() {
        return sent.isEmpty() ? List.of() : sent.subList(1, sent.size());
    }

    /**
     * Returns every error that was found.
     *
     * @return the errors in the order of the constants; empty when there are none
     */
    public List<ChainValidationResult> errors() {
        return List.copyOf(explanations.keySet());
    }

    /**
     * Returns how bad the errors are.
     *
     * @return the severity of the worst, {@link SocketSslErrorSeverity#NONE} when there are none
     */
    public SocketSslErrorSeverity severity() {
        SocketSslErrorSeverity worst = SocketSslErrorSeverity.NONE;
        for (ChainValidationResult error : explanations.keySet()) {
            if (error.severity().compareTo(worst) > 0) {
                worst = error.severity();
            }
        }
        return worst;
    }
}
