package io.github.streamwebsocket.jmh.client;

import io.github.streamwebsocket.jmh.peer.Payload;
import io.github.streamwebsocket.jmh.peer.PeerProcess;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.zip.CRC32C;

/**
 * Shows that no client of the benchmarks skips work: what each sends has the right hash at the peer, and what the peer
 * sends comes unchanged. Prints a line for each, and ends with an error if something is wrong. Arguments name clients;
 * without any, all are checked.
 */
public final class CheckClients {
    private static final int[] SIZES = {0, 1, 64, 125, 126, 1024, 65_535, 65_536, 1 << 20, 16 << 20};
    private static final int SECTIONS = 100;
    private static final int SECTION = 10_000;
    /** More than a fragment, in which what is checked might wait. */
    private static final int SECTIONS_ON_THE_WAY = 7;

    private static final int EARLY_CONNECTIONS = 300;
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private interface Check {
        void run() throws Exception;
    }

    private final PeerProcess peer;
    private final Random random = new Random(7692);
    private final List<String> wrong = new ArrayList<>();
    private final List<String> flaws = new ArrayList<>();
    private Clients library;
    private BenchClient client;
    private String transport;
    private int right;

    private CheckClients(PeerProcess peer) {
        this.peer = peer;
    }

    /** Checks. */
    public static void main(String... arguments) throws Exception {
        List<Clients> clients = arguments.length == 0
                ? List.of(Clients.values())
                : Arrays.stream(arguments).map(Clients::named).toList();
        boolean bad = false;
        try (PeerProcess peer = PeerProcess.start()) {
            for (Clients each : clients) {
                CheckClients checks = new CheckClients(peer);
                checks.check(each);
                bad |= !checks.wrong.isEmpty();
            }
        }
        System.exit(bad ? 1 : 0);
    }

    private void check(Clients each) throws Exception {
        library = each;
        client = each.open(peer.trust());
        for (String kind : List.of("ws", "wss")) {
            transport = kind;
            checkTransport();
        }
        client.close();
        System.out.printf("%s: %d checks right, %d wrong%s%n", each.title(), right, wrong.size(), flawsSeen());
        wrong.forEach(line -> System.out.println("  " + line));
    }

    private String flawsSeen() {
        return flaws.isEmpty() ? "" : "; known flaws: " + String.join(", ", flaws);
    }

    /**
     * The JDK's client (seen in 25.0.3, without any adapter too) loses bytes, in one to ten of a hundred connections,
     * when messages come right behind the answer to its handshake, as the peer's source sends them.
     */
    private boolean losesWhatComesEarly() {
        return library == Clients.JAVA_NET_HTTP;
    }

    private void checkTransport() throws InterruptedException {
        for (int size : SIZES) {
            check("send of " + size + " bytes", () -> send(size));
            check("receive of " + size + " bytes", () -> fromSource(() -> receive(size)));
            check("count of " + size + " bytes", () -> fromSource(() -> count(size)));
        }
        check("sendAll", this::sendAll);
        check("echo", this::echo);
        check("sections", this::sections);
        check("sections received", () -> fromSource(this::sectionsReceived));
        check("close with more to come", () -> fromSource(this::closeEarly));
        check("messages right behind the handshake", this::early);
    }

    /** On other connections too if it fails and the library is known to lose what comes early. */
    private void fromSource(Check check) throws Exception {
        for (int left = losesWhatComesEarly() ? 4 : 0; ; left--) {
            try {
                check.run();
                return;
            } catch (IOException | IllegalStateException e) {
                if (left == 0) {
                    throw e;
                }
                flaws.add(transport + " needed another connection after: " + e.getMessage());
            }
        }
    }

    private void early() throws Exception {
        int bad = 0;
        for (int i = 0; i < EARLY_CONNECTIONS; i++) {
            try {
                receive(65_536);
            } catch (IOException | IllegalStateException e) {
                bad++;
            }
        }
        if (losesWhatComesEarly()) {
            flaws.add(transport + " lost what came early in " + bad + " of " + EARLY_CONNECTIONS + " connections");
        } else {
            expect("connections that lost what came early", 0, bad);
        }
    }

    /** On a virtual thread, as in the benchmarks. */
    private void check(String name, Check check) throws InterruptedException {
        Throwable[] failure = {null};
        Thread thread = Thread.startVirtualThread(() -> {
            try {
                check.run();
            } catch (Throwable e) {
                failure[0] = e;
            }
        });
        if (!thread.join(LIMIT)) {
            failure[0] = new IOException("not done after " + LIMIT.toSeconds() + " s");
            failure[0].setStackTrace(thread.getStackTrace());
        }
        if (failure[0] == null) {
            right++;
        } else {
            wrong.add(transport + ", " + name + ": " + failure[0]);
            failure[0].printStackTrace();
        }
    }

    private BenchConnection connect(String session) throws Exception {
        return client.connect(peer.uri(transport, session));
    }

