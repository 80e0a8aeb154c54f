package io.github.streamwebsocket.internal.connection;

import io.github.streamwebsocket.internal.DeflateParameters;
import java.util.function.Supplier;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * How the messages of a connection are compressed, and where its compressors come from: each has memory outside the heap,
 * that is freed when the connection ends.
 *
 * @param agreed what both ends agreed on, null for no compression
 * @param deflater makes the deflater
 * @param inflater makes the inflater
 */
record Compression(@Nullable DeflateParameters agreed, Supplier<Deflater> deflater, Supplier<Inflater> inflater) {

    static Compression of(@Nullable DeflateParameters agreed) {
        int level = agreed == null ? Deflater.DEFAULT_COMPRESSION : agreed.level();
        // "nowrap": raw deflate data, without the header and checksum of zlib (RFC 7692 7.2.1).
        return new Compression(agreed, () -> new Deflater(level, true), () -> new Inflater(true));
    }
}
