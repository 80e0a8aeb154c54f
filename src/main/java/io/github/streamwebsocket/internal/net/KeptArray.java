package io.github.streamwebsocket.internal.net;

import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/** An array that is held weakly: a busy user gets the same one back, an idle one costs nothing after a collection. */
final class KeptArray {
    private final int size;
    private @Nullable WeakReference<byte[]> kept;

    KeptArray(int size) {
        this.size = size;
    }

    /** Gives the array, made anew if it is gone; it is the caller's as long as the caller holds it. */
    byte[] take() {
        byte[] array = kept == null ? null : kept.get();
        if (array == null) {
            array = new byte[size];
            kept = new WeakReference<>(array);
        }
        return array;
    }
}
