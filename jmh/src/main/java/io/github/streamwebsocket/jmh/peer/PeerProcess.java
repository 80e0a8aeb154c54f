package io.github.streamwebsocket.jmh.peer;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.github.streamwebsocket.jmh.client.Trust;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The peer in a JVM of its own, so that it can neither help nor hinder the client that is measured: {@link BenchPeer}.
 * It ends with the process that has started it, however that ends.
 */
public final class PeerProcess implements AutoCloseable {
    private static final String WS = "bench.peer.ws";
    private static final String WSS = "bench.peer.wss";
    private static final String STORE = "bench.peer.store";

    private static final Pattern PORTS = Pattern.compile("ws=(\\d+) wss=(\\d+)");

    private final Process process;
    private final int ws;
    private final int wss;
    private final Path store;

    private PeerProcess(Process process, int ws, int wss, Path store) {
        this.process = process;
        this.ws = ws;
        this.wss = wss;
        this.store = store;
    }

    /** Takes the peer that {@link #properties} tell of, whose life is somebody else's; if they do not, starts one. */
    public static PeerProcess find() throws GeneralSecurityException, IOException {
        if (System.getProperty(STORE) == null) {
            return start();
        }
        return new PeerProcess(
                null, Integer.getInteger(WS), Integer.getInteger(WSS), Path.of(System.getProperty(STORE)));
    }

    /** Starts a peer with this process's JDK and class path. */
    public static PeerProcess start() throws GeneralSecurityException, IOException {
        Path store = Files.createTempFile("bench-peer", ".p12");
        store.toFile().deleteOnExit();
        PeerCertificate.write(store);
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        classPath(),
                        "-Xms256m",
                        "-Xmx1g",
                        "-XX:+UseSerialGC", // the cores are for the work that is measured
                        // Each handshake is a whole one, as with a server one has not seen before.
                        "-Djdk.tls.server.newSessionTicketCount=0",
                        BenchPeer.class.getName(),
                        store.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader output = new BufferedReader(new InputStreamReader(process.getInputStream(), US_ASCII));
        String line = output.readLine();
        Matcher ports = PORTS.matcher(line == null ? "" : line);
        if (!ports.matches()) {
            process.destroy();
            Files.deleteIfExists(store);
            throw new IOException("expected the ports of the peer but was " + line);
        }
        return new PeerProcess(process, Integer.parseInt(ports.group(1)), Integer.parseInt(ports.group(2)), store);
    }

    /** Absolute, as whoever measures may run elsewhere; a jar's manifest names the rest. */
    private static String classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** The process, if this has started it. */
    public ProcessHandle handle() {
        return process.toHandle();
    }

    /** Returns the arguments for a JVM whose {@link #find} is to take this peer. */
    public List<String> properties() {
        return List.of("-D" + WS + "=" + ws, "-D" + WSS + "=" + wss, "-D" + STORE + "=" + store);
    }

    /**
     * Returns where a session is to be had.
     *
     * @param transport {@code ws} or {@code wss}
     * @param session a path with its query: see {@link BenchPeer}
     */
    public URI uri(String transport, String session) {
        int port = switch (transport) {
            case "ws" -> ws;
            case "wss" -> wss;
            default -> throw new IllegalArgumentException("expected ws or wss but was " + transport);
        };
        return URI.create(transport + "://127.0.0.1:" + port + session);
    }

    /** Whom to trust for {@code wss}. */
    public Trust trust() throws GeneralSecurityException, IOException {
        return Trust.of(store, PeerCertificate.PASSWORD);
    }

    /** Ends the peer if this has started it. */
    @Override
    public void close() throws IOException {
        if (process == null) {
            return;
        }
        try {
            process.getOutputStream().close();
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        } finally {
            Files.deleteIfExists(store);
        }
    }
}
