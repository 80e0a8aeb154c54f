package io.github.streamwebsocket.jmh;

import io.github.streamwebsocket.internal.x509.Certificate;
import io.github.streamwebsocket.internal.x509.ChainValidator;
import io.github.streamwebsocket.internal.x509.RevocationMaterial;
import io.github.streamwebsocket.internal.x509.TrustAnchors;
import io.github.streamwebsocket.internal.x509.ValidationPolicy;
import io.github.streamwebsocket.internal.x509.ValidationRequest;
import java.security.KeyStore;
import java.security.Provider;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.jsse.provider.BouncyCastleJsseProvider;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCryptoProvider;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What judging a good chain of three certificates costs: ours, which also looks at the host name, beside the trust
 * managers of BCJSSE (over the JDK's and over BouncyCastle's certification paths) and of the JDK. Each operation judges
 * {@link Chains#COUNT} chains, each of them for the first time.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 10)
@Measurement(iterations = 10)
@Fork(5)
public class ChainValidation {
    @Param({"EC", "RSA"})
    private String key;

    private Chains chains;
    private List<X509Certificate[]> fresh;
    private TrustAnchors anchors;
    private X509TrustManager bcjsse;
    private X509TrustManager bcjsseOverBouncyCastle;
    private X509TrustManager jdk;

    @Setup
    public void issue() throws Exception {
        chains = new Chains(key);
        anchors = new TrustAnchors(List.of(chains.root()));
        bcjsse = trustManager(new BouncyCastleJsseProvider(false, new JcaTlsCryptoProvider()));
        bcjsseOverBouncyCastle = trustManager(new BouncyCastleJsseProvider(
                false, new JcaTlsCryptoProvider().setProvider(new BouncyCastleProvider())));
        jdk = trustManager(null);
    }

    private X509TrustManager trustManager(Provider provider) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("root", chains.root());
        TrustManagerFactory factory = provider == null
                ? TrustManagerFactory.getInstance("PKIX")
                : TrustManagerFactory.getInstance("PKIX", provider);
        factory.init(store);
        return (X509TrustManager) factory.getTrustManagers()[0];
    }

    /** A certificate keeps what was once asked of it, so each is read anew. */
    @Setup(Level.Iteration)
    public void read() throws Exception {
        fresh = chains.read();
    }

    @Benchmark
    public int ours() {
        int errors = 0;
        for (X509Certificate[] chain : fresh) {
            ValidationRequest request = new ValidationRequest(
                    Arrays.stream(chain).map(Certificate::of).toList(),
                    Chains.HOST,
                    anchors,
                    Instant.now(),
                    ValidationPolicy.TLS_SERVER,
                    RevocationMaterial.NONE);
            errors += ChainValidator.validate(request).errors().size();
        }
        if (errors != 0) {
            throw new IllegalStateException("expected good chains");
        }
        return errors;
    }

    @Benchmark
    public void bcjsse() throws Exception {
        judge(bcjsse);
    }

    @Benchmark
    public void bcjsseOverBouncyCastlePaths() throws Exception {
        judge(bcjsseOverBouncyCastle);
    }

    @Benchmark
    public void jdk() throws Exception {
        judge(jdk);
    }

    private void judge(X509TrustManager trustManager) throws Exception {
        for (X509Certificate[] chain : fresh) {
            trustManager.checkServerTrusted(chain, "ECDHE_" + (key.equals("EC") ? "ECDSA" : "RSA"));
        }
    }
}
