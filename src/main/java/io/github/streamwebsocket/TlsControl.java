package io.github.streamwebsocket;

import io.github.streamwebsocket.internal.TlsSettings;
import io.github.streamwebsocket.internal.tls.PemFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.cert.Certificate;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a client that concern TLS: whom to trust, how to look at certificates, what to offer. They are read
 * when {@code connect} starts, for {@code wss} only; until then, and again after a failed connect, they may be changed by
 * one thread at a time. A change at any other time throws {@link IllegalStateException}. Setters return the control, so
 * calls chain.
 *
 * @param <C> the control they are settings of
 */
public abstract sealed class TlsControl<C extends TlsControl<C>> permits WebSocketControl {
    final Runnable checkConfigurable;
    private final IgnorableErrors ignorableErrors;
    private List<X509Certificate> trustAnchors = List.of();
    private Set<String> publicKeyPins = Set.of();
    private boolean weakAlgorithmsRefused = true;
    private Revocation revocation = Revocation.NONE;
    private List<X509CRL> revocationLists = List.of();
    private List<byte[]> ocspResponses = List.of();
    private @Nullable ClientCertificate clientCertificate;
    private TlsVersion lowestTlsVersion = TlsVersion.TLS_1_2;
    private List<String> namedGroups = List.of();
    private @Nullable SSLContext sslContext;

    /**
     * Makes the settings of a socket.
     *
     * @param checkConfigurable throws IllegalStateException when the settings must not be changed
     */
    TlsControl(Runnable checkConfigurable) {
        this.checkConfigurable = checkConfigurable;
        ignorableErrors = new IgnorableErrors(checkConfigurable);
    }

    abstract C self();

    /** @throws IllegalStateException when two settings exclude each other; the message names both */
    TlsSettings tlsSnapshot() {
        if (sslContext != null) {
            refuseBesideContext(!trustAnchors.isEmpty(), "trustOnly");
            refuseBesideContext(!ignorableErrors.isEmpty(), "ignorableServerCertificateErrors");
            refuseBesideContext(revocation != Revocation.NONE, "revocation(" + revocation + ")");
            refuseBesideContext(!weakAlgorithmsRefused, "weakAlgorithmsRefused(false)");
            refuseBesideContext(clientCertificate != null, "clientCertificate");
        }
        return new TlsSettings(
                trustAnchors,
                ignorableErrors.snapshot(),
                publicKeyPins,
                weakAlgorithmsRefused,
                revocation,
                revocationLists,
                ocspResponses,
                clientCertificate == null ? null : clientCertificate.keyManager(),
                lowestTlsVersion,
                namedGroups,
                sslContext);
    }

    private static void refuseBesideContext(boolean set, String setting) {
        if (set) {
            throw new IllegalStateException("expected sslContext or " + setting
                    + " but both are set: the trust and key managers of the context decide");
        }
    }

    /**
     * Returns the errors of a server's certificate chain that do not matter; empty by default. The set is live: add to it
     * before connecting. A chain whose errors are all in it passes, the errors stay in {@link
     * StreamWebSocketInformation#serverCertificateErrors()}, and {@link ClientWebSocket#onServerCustomValidationRequested}
     * can still look at it. Without a {@link #publicKeyPins pin} or such a handler, ignoring {@link
     * ChainValidationResult#UNTRUSTED}, {@link ChainValidationResult#INCOMPLETE_CHAIN} or {@link
     * ChainValidationResult#INVALID_NAME} lets in whoever stands between.
     *
     * @return a modifiable set that takes errors of severity {@link SocketSslErrorSeverity#IGNORABLE}: others throw {@link
     *     IllegalArgumentException}
     */
    public Set<ChainValidationResult> ignorableServerCertificateErrors() {
        return ignorableErrors;
    }

    /**
     * Returns the only authorities that are trusted to vouch for a server.
     *
     * @return their certificates; empty, the default: those of the JDK's trust store
     */
    public List<X509Certificate> trustAnchors() {
        return trustAnchors;
    }

    /**
     * Trusts only these authorities, instead of those of the JDK's trust store. A trust anchor is trusted by its name and
     * key, whatever else its certificate says; only its name constraints and the length of path it allows hold. It need
     * not be self-signed, and may be the server's own certificate.
     *
     * @param authorities their certificates
     * @return this
     * @throws IllegalArgumentException if there is none: nobody would be trusted; {@link #trustDefaults()} goes back
     */
    public C trustOnly(Collection<X509Certificate> authorities) {
        checkConfigurable.run();
        if (Objects.requireNonNull(authorities, "authorities").isEmpty()) {
            throw new IllegalArgumentException(
                    "expected at least one authority but there is none, so nobody would be trusted");
        }
        trustAnchors = List.copyOf(authorities);
        return self();
    }

