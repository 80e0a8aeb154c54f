package io.github.streamwebsocket.internal.tls;

import io.github.streamwebsocket.internal.BouncyCastle;
import java.io.IOException;
import java.security.AlgorithmParameters;
import java.security.AlgorithmParametersSpi;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.InvalidParameterSpecException;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of AES-GCM, which only hold what they are given. BouncyCastle asks for such an object with each record,
 * and to search the process's providers for one takes a good part of the time of a short record.
 */
final class GcmParameters extends AlgorithmParametersSpi {
    static final String NAME = "GCM";

    private @Nullable AlgorithmParameterSpec spec;

    private GcmParameters() {}

    /** Makes parameters that are still to be initialized. */
    static AlgorithmParameters make() {
        return new Made();
    }

    /** The constructor is for subclasses only. */
    private static final class Made extends AlgorithmParameters {
        Made() {
            super(new GcmParameters(), BouncyCastle.PROVIDER, NAME);
        }
    }

    @Override
    protected void engineInit(AlgorithmParameterSpec given) {
        spec = given;
    }

    @Override
    protected void engineInit(byte[] encoded) throws IOException {
        throw notEncoded();
    }

    @Override
    protected void engineInit(byte[] encoded, String format) throws IOException {
        throw notEncoded();
    }

    @Override
    protected <T extends AlgorithmParameterSpec> T engineGetParameterSpec(Class<T> type)
            throws InvalidParameterSpecException {
        if (!type.isInstance(spec)) {
            throw new InvalidParameterSpecException("expected " + type + " but was " + spec);
        }
        return type.cast(spec);
    }

    @Override
    protected byte[] engineGetEncoded() throws IOException {
        throw notEncoded();
    }

    @Override
    protected byte[] engineGetEncoded(String format) throws IOException {
        throw notEncoded();
    }

    private static IOException notEncoded() {
        return new IOException("expected a GCMParameterSpec, not an encoding");
    }

    @Override
    protected String engineToString() {
        return String.valueOf(spec);
    }
}
