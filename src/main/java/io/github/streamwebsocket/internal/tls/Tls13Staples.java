package io.github.streamwebsocket.internal.tls;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CertificateStatusType;
import org.bouncycastle.tls.SecurityParameters;
import org.bouncycastle.tls.TlsExtensionsUtils;
import org.bouncycastle.tls.TlsUtils;
import org.jspecify.annotations.Nullable;

/**
 * The OCSP responses that a server stapled in TLS 1.3, where each is an extension of its certificate (RFC 8446 4.4.2.1).
 * The sessions of BCJSSE 1.84 know only those of TLS 1.2, which are a message of their own. BouncyCastle's TLS below it
 * keeps the extensions, and tells our crypto of each handshake, on the thread that does it: by that they are found.
 */
final class Tls13Staples {

    /** CertificateStatus: its type, and a length of three bytes before the response (RFC 6066 8). */
    private static final int HEADER = 4;

    /** What is known of the handshakes that are under way, each on a thread of its own. */
    private static final Map<Thread, AtomicReference<@Nullable SecurityParameters>> UNDERWAY =
            new ConcurrentHashMap<>();

    private Tls13Staples() {}

    /** Says that this thread begins a client's handshake. */
    static void begin() {
        UNDERWAY.put(Thread.currentThread(), new AtomicReference<>());
    }

    /** Says that the handshake of this thread is over. */
    static void end() {
        UNDERWAY.remove(Thread.currentThread());
    }

    /** Takes down the parameters of the handshake on this thread, if it is a client's. */
    static void note(SecurityParameters parameters) {
        AtomicReference<@Nullable SecurityParameters> known = UNDERWAY.get(Thread.currentThread());
        if (known != null) {
            known.set(parameters);
        }
    }

    /** Returns the responses in the handshake on this thread, one for each certificate in their order; DER, or empty. */
    static List<byte[]> responses() {
        Certificate chain = chain();
        List<byte[]> responses = new ArrayList<>();
        for (int i = 0; chain != null && i < chain.getLength(); i++) {
            responses.add(response(chain.getCertificateEntryAt(i).getExtensions()));
        }
        return responses;
    }

    private static @Nullable Certificate chain() {
        AtomicReference<@Nullable SecurityParameters> known = UNDERWAY.get(Thread.currentThread());
        SecurityParameters parameters = known == null ? null : known.get();
        if (parameters == null || !TlsUtils.isTLSv13(parameters.getNegotiatedVersion())) {
            return null;
        }
        Certificate chain = parameters.getPeerCertificate();
        return chain == null || chain.isEmpty() ? null : chain;
    }

    /** A length that lies makes a response that cannot be read, which its reader says. */
    private static byte[] response(@Nullable Hashtable<?, ?> extensions) {
        byte[] status = TlsUtils.getExtensionData(extensions, TlsExtensionsUtils.EXT_status_request);
        boolean ocsp = status != null && status.length > HEADER && status[0] == CertificateStatusType.ocsp;
        return ocsp ? Arrays.copyOfRange(status, HEADER, status.length) : new byte[0];
    }
}
