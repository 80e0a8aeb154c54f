package io.github.streamwebsocket.internal.frame;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.concurrent.locks.ReentrantLock;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Random bytes that nobody can tell from those before: AES in counter mode under a key from {@link SecureRandom}, which is
 * how NIST SP 800-90A makes them too (CTR_DRBG). A draw of 128 bytes takes a tenth of what SecureRandom takes, of which
 * every small frame would feel its share. The key is changed before it has given a mebibyte. For any thread.
 */
final class KeyStream {
    private static final int RESEED_AFTER = 1 << 20;
    private static final int KEY_BYTES = 16;
    private static final int BLOCK_BYTES = 16;

    private final SecureRandom random = new SecureRandom();
    /** Held for less than a microsecond, but for a change of the key. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Cipher cipher;
    /** What is encrypted: as long as the longest array asked for. The cipher would copy an array that it is to overwrite. */
    private byte[] zeros = {};

    private int left;

    KeyStream() {
        try {
            cipher = Cipher.getInstance("AES/CTR/NoPadding");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("expected a JDK with AES/CTR/NoPadding", e);
        }
    }

    /** Fills the array. */
    void fill(byte[] bytes) {
        lock.lock();
        try {
            if (left < bytes.length) {
                reseed();
            }
            left -= bytes.length;
            if (zeros.length < bytes.length) {
                zeros = new byte[bytes.length];
            }
            cipher.update(zeros, 0, bytes.length, bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("expected AES to take " + bytes.length + " bytes", e);
        } finally {
            lock.unlock();
        }
    }

    private void reseed() throws GeneralSecurityException {
        byte[] seed = new byte[KEY_BYTES + BLOCK_BYTES];
        random.nextBytes(seed);
        cipher.init(
                Cipher.ENCRYPT_MODE,
                new SecretKeySpec(seed, 0, KEY_BYTES, "AES"),
                new IvParameterSpec(seed, KEY_BYTES, BLOCK_BYTES));
        left = RESEED_AFTER;
    }
}
