package io.github.streamwebsocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Who gives null where something is wanted is told which argument it is. */
class NullArgumentsTest {
    private static final InetSocketAddress LOOPBACK = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    /** What must not be given. */
    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"}) // null is of every type
    private static <T> T none() {
        return null;
    }

    private static Arguments says(String name, String what, Executable call) {
        return arguments(what, name, call);
    }

    static Stream<Arguments> calls() {
        return Stream.of(sockets(), settings(), options(), values()).flatMap(Function.identity());
    }

    private static Stream<Arguments> sockets() {
        MessageWebSocket socket = new MessageWebSocket();
        return Stream.of(
                says("uri", "connect", () -> socket.connect(none())),
                says("uri", "open", () -> StreamWebSocket.open(none())),
                says("name", "setRequestHeader of no name", () -> socket.setRequestHeader(none(), "x")),
                says("value", "setRequestHeader of no value", () -> socket.setRequestHeader("X", none())),
                says("handler", "onClosed", () -> socket.onClosed(none())),
                says("handler", "onMessageReceived", () -> socket.onMessageReceived(none())),
                says("handler", "onValidation", () -> socket.onServerCustomValidationRequested(none())),
                says("message", "send of an array", () -> socket.send(NullArgumentsTest.<byte[]>none())),
                says("buffer", "send of a part", () -> socket.send(none(), 0, 0)),
                says("messages", "sendAll", () -> socket.sendAll(none())),
                says(
                        "messages[1]",
                        "sendAll of a hole",
                        () -> socket.sendAll(Arrays.asList(ByteBuffer.allocate(1), none()))),
                says("data", "sendFinalFrame", () -> socket.sendFinalFrame(NullArgumentsTest.<byte[]>none())),
                says("data", "sendNonfinalFrame", () -> socket.sendNonfinalFrame(NullArgumentsTest.<byte[]>none())),
                says("reason", "close", () -> socket.close(1000, none())),
                says("reason", "close of a stream socket", () -> new StreamWebSocket().close(1000, none())));
    }

    private static Stream<Arguments> settings() {
        MessageWebSocketControl control = new MessageWebSocket().control();
        return Stream.of(
                says("value", "connectTimeout", () -> control.connectTimeout(none())),
                says("value", "readTimeout", () -> control.readTimeout(none())),
                says("value", "writeTimeout", () -> control.writeTimeout(none())),
                says("value", "closeTimeout", () -> control.closeTimeout(none())),
                says("value", "keepAliveInterval", () -> control.keepAliveInterval(none())),
                says("value", "unsolicited pongs", () -> control.desiredUnsolicitedPongInterval(none())),
                says("value", "messageType", () -> control.messageType(none())),
                says("value", "receiveMode", () -> control.receiveMode(none())),
                says("value", "revocation", () -> control.revocation(none())),
                says("value", "lowestTlsVersion", () -> control.lowestTlsVersion(none())),
                says(
                        "protocol",
                        "supportedProtocols",
                        () -> control.supportedProtocols().add(none())),
                says(
                        "error",
                        "ignorable errors",
                        () -> control.ignorableServerCertificateErrors().add(none())),
                says("pin", "a pin", () -> control.publicKeyPins(NullArgumentsTest.<String>none())),
                says("pins", "publicKeyPins", () -> control.publicKeyPins(NullArgumentsTest.<String[]>none())),
                says("name", "a group", () -> control.namedGroups(NullArgumentsTest.<String>none())),
                says("names", "namedGroups", () -> control.namedGroups(NullArgumentsTest.<String[]>none())),
                says(
                        "lists",
                        "revocationLists",
                        () -> control.revocationLists(NullArgumentsTest.<Collection<X509CRL>>none())),
                says("responses", "ocspResponses", () -> control.ocspResponses(none())),
                says("pemFile", "trustOnly a file", () -> control.trustOnly(NullArgumentsTest.<Path>none())),
                says("keyStore", "trustOnly a store", () -> control.trustOnly(NullArgumentsTest.<KeyStore>none())),
                says(
                        "authorities",
                        "trustOnly certificates",
                        () -> control.trustOnly(NullArgumentsTest.<Collection<X509Certificate>>none())));
    }

    private static Stream<Arguments> options() {
        WebSocketListenerOptions options = new WebSocketListenerOptions();
        return Stream.of(
                says("address", "bind nowhere", () -> WebSocketListener.bind(none(), options)),
                says("options", "bind without options", () -> WebSocketListener.bind(LOOPBACK, none())),
                says("value", "handshakeTimeout", () -> options.handshakeTimeout(none())),
                says("value", "readTimeout of clients", () -> options.readTimeout(none())),
                says("value", "writeTimeout of clients", () -> options.writeTimeout(none())),
                says("value", "closeTimeout of clients", () -> options.closeTimeout(none())),
                says("value", "keepAliveInterval of clients", () -> options.keepAliveInterval(none())),
                says("handler", "onHandshake", () -> options.onHandshake(none())),
                says("origin", "allowedOrigins", () -> options.allowedOrigins().add(none())),
                says(
                        "certificateChain",
                        "tls of files",
                        () -> options.tls(NullArgumentsTest.<Path>none(), Path.of("key"))),
                says(
                        "certificateChain",
                        "tls of objects",
                        () -> options.tls(NullArgumentsTest.<List<X509Certificate>>none(), none())));
    }

    private static Stream<Arguments> values() {
        return Stream.of(
                says("protocol", "accept", () -> HandshakeResponse.accept(none())),
                says("body", "refuse", () -> HandshakeResponse.refuse(404, none())),
                says(
                        "name",
                        "withHeader of no name",
                        () -> HandshakeResponse.accept().withHeader(none(), "x")),
                says(
                        "value",
                        "withHeader of no value",
                        () -> HandshakeResponse.accept().withHeader("X", none())),
                says("fields", "Headers.of", () -> Headers.of(none())),
                says("name", "Headers.first", () -> Headers.EMPTY.first(none())),
                says("name", "Headers.all", () -> Headers.EMPTY.all(none())),
                says("value", "a field", () -> new Headers.Field("X", none())),
                says("file", "ofPkcs12", () -> ClientCertificate.ofPkcs12(none(), new char[0])),
                says("password", "ofPkcs12 without password", () -> ClientCertificate.ofPkcs12(Path.of("x"), none())),
                says(
                        "password",
                        "ofPem without password",
                        () -> ClientCertificate.ofPem(Path.of("x"), Path.of("x"), none())),
                says("chain", "of a chain", () -> ClientCertificate.of(none(), none())),
                says("keyManager", "of a key manager", () -> ClientCertificate.of(none())),
                says("completed", "Deferral", () -> new Deferral(none())));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("calls")
    void isToldByItsName(String what, String name, Executable call) {
        assertEquals(name, assertThrows(NullPointerException.class, call, what).getMessage());
    }

    /** Null where it means something stays allowed. */
    @ParameterizedTest
    @MethodSource("allowed")
    void isNoMistakeWhereItMeansNone(Function<StreamWebSocketControl, Object> call) {
        StreamWebSocketControl control = new StreamWebSocket().control();
        assertEquals(control, call.apply(control));
        assertEquals(Duration.ZERO, control.readTimeout());
    }

    static Stream<Function<StreamWebSocketControl, Object>> allowed() {
        return Stream.of(
                control -> control.compression(null),
                control -> control.serverName(null),
                control -> control.targetAddress(null),
                control -> control.sslContext(null),
                control -> control.clientCertificate(null));
    }
}
