package io.github.streamwebsocket.jmh.report;

import io.github.streamwebsocket.jmh.SampleMessages;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** All that {@code make bench} measures: which benchmark, for whom, how long. */
final class Plan {
    /** The order of tables and charts; the first is the reference that the others are compared with. */
    private static final List<String> CLIENTS =
            List.of("bare", "streamwebsocket", "java.net.http", "okhttp", "java-websocket", "nv", "jetty", "helidon");
    /** Those that can send a message in sections and give what has come of one before its end. */
    private static final List<String> STREAMING =
            CLIENTS.stream().filter(client -> !client.equals("okhttp")).toList();
    /** Whose allocation is told exactly: that of others is in the tables of Send and Receive. */
    private static final List<String> OURS = List.of("bare", "streamwebsocket");

    /** Of compression; 0 stands for none. */
    private static final List<String> LEVELS = List.of("0", "1", "3", "6", "9");

    private static final List<String> TRANSPORTS = List.of("ws", "wss");

    private static final int KIB = 1024;
    private static final int MIB = 1024 * KIB;

    private static final Effort QUICK = new Effort(1, 400, 2_000, 4, 250);
    private static final Effort FULL = new Effort(5, 2_000, 6_000, 8, 400);
    /** Where few bytes move, it takes seconds until the code that moves them is compiled. */
    private static final Effort SMALL_QUICK = new Effort(1, 3_000, 4_000, 4, 250);

    private static final Effort SMALL_FULL = new Effort(5, 6_000, 12_000, 10, 400);
    private static final Effort KERNEL_QUICK = new Effort(1, 600, 600, 4, 100);
    private static final Effort KERNEL_FULL = new Effort(5, 2_000, 2_000, 10, 100);

    /** An operation is 64 KiB of payload, however large the messages. */
    private static final Measure MEGABYTES = Measure.megabytes(64 * KIB);

    private static final Measure MESSAGES = Measure.rate("messages");
    /** Also how many messages leave in one write, where the system tells. */
    private static final List<Measure> MESSAGES_AND_WRITES =
            SystemCalls.TOLD ? List.of(MESSAGES, Measure.writes("message")) : List.of(MESSAGES);

    private static final Measure PEER_LOAD = Measure.peerLoad();
    private static final Measure ALLOCATION = Measure.allocation("message");

