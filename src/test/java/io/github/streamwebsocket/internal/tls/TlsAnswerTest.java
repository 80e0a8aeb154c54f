package io.github.streamwebsocket.internal.tls;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.streamwebsocket.internal.net.Await;
import io.github.streamwebsocket.internal.net.ConnectScope;
import io.github.streamwebsocket.internal.net.Loopback;
import io.github.streamwebsocket.internal.net.SocketWire;
import io.github.streamwebsocket.internal.net.TimedSocket;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What TLS answers from inside a read cannot hold the reader when the peer does not take it. */
@Timeout(60)
class TlsAnswerTest {
    private final CountDownLatch writerIsStuck = new CountDownLatch(1);
    private final AtomicLong written = new AtomicLong();

    /** TLS 1.2: the refusal to renegotiate is an alert that stands behind what the server does not read. */
    @Test
    void theRefusalOfARenegotiation() throws Exception {
        readEnds(server -> {
            server.startHandshake();
            throw new AssertionError("the client renegotiated");
        });
    }

    /** With TLS 1.2, where close_notify is answered at once. */
    @Test
    void theAnswerToCloseNotify() throws Exception {
        readEnds(SSLSocket::shutdownOutput);
    }

    private void readEnds(JdkTlsServer.Script whenStuck) throws Exception {
        try (JdkTlsServer server = new JdkTlsServer(
                        Credentials.jdkContext(Credentials.EC),
                        listener -> listener.setEnabledProtocols(new String[] {"TLSv1.2"}),
                        socket -> {
                            awaitStuckWriter();
                            whenStuck.run(socket);
                        });
                TimedSocket raw = new TimedSocket()) {
            raw.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
            ConnectScope scope = ConnectScope.begin("localhost", Duration.ofSeconds(30));
            SSLSocket socket = TlsClient.handshake(
                    scope, scope.register(raw), "localhost", Loopback.settings(Credentials.ANCHORS, null));
            scope.succeed();
            SocketWire wire = new SocketWire(raw, socket);
            Thread writer = Thread.ofVirtual().start(() -> writeForEver(wire));
            Thread watch = Thread.ofVirtual().start(this::watch);
            IOException fault = assertThrows(IOException.class, () -> wire.read(new byte[10], 0, 10));
            assertTrue(String.valueOf(fault.getMessage()).contains("within 1000 ms"), fault::toString);
            wire.abort();
            Await.end(writer);
            Await.end(watch);
        }
    }

    private void writeForEver(SocketWire wire) {
        byte[] much = new byte[65_536];
        try {
            while (true) {
                wire.write(much, 0, much.length);
                written.addAndGet(much.length);
            }
        } catch (IOException over) {
            // the test has ended
        }
    }

    /** Nothing more was written for a while: the buffers of both ends are full. */
    private void watch() {
        try {
            for (long before = -1; before != written.get() || before == 0; Thread.sleep(300)) {
                before = written.get();
            }
            writerIsStuck.countDown();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private void awaitStuckWriter() {
        try {
            writerIsStuck.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
