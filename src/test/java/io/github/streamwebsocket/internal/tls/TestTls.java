package io.github.streamwebsocket.internal.tls;

import io.github.streamwebsocket.Revocation;
import io.github.streamwebsocket.TlsVersion;
import io.github.streamwebsocket.internal.TlsSettings;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/** Settings of TLS for tests. */
final class TestTls {

    private TestTls() {}

    static TlsSettings groups(String... groups) {
        return settings(null, TlsVersion.TLS_1_2, List.of(groups), null);
    }

    static TlsSettings keys(X509ExtendedKeyManager keys) {
        return settings(keys, TlsVersion.TLS_1_2, List.of(), null);
    }

    static TlsSettings lowest(TlsVersion lowest) {
        return settings(null, lowest, List.of(), null);
    }

    static TlsSettings context(SSLContext context, TlsVersion lowest, String... groups) {
        return settings(null, lowest, List.of(groups), context);
    }

    private static TlsSettings settings(
            @Nullable X509ExtendedKeyManager keys,
            TlsVersion lowest,
            List<String> groups,
            @Nullable SSLContext context) {
        return new TlsSettings(
                Credentials.ANCHORS,
                Set.of(),
                Set.of(),
                true,
                Revocation.NONE,
                List.of(),
                List.of(),
                keys,
                lowest,
                groups,
                context);
    }
}
