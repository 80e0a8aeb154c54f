package io.github.streamwebsocket.internal;

import java.security.Provider;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/**
 * BouncyCastle's algorithms, as an object of this library's own. They are used where the JDK has none of the name, and on
 * elliptic curves where no key is used that lasts: on JDK 25 without AVX-512 IFMA, verifying on P-256 takes an eighth of
 * the JDK's time, and X25519 half of it (family Curves of the benchmarks). Nothing is registered in {@link
 * java.security.Security}: a library leaves the process's providers alone.
 */
public final class BouncyCastle {
    public static final Provider PROVIDER = new BouncyCastleProvider();

    private BouncyCastle() {}
}
