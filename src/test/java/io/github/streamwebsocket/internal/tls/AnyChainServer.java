package io.github.streamwebsocket.internal.tls;

import io.github.streamwebsocket.internal.net.Await;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509ExtendedKeyManager;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.jspecify.annotations.Nullable;

/**
 * The JDK's TLS server, showing one client after another whatever chain it is told to, byte for byte; it answers each
 * request with 404.
 */
public final class AnyChainServer implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 10_000;

    /**
     * How it went with one client.
     *
     * @param fault what ended the TLS handshake, "" when it was done
     * @param received the bytes that came after the handshake: of a request, or of anything when it had failed
     */
    public record Visit(String fault, int received) {}

    private record Shown(List<X509Certificate> chain, PrivateKey key) {}

    private final ServerSocket listener;
    private final SSLContext context;
    private final Thread thread;
    private final BlockingQueue<Visit> visits = new LinkedBlockingQueue<>();
    private volatile @Nullable Shown shown;

    public AnyChainServer() throws IOException, GeneralSecurityException {
        context = SSLContext.getInstance("TLS", "SunJSSE");
        context.init(new KeyManager[] {new Keys()}, null, null);
        listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        thread = Thread.ofVirtual().name("any-chain-server").start(this::serve);
    }

    public InetSocketAddress address() {
        return (InetSocketAddress) listener.getLocalSocketAddress();
    }

    /**
     * Says what the next client sees.
     *
     * @param chain DER, the server's own certificate first
     * @param key PKCS#8
     */
    public void show(List<byte[]> chain, byte[] key) throws IOException, GeneralSecurityException {
        List<X509Certificate> certificates = new ArrayList<>();
        for (byte[] der : chain) {
            certificates.add(PeerCertificate.read(der));
        }
        ASN1ObjectIdentifier algorithm =
                PrivateKeyInfo.getInstance(key).getPrivateKeyAlgorithm().getAlgorithm();
        String name = algorithm.equals(PKCSObjectIdentifiers.rsaEncryption)
                ? "RSA"
                : algorithm.equals(X9ObjectIdentifiers.id_ecPublicKey) ? "EC" : "DSA";
        shown = new Shown(certificates, KeyFactory.getInstance(name).generatePrivate(new PKCS8EncodedKeySpec(key)));
    }

    /** Waits for the end of the next client. */
    public Visit visit() throws InterruptedException {
        Visit visit = visits.poll(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        if (visit == null) {
            throw new AssertionError("expected a client");
        }
        return visit;
    }

    private void serve() {
        while (!listener.isClosed()) {
            try (Socket raw = listener.accept()) {
                raw.setSoTimeout(PATIENCE_MILLIS);
                serve(raw);
            } catch (IOException gone) {
                // The client, of which the visit tells, or the test's end.
            }
        }
    }

    private void serve(Socket raw) throws IOException {
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(raw, nothingRead(), false);
        try {
            socket.startHandshake();
        } catch (IOException refused) {
            // Behind TLS: it has read what it wanted, and whatever the client went on to send is still there.
            int rest = raw.getInputStream().readAllBytes().length;
            visits.add(new Visit(String.valueOf(refused.getMessage()), rest));
            return;
        }
        InputStream in = socket.getInputStream();
        StringBuilder head = new StringBuilder();
        for (int next = in.read(); next >= 0; next = in.read()) {
            head.append((char) next);
            if (head.indexOf("\r\n\r\n") >= 0) {
                break;
            }
        }
        visits.add(new Visit("", head.length()));
        OutputStream out = socket.getOutputStream();
        out.write("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        in.transferTo(OutputStream.nullOutputStream());
    }

    /** This form of createSocket is the one for servers; nothing was read off the socket before. */
    @SuppressWarnings("NullAway") // null is allowed and means nothing
    private static InputStream nothingRead() {
        return null;
    }

    @Override
    public void close() throws IOException {
        listener.close();
        try {
            Await.end(thread);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Gives out what is shown, whatever it is. */
    private final class Keys extends X509ExtendedKeyManager {
        private Shown shown() {
            Shown known = shown;
            if (known == null) {
                throw new IllegalStateException("expected a chain to show");
            }
            return known;
        }

        @Override
        public @Nullable String chooseServerAlias(String keyType, Principal @Nullable [] issuers, Socket socket) {
            return keyType.equals(shown().key().getAlgorithm()) ? "shown" : null;
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            return shown().chain().toArray(new X509Certificate[0]);
        }

        @Override
        public PrivateKey getPrivateKey(String alias) {
            return shown().key();
        }

        @Override
        public String[] getServerAliases(String keyType, Principal[] issuers) {
            return new String[] {"shown"};
        }

        @Override
        public @Nullable String chooseClientAlias(String[] keyType, Principal[] issuers, Socket socket) {
            return null;
        }

        @Override
        public String[] getClientAliases(String keyType, Principal[] issuers) {
            return new String[0];
        }
    }
}
