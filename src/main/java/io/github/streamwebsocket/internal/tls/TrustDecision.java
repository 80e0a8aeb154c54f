package io.github.streamwebsocket.internal.tls;

import io.github.streamwebsocket.ChainValidationResult;
import io.github.streamwebsocket.ServerCertificates;
import io.github.streamwebsocket.WebSocketException;
import io.github.streamwebsocket.WebSocketServerCustomValidationRequestedEventArgs;
import io.github.streamwebsocket.internal.ServerValidation;
import io.github.streamwebsocket.internal.TlsSettings;
import io.github.streamwebsocket.internal.net.ConnectScope;
import io.github.streamwebsocket.internal.x509.SignedPath;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Decides about one server what its chain alone does not: which errors do not matter, whether a pinned key is there, and
 * what the application says. For one handshake.
 */
final class TrustDecision {

    private final String host;
    private final TlsSettings settings;
    private final ServerValidation validation;
    private final ConnectScope scope;

    TrustDecision(String host, TlsSettings settings, ServerValidation validation, ConnectScope scope) {
        this.host = host;
        this.settings = settings;
        this.validation = validation;
        this.scope = scope;
    }

    /**
     * Lets a server pass, or not. Blocks for the application's handlers.
     *
     * @param found what the validation has found
     * @throws CertificateRefusedException when it may not be connected to
     * @throws WebSocketException TIMEOUT, OPERATION_CANCELED when the attempt ends before a handler has decided
     */
    void decide(ServerCertificates found) throws CertificateRefusedException, WebSocketException {
        ServerCertificates facts = withPins(found);
        validation.facts().accept(facts);
        Set<ChainValidationResult> errors = EnumSet.noneOf(ChainValidationResult.class);
        errors.addAll(facts.errors());
        errors.removeAll(settings.ignorableErrors());
        if (!errors.isEmpty()) {
            throw CertificateRefusedException.notTrusted(host, facts, errors);
        }
        ask(facts);
    }

    /** A miss is fatal, whatever is ignored: who pins a key and ignores UNTRUSTED relies on the pin alone. */
    private ServerCertificates withPins(ServerCertificates found) {
        if (settings.publicKeyPins().isEmpty()) {
            return found;
        }
        // The path once more by its signatures: of errors that are ignored some let in certificates nobody vouches for.
        return PublicKeyPins.miss(SignedPath.of(found.path()), settings.publicKeyPins())
                .map(miss -> with(found, miss))
                .orElse(found);
    }

    private static ServerCertificates with(ServerCertificates found, String otherError) {
        Map<ChainValidationResult, String> explanations = new EnumMap<>(ChainValidationResult.class);
        explanations.putAll(found.explanations());
        explanations.merge(ChainValidationResult.OTHER_ERRORS, otherError, (first, second) -> first + "; " + second);
        return new ServerCertificates(found.sent(), found.path(), explanations);
    }

    private void ask(ServerCertificates facts) throws CertificateRefusedException, WebSocketException {
        List<Consumer<? super WebSocketServerCustomValidationRequestedEventArgs>> handlers =
                validation.handlers().get();
        if (handlers.isEmpty()) {
            return;
        }
        if (facts.certificate().isEmpty()) { // only an application's own SSLContext lets such a server come so far
            throw CertificateRefusedException.notTrusted(
                    host,
                    with(facts, "the server has shown no certificate to decide about"),
                    Set.of(ChainValidationResult.OTHER_ERRORS));
        }
        scope.enter("the validation by the application");
        for (Consumer<? super WebSocketServerCustomValidationRequestedEventArgs> handler : handlers) {
            Consultation consultation = new Consultation(handler, facts);
            if (!consultation.allows(scope)) {
                throw CertificateRefusedException.rejected(host, facts, consultation.fault());
            }
        }
        scope.enter(TlsClient.STEP);
    }
}
