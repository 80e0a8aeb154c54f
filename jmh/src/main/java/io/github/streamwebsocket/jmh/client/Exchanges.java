package io.github.streamwebsocket.jmh.client;

import io.github.streamwebsocket.jmh.peer.Payload;
import io.github.streamwebsocket.jmh.peer.PeerProcess;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.zip.CRC32C;

/** What one client exchanges with the peer so that both see all of it: an error tells what was not as it should be. */
final class Exchanges {
    private static final int SECTIONS = 100;
    private static final int SECTION = 10_000;
    /** More than a fragment, in which what is checked might wait. */
    private static final int SECTIONS_ON_THE_WAY = 7;

    private final BenchClient client;
    private final PeerProcess peer;
    private final String transport;
    private final Random random = new Random(7692);

    Exchanges(BenchClient client, PeerProcess peer, String transport) {
        this.client = client;
        this.peer = peer;
        this.transport = transport;
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
    void send(int size) throws Exception {
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

    static void expect(String what, long expected, long actual) throws IOException {
        if (expected != actual) {
            throw new IOException("expected " + expected + " " + what + " but was " + actual);
        }
    }

    void receive(int size) throws Exception {
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
    void count(int size) throws Exception {
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

    void sendAll() throws Exception {
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

    void echo() throws Exception {
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

    void sections() throws Exception {
        List<byte[]> sections =
                Collections.nCopies(SECTIONS, bytes(SECTION)); // the bare client has one made beforehand
        try (BenchConnection connection = connect(sink(sections))) {
            for (int i = 0; i < SECTIONS + SECTIONS_ON_THE_WAY; i++) {
                connection.sendSection(sections.get(0));
            }
            checkReport(connection, sections, 0);
        }
    }

    void sectionsReceived() throws Exception {
        try (BenchConnection connection = connect("/source?fragments=" + SECTION)) {
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

    void closeEarly() throws Exception {
        try (BenchConnection connection = connect("/source?size=65536")) {
            connection.receive(100, 65_536);
        }
    }
}
