package io.github.streamwebsocket.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.streamwebsocket.Headers;
import io.github.streamwebsocket.WebErrorStatus;
import io.github.streamwebsocket.WebSocketConnectException;
import io.github.streamwebsocket.WebSocketHandshakeException;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SchemeHintTest {
    private static final String WSS = "; does the server want wss://?";

    static List<Arguments> failures() {
        return List.of(
                Arguments.of("ws", WSS, answer(0, "expected HTTP but was \"\\x15\\x03\\x01\"", "")),
                Arguments.of("ws", WSS, answer(400, "", "The plain HTTP request was sent to HTTPS port")),
                Arguments.of("ws", WSS, answer(400, "", "This combination of host and port requires TLS.")),
                Arguments.of("ws", WSS, connect(new EOFException())),
                Arguments.of("ws", "", answer(0, "expected HTTP but was \"SSH-2.0\"", "")),
                Arguments.of("ws", "", answer(400, "", "bad request")),
                Arguments.of("ws", "", answer(404, "", "https")),
                Arguments.of("ws", "", connect(new ConnectException("refused"))),
                Arguments.of("WS", WSS, connect(new EOFException())),
                Arguments.of("wss", "", connect(new EOFException())),
                Arguments.of("wss", "", answer(400, "", "https")));
    }

    private static IOException connect(IOException cause) {
        return new WebSocketConnectException(WebErrorStatus.CANNOT_CONNECT, "no", cause);
    }

    private static IOException answer(int status, String message, String body) {
        return new WebSocketHandshakeException(
                WebErrorStatus.UNKNOWN, message, status, Headers.EMPTY, body.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void aMixUpIsAskedAboutOnlyWhenSomethingSpeaksForIt(String scheme, String hint, IOException failure) {
        assertEquals(hint, SchemeHint.after(failure, URI.create(scheme + "://host/")));
    }
}
