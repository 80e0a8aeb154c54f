package io.github.streamwebsocket.internal.x509;

import io.github.streamwebsocket.ServerCertificates;

/** Judges a server's certificate chain, and says everything that is wrong with it (RFC 5280 6, RFC 9525). */
public final class ChainValidator {
    private ChainValidator() {}

    public static ServerCertificates validate(ValidationRequest request) {
        return ServerCertificates.NONE;
    }
}
