package io.github.streamwebsocket.internal.tls;

import io.github.streamwebsocket.TlsVersion;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Provider;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.bouncycastle.jsse.BCSNIServerName;
import org.bouncycastle.jsse.BCSSLParameters;
import org.bouncycastle.jsse.BCSSLSocket;
import org.bouncycastle.jsse.BCStandardConstants;
import org.bouncycastle.jsse.provider.BouncyCastleJsseProvider;
import org.jspecify.annotations.Nullable;

/** BouncyCastle's JSSE as this library uses it: TLS 1.2 and 1.3, the JDK's ciphers, AES-GCM before all others. */
final class TlsProvider {

    /** A WebSocket is opened in HTTP/1.1 (RFC 6455 1.8); the name is that of RFC 7301 6. */
    static final String HTTP_1_1 = "http/1.1";

    private static final Provider JSSE = new BouncyCastleJsseProvider(false, new JdkFirstCrypto());

    /** BouncyCastle finds no default of its own among the JDK's providers. */
    private static final SecureRandom RANDOM = new SecureRandom();

    private TlsProvider() {}

    static SSLContext context(KeyManager[] keys, TrustManager[] trust) throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS", JSSE);
        context.init(keys, trust, RANDOM);
        return context;
    }

    /** Returns key managers that choose among the private keys of a key store by what the peer can verify. */
    static KeyManager[] keyManagers(KeyStore keys, char[] password) throws GeneralSecurityException {
        KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX", JSSE);
        factory.init(keys, password);
        return factory.getKeyManagers();
    }

    /**
     * Sets a socket's versions, suites, groups and ALPN, and the name a client asks for by SNI, as it is; null asks for
     * none. By BouncyCastle's interface, for JSSE's is strict about names, and knows no groups on JDK 21.
     */
    static void configure(SSLSocket socket, TlsVersion lowest, NamedGroups groups, @Nullable String serverName) {
        BCSSLSocket bouncyCastle = (BCSSLSocket) socket;
        BCSSLParameters parameters = bouncyCastle.getParameters();
        parameters.setProtocols(protocols(lowest));
        parameters.setCipherSuites(ordered(parameters.getCipherSuites()));
        parameters.setUseCipherSuitesOrder(true);
        parameters.setNamedGroups(groups.offered().toArray(new String[0]));
        parameters.setEarlyKeyShares(groups.early().toArray(new String[0]));
        parameters.setApplicationProtocols(new String[] {HTTP_1_1});
        // An empty list keeps the provider from adding a name of its own.
        parameters.setServerNames(serverName == null ? List.of() : List.of(new ServerName(serverName)));
        bouncyCastle.setParameters(parameters);
    }

    /** Returns the names that JSSE has for the versions from the lowest on, newest first. */
    static String[] protocols(TlsVersion lowest) {
        return lowest == TlsVersion.TLS_1_3 ? new String[] {"TLSv1.3"} : new String[] {"TLSv1.3", "TLSv1.2"};
    }

    /** A host name as it is: BCSNIHostName would refuse one with an underscore, and such names exist. */
    private static final class ServerName extends BCSNIServerName {
        ServerName(String name) {
            super(BCStandardConstants.SNI_HOST_NAME, name.getBytes(StandardCharsets.US_ASCII));
        }
    }

    /**
     * Puts AES-GCM first, and of it the 128 bit key: everything else runs at a tenth of its speed here. The rest keeps
     * its order, and which suites there are stays with the provider and the JDK's list of disabled algorithms.
     */
    static String[] ordered(String[] suites) {
        String[] ordered = suites.clone();
        Arrays.sort(ordered, Comparator.comparingInt(TlsProvider::rank));
        return ordered;
    }

    private static int rank(String suite) {
        if (suite.contains("_AES_128_GCM_")) {
            return 0;
        }
        return suite.contains("_AES_256_GCM_") ? 1 : 2;
    }
}