    static final List<Family> FAMILIES = List.of(
            talking("Send", "Sending binary messages", inTwoSizes("Send")),
            talking("Receive", "Receiving binary messages", inTwoSizes("Receive")),
            talking(
                    "Stream",
                    "One message without end, in sections of 64 KiB",
                    "OkHttp is missing: it has no API for parts of messages.",
                    List.of(
                            streaming("sent", "Stream\\.send", MEGABYTES, STREAMING),
                            streaming("received", "Stream\\.receive", MEGABYTES, STREAMING))),
            talking(
                    "SmallMessages",
                    "Messages of 1 KiB",
                    List.of(
                            small("one by one", "SmallMessages", MESSAGES_AND_WRITES, SMALL_QUICK),
                            streaming("in batches", "Batches", MESSAGES, CLIENTS))),
            talking(
                    "RoundTrip",
                    "Round trip for a thread that asks and waits",
                    List.of(small("64 bytes", "RoundTrip", List.of(Measure.p50(), Measure.p99()), SMALL_QUICK))),
            new Family(
                    "Allocation",
                    "What is allocated for a message, in the long run",
                    "",
                    true,
                    false,
                    List.of(
                            allocation("1 KiB sent", "SmallMessages", clientAnd()),
                            allocation("64 KiB received", "Receive", clientAnd("size", Integer.toString(64 * KIB))))),
            talking(
                    "Connects",
                    "Connecting and closing",
                    "Over wss each is a whole handshake, as no session is resumed; the other libraries use the JDK's TLS.",
                    List.of(connects())),
            talking(
                    "IdleConnections",
                    "Heap that an idle connection takes",
                    List.of(
                            idle(500, List.of("ws"), new Effort(1, 0, 0, 1, 2_000), Effort.NONE),
                            idle(3_000, TRANSPORTS, Effort.NONE, new Effort(3, 0, 0, 1, 6_000)))),
            kernel(
                    "Mask",
                    "Masking a payload with its copy, beside the copy alone",
                    List.of(
                            mask("64 bytes", 64),
                            mask("1 KiB", KIB),
                            mask("16 KiB", 16 * KIB),
                            mask("64 KiB", 64 * KIB))),
            kernel(
                    "Header",
                    "Encoding and decoding the header of a frame",
                    List.of(
                            header("short length", 125),
                            header("16-bit length", 65_535),
                            header("64-bit length", 16 * MIB))),
            kernel(
                    "Utf8",
                    "Finding out whether 16 KiB are UTF-8",
                    List.of(
                            utf8("ascii", KERNEL_QUICK),
                            utf8("mixed", KERNEL_QUICK),
                            utf8("german", Effort.NONE),
                            utf8("cyrillic", Effort.NONE),
                            utf8("chinese", Effort.NONE))),
            kernel(
                    "Curves",
                    "What a TLS handshake does on elliptic curves",
                    List.of(
                            curves("verify", "secp256r1", "verifying an ECDSA signature on P-256"),
                            curves("verify", "Ed25519", "verifying an EdDSA signature on Ed25519"),
                            curves("agree", "X25519", "making a key for X25519 and agreeing"),
                            curves("agree", "X448", "making a key for X448 and agreeing"))),
            kernel(
                    "Compression",
                    "Messages made and read, compressed and not",
                    List.of(
                            compression("json", "send", "JSON of 219 bytes, sent"),
                            compression("json", "receive", "JSON of 219 bytes, received"),
                            compression("log", "send", "log lines of 16 KiB, sent"),
                            compression("log", "receive", "log lines of 16 KiB, received"),
                            compression("photo", "send", "photos in 64 KiB, sent"),
                            compression("photo", "receive", "photos in 64 KiB, received"))));

    private Plan() {}

    private static Family talking(String name, String title, List<Case> cases) {
        return talking(name, title, "", cases);
    }

    private static Family talking(String name, String title, String note, List<Case> cases) {
        return new Family(name, title, note, true, true, cases);
    }

    private static Family kernel(String name, String title, List<Case> cases) {
        return new Family(name, title, "", false, false, cases);
    }

    private static List<Case> inTwoSizes(String benchmark) {
        return List.of(
                messages("64 KiB", benchmark, 64 * KIB, List.of(MEGABYTES, ALLOCATION, PEER_LOAD), QUICK),
                messages("16 MiB", benchmark, 16 * MIB, List.of(MEGABYTES, PEER_LOAD), Effort.NONE));
    }

    private static Case messages(String of, String benchmark, int size, List<Measure> measures, Effort quick) {
        Map<String, String> parameters = clientAnd("size", Integer.toString(size));
        String name = of + " messages";
        return new Case(name, jmh(benchmark), false, parameters, TRANSPORTS, CLIENTS, measures, quick, FULL);
    }

    private static Case small(String name, String benchmark, List<Measure> measures, Effort quick) {
        return new Case(name, jmh(benchmark), false, clientAnd(), TRANSPORTS, CLIENTS, measures, quick, SMALL_FULL);
    }

    /** In short iterations, what the JVM allocates once would hide what each message takes. */
    private static Case allocation(String name, String benchmark, Map<String, String> parameters) {
        return new Case(
                name,
                jmh(benchmark),
                false,
                parameters,
                TRANSPORTS,
                OURS,
                List.of(ALLOCATION),
                Effort.NONE,
                new Effort(3, 3_000, 3_000, 3, 5_000));
    }

