package io.github.streamwebsocket.jmh;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** 1 MiB of messages, the same each time: what compression has to do with in real life, from best to worst. */
public final class SampleMessages {
    private static final int TOTAL = 1 << 20;

    private SampleMessages() {}

    /**
     * Makes messages.
     *
     * @param kind {@code json}: prices of a market, of about 200 bytes each; {@code log}: 16 KiB each of the lines of a web
     *     server's log; {@code photo}: 64 KiB each of bytes without a pattern, as in a photo or film that is compressed
     */
    static List<byte[]> of(String kind) {
        Random random = new Random(7692);
        List<byte[]> messages = new ArrayList<>();
        for (int total = 0; total < TOTAL; total += messages.get(messages.size() - 1).length) {
            messages.add(
                    switch (kind) {
                        case "json" -> price(random).getBytes(UTF_8);
                        case "log" -> log(random).getBytes(UTF_8);
                        default -> photo(random);
                    });
        }
        return messages;
    }

    /** How many bytes all messages of a kind have. */
    public static long total(String kind) {
        return of(kind).stream().mapToLong(message -> message.length).sum();
    }

    private static String price(Random random) {
        String[] symbols = {"BTC-USD", "ETH-USD", "SOL-EUR", "ADA-EUR", "XRP-USD", "DOT-GBP"};
        double price = random.nextDouble(1, 50_000);
        return """
                {"type":"ticker","sequence":%d,"product_id":"%s","price":"%.2f","best_bid":"%.2f","best_ask":"%.2f",\
                "side":"%s","time":"2026-11-24T14:%02d:%02d.%06dZ","trade_id":%d,"last_size":"%.8f"}""".formatted(
                        random.nextInt(1_000_000_000),
                        symbols[random.nextInt(symbols.length)],
                        price,
                        price - 0.01,
                        price + 0.01,
                        random.nextBoolean() ? "buy" : "sell",
                        random.nextInt(60),
                        random.nextInt(60),
                        random.nextInt(1_000_000),
                        random.nextInt(1_000_000_000),
                        random.nextDouble());
    }

    private static String log(Random random) {
        String[] paths = {"/", "/index.html", "/images/logo.png", "/api/v1/orders", "/api/v1/users", "/search?q=shoes"};
        String[] agents = {"Mozilla/5.0 (X11; Linux x86_64) Firefox/132.0", "curl/8.5.0", "Googlebot/2.1"};
        StringBuilder lines = new StringBuilder();
        while (lines.length() < 16 * 1024) {
            lines.append("%d.%d.%d.%d - - [24/Nov/2026:14:%02d:%02d +0000] \"GET %s HTTP/1.1\" %d %d \"-\" \"%s\"\n"
                    .formatted(
                            random.nextInt(256),
                            random.nextInt(256),
                            random.nextInt(256),
                            random.nextInt(256),
                            random.nextInt(60),
                            random.nextInt(60),
                            paths[random.nextInt(paths.length)],
                            random.nextInt(10) == 0 ? 404 : 200,
                            random.nextInt(100_000),
                            agents[random.nextInt(agents.length)]));
        }
        return lines.toString();
    }

    private static byte[] photo(Random random) {
        byte[] bytes = new byte[64 * 1024];
        random.nextBytes(bytes);
        return bytes;
    }
}