    /**
     * Trusts only the authorities in a file, instead of those of the JDK's trust store.
     *
     * @param pemFile has one or more certificates in PEM; read now
     * @return this
     * @throws IOException if the file cannot be read or has no certificate; the message names file and fault
     */
    public C trustOnly(Path pemFile) throws IOException {
        checkConfigurable.run();
        trustAnchors = List.copyOf(PemFiles.certificates(Objects.requireNonNull(pemFile, "pemFile")));
        return self();
    }

    /**
     * Trusts only the authorities in a key store, instead of those of the JDK's trust store: its trusted certificate
     * entries. Entries with a private key are passed over.
     *
     * @param keyStore is loaded; read now
     * @return this
     * @throws IllegalArgumentException if it is not loaded or has no trusted certificate entry
     */
    public C trustOnly(KeyStore keyStore) {
        checkConfigurable.run();
        Objects.requireNonNull(keyStore, "keyStore");
        List<X509Certificate> found = new ArrayList<>();
        try {
            for (String alias : Collections.list(keyStore.aliases())) {
                Certificate certificate = keyStore.isCertificateEntry(alias) ? keyStore.getCertificate(alias) : null;
                if (certificate instanceof X509Certificate authority) {
                    found.add(authority);
                }
            }
        } catch (KeyStoreException e) {
            throw new IllegalArgumentException("expected a key store that is loaded: " + e.getMessage(), e);
        }
        if (found.isEmpty()) {
            throw new IllegalArgumentException(
                    "expected a key store with a trusted certificate entry but it has none, so nobody would be trusted");
        }
        trustAnchors = List.copyOf(found);
        return self();
    }

    /**
     * Trusts the authorities of the JDK's trust store, as before any {@link #trustOnly(Collection) trustOnly}.
     *
     * @return this
     */
    public C trustDefaults() {
        checkConfigurable.run();
        trustAnchors = List.of();
        return self();
    }

    /**
     * Returns the public keys one of which the path must have.
     *
     * @return pins as {@code sha256/} and base64, in the order given; empty by default
     */
    public Set<String> publicKeyPins() {
        return publicKeyPins;
    }

    /**
     * Demands one of these public keys in the path from the server's certificate to the trust anchor, beside all other
     * checks; a path without is {@link ChainValidationResult#OTHER_ERRORS}. Only certificates whose signatures lead to the
     * server's own count, not whatever else it sends. Give a second pin, of a key that is kept safe for the day the first
     * is lost.
     *
     * @param pins each {@code sha256/} and the base64 of SHA-256 over the SubjectPublicKeyInfo, as of RFC 7469 2.4; an
     *     empty array to demand nothing
     * @return this
     * @throws IllegalArgumentException if a pin is not of this form
     */
    public C publicKeyPins(String... pins) {
        checkConfigurable.run();
        Set<String> checked = new LinkedHashSet<>();
        for (String pin : Objects.requireNonNull(pins, "pins")) {
            checked.add(PublicKeyPin.checked(Objects.requireNonNull(pin, "pin")));
        }
        publicKeyPins = Collections.unmodifiableSet(checked);
        return self();
    }

    /**
     * Returns whether weak algorithms are an error.
     *
     * @return true by default
     */
    public boolean weakAlgorithmsRefused() {
        return weakAlgorithmsRefused;
    }

    /**
     * Sets whether weak algorithms below the trust anchor are {@link ChainValidationResult#OTHER_ERRORS}: signatures with
     * MD5 or SHA-1, RSA keys under 2048 bits, EC keys under 224 bits, DSA.
     *
     * @param value false only for old servers that cannot be changed
     * @return this
     */
    public C weakAlgorithmsRefused(boolean value) {
        checkConfigurable.run();
        weakAlgorithmsRefused = value;
        return self();
    }

    /**
     * Returns whether to look if certificates were revoked.
     *
     * @return {@link Revocation#NONE} by default
     */
    public Revocation revocation() {
        return revocation;
    }

    /**
     * Sets whether to look if certificates were revoked. Nothing is fetched.
     *
     * @param value see the constants
     * @return this
     */
    public C revocation(Revocation value) {
        checkConfigurable.run();
        revocation = Objects.requireNonNull(value, "value");
        return self();
    }