    /** Hundreds of connections must have been made before the code of a TLS handshake is compiled. */
    private static Case connects() {
        return new Case(
                "one after the other",
                jmh("Connects"),
                false,
                clientAnd(),
                TRANSPORTS,
                CLIENTS,
                List.of(Measure.rate("connections")),
                Effort.NONE,
                new Effort(5, 4_000, 15_000, 6, 500));
    }

    /** What moves many bytes at once, and is in the full form only. */
    private static Case streaming(String name, String benchmark, Measure measure, List<String> clients) {
        List<Measure> measures = List.of(measure);
        return new Case(name, jmh(benchmark), false, clientAnd(), TRANSPORTS, clients, measures, Effort.NONE, FULL);
    }

    private static Case idle(int connections, List<String> transports, Effort quick, Effort full) {
        return new Case(
                String.format(Locale.ROOT, "%,d connections", connections),
                "io.github.streamwebsocket.jmh.IdleConnections",
                true,
                clientAnd("connections", Integer.toString(connections)),
                transports,
                CLIENTS,
                List.of(Measure.bytes("connection")),
                quick,
                full);
    }

    private static Case mask(String name, int size) {
        List<Measure> measures = List.of(Measure.gigabytes(size), Measure.nanoseconds());
        List<String> methods = List.of("arraycopy", "mask", "piece", "longs", "frame");
        return kernel(name, "MaskKernel", "size", Integer.toString(size), measures, methods, KERNEL_QUICK);
    }

    private static Case header(String name, int length) {
        List<Measure> measures = List.of(Measure.nanoseconds());
        List<String> methods = List.of("encode", "decode");
        return kernel(name, "HeaderKernel", "length", Integer.toString(length), measures, methods, Effort.NONE);
    }

    private static Case utf8(String text, Effort quick) {
        List<Measure> measures = List.of(Measure.gigabytes(16 * KIB), Measure.nanoseconds());
        List<String> methods = List.of("string", "charsetDecoder", "validator");
        return kernel(text, "Utf8Validation", "text", text, measures, methods, quick);
    }

    /** Providers beside each other. */
    private static Case curves(String method, String curve, String name) {
        List<Measure> measures = List.of(Measure.comparedNanoseconds());
        return new Case(
                name,
                jmh("EllipticCurves\\." + method),
                false,
                Map.of("provider", "{client}", "curve", curve),
                List.of(""),
                List.of("jdk", "bouncycastle"),
                measures,
                Effort.NONE,
                KERNEL_FULL);
    }

    /** Levels beside each other, on one core without a wire. */
    private static Case compression(String data, String method, String name) {
        Map<String, String> parameters = Map.of("data", data, "level", "{client}");
        List<Measure> measures = List.of(Measure.megabytesAt(SampleMessages.total(data)));
        Effort full = new Effort(3, 2_000, 2_000, 6, 400);
        return new Case(
                name,
                jmh("MessageCompression\\." + method),
                false,
                parameters,
                List.of(""),
                LEVELS,
                measures,
                Effort.NONE,
                full);
    }

    /** Methods beside each other: the first is what the others are compared with. */
    private static Case kernel(
            String name,
            String benchmark,
            String parameter,
            String value,
            List<Measure> measures,
            List<String> methods,
            Effort quick) {
        return new Case(
                name,
                jmh(benchmark + "\\.{client}"),
                false,
                Map.of(parameter, value),
                List.of(""),
                methods,
                measures,
                quick,
                KERNEL_FULL);
    }

    /** The regular expression for a class, or for one method of it. */
    private static String jmh(String benchmark) {
        return "\\.jmh\\." + benchmark + (benchmark.contains("\\.") ? "$" : "\\.");
    }

    /** In the order in which a main class takes them. */
    private static Map<String, String> clientAnd(String... parameterAndValue) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("client", "{client}");
        parameters.put("transport", "{transport}");
        for (int i = 0; i < parameterAndValue.length; i += 2) {
            parameters.put(parameterAndValue[i], parameterAndValue[i + 1]);
        }
        return parameters;
    }
}
