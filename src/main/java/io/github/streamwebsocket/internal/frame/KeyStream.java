package io.github.streamwebsocket.internal.frame;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.concurrent.locks.ReentrantLock;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Random bytes that nobody can tell from those before: AES in counter mode under a key from {@link SecureRandom}, which is
 * how NIST SP 800-90A makes them too (CTR_DRBG). A draw of 128 bytes takes a tenth of what SecureRandom takes, of which
 * every small frame would feel its share. The key is changed before it has given a mebibyte. Where the provider of AES
 * does not give what it was asked for, SecureRandom itself does. For any thread.
 */
final class KeyStream {
    private static final int RESEED_AFTER = 1 << 20;
    private static final int KEY_BYTES = 16;
    static final int BLOCK_BYTES = 16;

    private final SecureRandom random = new SecureRandom();
    /** Held for less than a microsecond, but for a change of the key. */
    private final ReentrantLock lock = new ReentrantLock();

    /** Null where there is no AES in counter mode. */
    private final @Nullable Cipher cipher;
    /** What is encrypted: as long as the longest array asked for. The cipher would copy an array that it is to overwrite. */
    private byte[] zeros = {};

    private int left;

    KeyStream() {
        this(aes());
    }

    /** Makes one of this cipher, AES in counter mode by whichever provider. */
    KeyStream(@Nullable Cipher cipher) {
        this.cipher = cipher;
    }

    private static @Nullable Cipher aes() {
        try {
            return Cipher.getInstance("AES/CTR/NoPadding");
        } catch (GeneralSecurityException e) {
            return null;
        }
    }

    /** Fills the array, which is whole blocks long: some providers keep the last part of a block for themselves. */
    void fill(byte[] bytes) {
        if (cipher == null || !encrypted(cipher, bytes)) {
            random.nextBytes(bytes);
        }
    }

    /** Whether the cipher has filled the whole array. */
    private boolean encrypted(Cipher cipher, byte[] bytes) {
        lock.lock();
        try {
            if (left < bytes.length) {
                reseed(cipher);
            }
            left -= bytes.length;
            if (zeros.length < bytes.length) {
                zeros = new byte[bytes.length];
            }
            return cipher.update(zeros, 0, bytes.length, bytes) == bytes.length;
        } catch (GeneralSecurityException e) {
            left = 0; // it may be in whatever state
            return false;
        } finally {
            lock.unlock();
        }
    }

    private void reseed(Cipher cipher) throws GeneralSecurityException {
        byte[] seed = new byte[KEY_BYTES + BLOCK_BYTES];
        random.nextBytes(seed);
        cipher.init(
                Cipher.ENCRYPT_MODE,
                new SecretKeySpec(seed, 0, KEY_BYTES, "AES"),
                new IvParameterSpec(seed, KEY_BYTES, BLOCK_BYTES));
        left = RESEED_AFTER;
    }
}