    /**
     * Sets the certificate revocation lists that {@link #revocation(Revocation)} looks at (RFC 5280 5). Their signatures,
     * issuers, scopes and dates are checked then.
     *
     * @param lists complete lists, and delta lists beside them; empty for none
     * @return this
     */
    public C revocationLists(Collection<? extends X509CRL> lists) {
        checkConfigurable.run();
        revocationLists = List.copyOf(Objects.requireNonNull(lists, "lists"));
        return self();
    }

    /**
     * Sets OCSP responses that {@link #revocation(Revocation)} looks at, beside those the server staples (RFC 6960 4.2).
     * Their signatures, responders and dates are checked then.
     *
     * @param responses each an OCSPResponse in DER; empty for none
     * @return this
     */
    public C ocspResponses(Collection<byte[]> responses) {
        checkConfigurable.run();
        ocspResponses = Objects.requireNonNull(responses, "responses").stream()
                .map(byte[]::clone)
                .toList();
        return self();
    }

    /**
     * Returns what the client proves its name with.
     *
     * @return the certificate and key, empty by default
     */
    public Optional<ClientCertificate> clientCertificate() {
        return Optional.ofNullable(clientCertificate);
    }

    /**
     * Sets what the client proves its name with, if the server asks.
     *
     * @param value certificate and key; null for nothing
     * @return this
     */
    public C clientCertificate(@Nullable ClientCertificate value) {
        checkConfigurable.run();
        clientCertificate = value;
        return self();
    }

    /**
     * Returns the lowest version of TLS that is spoken.
     *
     * @return {@link TlsVersion#TLS_1_2} by default
     */
    public TlsVersion lowestTlsVersion() {
        return lowestTlsVersion;
    }

    /**
     * Sets the lowest version of TLS that is spoken; the highest is TLS 1.3.
     *
     * @param value the version
     * @return this
     */
    public C lowestTlsVersion(TlsVersion value) {
        checkConfigurable.run();
        lowestTlsVersion = Objects.requireNonNull(value, "value");
        return self();
    }

    /**
     * Returns the groups that are offered for the key exchange.
     *
     * @return names in order of preference; empty, the default: {@code X25519MLKEM768}, {@code x25519}, {@code secp256r1},
     *     {@code secp384r1}, {@code secp521r1}
     */
    public List<String> namedGroups() {
        return namedGroups;
    }

    /**
     * Sets the groups that are offered for the key exchange (RFC 8446 4.2.7). A key share is sent at once for the first
     * hybrid group and for the first other one; a server that has neither asks for another, which costs a round trip. A
     * server whose chain has EC keys is only reached when their curves are among the groups.
     *
     * @param names as registered by IANA, in order of preference; an empty array for the default
     * @return this
     * @throws IllegalArgumentException if a name is not known
     */
    public C namedGroups(String... names) {
        checkConfigurable.run();
        namedGroups = List.copyOf(NamedGroupNames.checked(Objects.requireNonNull(names, "names")));
        return self();
    }

    /**
     * Returns what makes the TLS sockets instead of BouncyCastle.
     *
     * @return the context, empty by default
     */
    public Optional<SSLContext> sslContext() {
        return Optional.ofNullable(sslContext);
    }

    /**
     * Sets what makes the TLS sockets instead of BouncyCastle. Then the trust manager of the context is the authority:
     * it judges the chain and, as HTTPS does, the host name; {@link #trustOnly}, {@link
     * #ignorableServerCertificateErrors()}, {@link #revocation(Revocation)}, {@link #weakAlgorithmsRefused(boolean)} and
     * {@link #clientCertificate(ClientCertificate)} are not for it, and {@code connect} throws {@link
     * IllegalStateException} when one is set beside it. Of the versions that the context enables, TLS 1.2 and 1.3 are
     * spoken, from {@link #lowestTlsVersion(TlsVersion)} on; cipher suites are the context's, and so are the groups unless
     * {@link #namedGroups(String...)} were set, of which it takes those it knows. Pins are checked and the handlers of {@link
     * ClientWebSocket#onServerCustomValidationRequested} run after the handshake, also after one that resumed a session,
     * and before the first byte of the opening request; {@code reject()} then closes the connection. The list of errors
     * is empty, or {@link ChainValidationResult#OTHER_ERRORS} when the trust manager refused.
     *
     * @param value the context; null for BouncyCastle
     * @return this
     */
    public C sslContext(@Nullable SSLContext value) {
        checkConfigurable.run();
        sslContext = value;
        return self();
    }
}