    private byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        return bytes;
    }

    /** Three different messages; with empty ones goes one that is not, as the peer counts bytes. */
    private void send(int size) throws Exception {
        List<byte[]> messages = List.of(bytes(size), bytes(size), bytes(Math.max(1, size)));
        try (BenchConnection connection = connect(sink(messages))) {
            for (byte[] message : messages) {
                connection.send(message);
            }
            checkReport(connection, messages, messages.size());
        }
    }

    private static String sink(List<byte[]> messages) {
        return "/sink?hash=1&ack="
                + messages.stream().mapToLong(message -> message.length).sum();
    }

    private static void checkReport(BenchConnection connection, List<byte[]> payload, int messages) throws Exception {
        CRC32C crc = new CRC32C();
        long total = 0;
        for (byte[] part : payload) {
            crc.update(part);
            total += part.length;
        }
        ByteBuffer report = ByteBuffer.allocate(24);
        connection.receiveInto(report::put);
        report.flip();
        expect("messages", messages, report.getLong());
        expect("bytes", total, report.getLong());
        expect("CRC32C", crc.getValue(), report.getLong());
    }

    private static void expect(String what, long expected, long actual) throws IOException {
        if (expected != actual) {
            throw new IOException("expected " + expected + " " + what + " but was " + actual);
        }
    }

    private void receive(int size) throws Exception {
        try (BenchConnection connection = connect("/source?count=3&size=" + size)) {
            Consumer<ByteBuffer> checker = Payload.checker(size);
            for (int i = 0; i < 3; i++) {
                long[] total = {0};
                connection.receiveInto(section -> {
                    total[0] += section.remaining();
                    checker.accept(section);
                });
                expect("bytes", size, total[0]);
            }
        }
    }

    /** What the benchmarks do; a wrong size must be seen. */
    private void count(int size) throws Exception {
        try (BenchConnection connection = connect("/source?count=6&size=" + size)) {
            connection.receive(1, size);
            connection.receive(3, size);
            try {
                connection.receive(2, size + 1);
            } catch (IOException e) {
                return;
            }
            throw new IOException("expected a wrong size to be seen");
        }
    }

    private void sendAll() throws Exception {
        List<byte[]> messages = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            messages.add(bytes(1024));
        }
        try (BenchConnection connection = connect(sink(messages))) {
            connection.sendAll(messages.stream().map(ByteBuffer::wrap).toList());
            checkReport(connection, messages, messages.size());
        }
        byte[] one = bytes(1000 * 1024); // and all of them out of one array
        List<ByteBuffer> parts = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            parts.add(ByteBuffer.wrap(one, i * 1024, 1024));
        }
        try (BenchConnection connection = connect(sink(List.of(one)))) {
            connection.sendAll(parts);
            expect(
                    "bytes left",
                    0,
                    parts.stream().mapToLong(ByteBuffer::remaining).sum());
            checkReport(connection, List.of(one), parts.size());
        }
    }

    private void echo() throws Exception {
        try (BenchConnection connection = connect("/echo")) {
            for (int i = 0; i < 100; i++) {
                byte[] message = bytes(64);
                ByteBuffer back = ByteBuffer.allocate(64);
                connection.send(message);
                connection.receiveInto(back::put);
                expect("the first other byte", -1, Arrays.mismatch(message, back.array()));
            }
        }
        try (BenchConnection connection = connect("/echo")) {
            for (int i = 0; i < 100; i++) {
                connection.send(bytes(64));
                connection.receive(1, 64);
            }
        }
    }

    private void sections() throws Exception {
        List<byte[]> sections =
                Collections.nCopies(SECTIONS, bytes(SECTION)); // the bare client has one made beforehand
        try (BenchConnection connection = connect(sink(sections))) {
            if (!connection.streams()) {
                return;
            }
            for (int i = 0; i < SECTIONS + SECTIONS_ON_THE_WAY; i++) {
                connection.sendSection(sections.get(0));
            }
            checkReport(connection, sections, 0);
        }
    }

    private void sectionsReceived() throws Exception {
        try (BenchConnection connection = connect("/source?fragments=" + SECTION)) {
            if (!connection.streams()) {
                return;
            }
            connection.receiveSections((long) SECTIONS * SECTION);
            connection.receiveSections(SECTION);
        }
        seeSections();
    }

    private static final class Enough extends RuntimeException {}

    private void seeSections() throws Exception {
        Consumer<ByteBuffer> checker = Payload.checker(SECTION);
        long[] left = {(long) SECTIONS * SECTION};
        try (BenchConnection connection = connect("/source?fragments=" + SECTION)) {
            connection.receiveInto(section -> {
                left[0] -= section.remaining();
                checker.accept(section);
                if (left[0] <= 0) {
                    throw new Enough();
                }
            });
            throw new IOException("expected a message without end");
        } catch (Enough e) {
            // As it should be.
        }
    }

    private void closeEarly() throws Exception {
        try (BenchConnection connection = connect("/source?size=65536")) {
            connection.receive(100, 65_536);
        }
    }
}
