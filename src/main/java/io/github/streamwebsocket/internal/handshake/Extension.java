package io.github.streamwebsocket.internal.handshake;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One member of Sec-WebSocket-Extensions: what a client offers, or a server accepts (RFC 6455 9.1). Pure.
 *
 * @param name a token
 * @param parameters in their order; one name may stand there twice, whether it may is up to the extension
 */
record Extension(String name, List<Parameter> parameters) {
    /** The field that extensions are negotiated in. */
    static final String FIELD = "Sec-WebSocket-Extensions";

    /**
     * A parameter of an extension.
     *
     * @param name a token
     * @param value a token, null when there is none; whether it was quoted makes no difference
     */
    record Parameter(String name, @Nullable String value) {
        @Override
        public String toString() {
            return value == null ? name : name + "=" + value;
        }
    }

    Extension {
        parameters = List.copyOf(parameters);
    }

    /** Returns the text of the header. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(name);
        for (Parameter parameter : parameters) {
            text.append("; ").append(parameter);
        }
        return text.toString();
    }
}
