package io.github.streamwebsocket.internal.handshake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.streamwebsocket.PerMessageDeflate;
import io.github.streamwebsocket.internal.DeflateParameters;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/**
 * Both ends of a negotiation come to the same, and keep RFC 7692 7.1, which is written down here a second time: in terms of
 * parameters as text, without the library's help.
 */
class DeflateNegotiationTest {
    private static final int RANDOM_ROUNDS = 20_000;
    private static final String CLIENT_FRESH = "client_no_context_takeover";
    private static final String SERVER_FRESH = "server_no_context_takeover";
    private static final String CLIENT_WINDOW = "client_max_window_bits";
    private static final String SERVER_WINDOW = "server_max_window_bits";
    private static final Set<String> WINDOWS = Set.of("8", "9", "10", "11", "12", "13", "14", "15");

    @Test
    void ourClientAndOurServerAgreeWhateverIsSet() throws Exception {
        List<PerMessageDeflate> all = allSettings();
        for (PerMessageDeflate client : all) {
            DeflateOffer offer = new DeflateOffer(client.level(1).threshold(10));
            List<Extension> offered = ExtensionList.parse(List.of(offer.encode()));
            for (PerMessageDeflate server : all) {
                DeflateAnswer answer = DeflateAnswer.to(offered, server.level(9).threshold(90));
                Supplier<String> pair = () -> client + " and " + server;
                assertNotNull(answer, pair);
                assertKeepsRfc(parameters(offer.encode()), server, parameters(answer.encode()), pair);
                DeflateParameters ofServer = answer.parameters();
                assertAgreed(
                        ofServer,
                        client.clientNoContextTakeover() || server.clientNoContextTakeover(),
                        client.serverNoContextTakeover() || server.serverNoContextTakeover(),
                        Math.min(client.clientMaxWindowBits(), server.clientMaxWindowBits()),
                        Math.min(client.serverMaxWindowBits(), server.serverMaxWindowBits()),
                        pair);
                assertEquals(9, ofServer.level());
                assertEquals(90, ofServer.threshold());
                assertEquals(
                        new DeflateParameters(
                                ofServer.clientNoContextTakeover(),
                                ofServer.serverNoContextTakeover(),
                                ofServer.clientMaxWindowBits(),
                                ofServer.serverMaxWindowBits(),
                                1,
                                10),
                        offer.judge(ExtensionList.parse(List.of(answer.encode()))),
                        pair);
            }
        }
    }

    @Test
    void anAnswerToAnyOffersKeepsTheRfc() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        int taken = 0;
        for (int round = 0; round < RANDOM_ROUNDS; round++) {
            List<String> offers = new ArrayList<>();
            for (int left = 1 + random.nextInt(4); left > 0; left--) {
                offers.add(randomElement(random, random.nextInt(8) == 0 ? "permessage-foo" : "permessage-deflate"));
            }
            PerMessageDeflate settings = randomSettings(random);
            String now = "seed " + seed + ", round " + round + ": ";
            Supplier<String> what = () -> now + offers + " to " + settings;
            DeflateAnswer answer = DeflateAnswer.to(ExtensionList.parse(randomLines(random, offers)), settings);
            String first = offers.stream()
                    .filter(offer -> mayBeTaken(offer, settings))
                    .findFirst()
                    .orElse(null);
            assertEquals(first != null, answer != null, what);
            if (first != null) {
                Map<String, String> said = parameters(answer.encode());
                assertKeepsRfc(parameters(first), settings, said, what);
                assertAgreed(
                        answer.parameters(),
                        said.containsKey(CLIENT_FRESH),
                        said.containsKey(SERVER_FRESH),
                        Integer.parseInt(said.getOrDefault(CLIENT_WINDOW, "15")),
                        Integer.parseInt(said.getOrDefault(SERVER_WINDOW, "15")),
                        what);
                taken++;
            }
        }
        assertTrue(taken > RANDOM_ROUNDS / 10 && taken < RANDOM_ROUNDS * 9 / 10, "seed " + seed + ": " + taken);
    }

    @Test
    void anAnswerOfAnyKindIsTakenOrRefusedAsTheRfcSays() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        int taken = 0;
        for (int round = 0; round < RANDOM_ROUNDS; round++) {
            PerMessageDeflate settings = randomSettings(random);
            String answer = randomElement(random, "permessage-deflate");
            String now = "seed " + seed + ", round " + round + ": ";
            Supplier<String> what = () -> now + answer + " to " + settings;
            boolean good = mayAnswer(answer, settings);
            try {
                DeflateParameters agreed =
                        new DeflateOffer(settings).judge(ExtensionList.parse(randomLines(random, List.of(answer))));
                assertTrue(good, what);
                Map<String, String> said = parameters(answer);
                assertAgreed(
                        agreed,
                        settings.clientNoContextTakeover() || said.containsKey(CLIENT_FRESH),
                        said.containsKey(SERVER_FRESH),
                        Math.min(
                                settings.clientMaxWindowBits(),
                                Integer.parseInt(said.getOrDefault(CLIENT_WINDOW, "15"))),
                        Integer.parseInt(said.getOrDefault(SERVER_WINDOW, "15")),
                        what);
                taken++;
            } catch (InvalidExtensionException e) {
                assertFalse(good, () -> what.get() + ": " + e.getMessage());
            }
        }
        assertTrue(taken > RANDOM_ROUNDS / 10 && taken < RANDOM_ROUNDS * 9 / 10, "seed " + seed + ": " + taken);
    }

    /** What RFC 7692 7.1.1 and 7.1.2 ask of an answer to an offer, and what the server's settings ask. */
    private static void assertKeepsRfc(
            Map<String, String> offer, PerMessageDeflate settings, Map<String, String> answer, Supplier<String> what) {
        Supplier<String> all = () -> what.get() + " -> " + answer;
        assertTrue(
                Set.of(CLIENT_FRESH, SERVER_FRESH, CLIENT_WINDOW, SERVER_WINDOW).containsAll(answer.keySet()), all);
        assertTrue(answer.getOrDefault(CLIENT_FRESH, "").isEmpty(), all);
        assertTrue(answer.getOrDefault(SERVER_FRESH, "").isEmpty(), all);
        assertTrue(WINDOWS.contains(answer.getOrDefault(CLIENT_WINDOW, "15")), all);
        assertTrue(WINDOWS.contains(answer.getOrDefault(SERVER_WINDOW, "15")), all);
        if (offer.containsKey(SERVER_FRESH) || settings.serverNoContextTakeover()) {
            assertTrue(answer.containsKey(SERVER_FRESH), all);
        }
        if (settings.clientNoContextTakeover()) {
            assertTrue(answer.containsKey(CLIENT_FRESH), all);
        }
        assertTrue(!offer.containsKey(SERVER_WINDOW) || answer.containsKey(SERVER_WINDOW), all);
        int server = Integer.parseInt(answer.getOrDefault(SERVER_WINDOW, "15"));
        assertTrue(server <= Integer.parseInt(offer.getOrDefault(SERVER_WINDOW, "15")), all);
        assertTrue(server <= settings.serverMaxWindowBits(), all);
        assertTrue(!answer.containsKey(CLIENT_WINDOW) || offer.containsKey(CLIENT_WINDOW), all);
        int client = Integer.parseInt(answer.getOrDefault(CLIENT_WINDOW, "15"));
        String bound = offer.getOrDefault(CLIENT_WINDOW, "");
        assertTrue(bound.isEmpty() || client <= Integer.parseInt(bound), all);
        assertTrue(client <= settings.clientMaxWindowBits(), all);
    }

    private static boolean mayBeTaken(String offer, PerMessageDeflate settings) {
        if (!offer.startsWith("permessage-deflate") || !valid(offer, true)) {
            return false;
        }
        return settings.clientMaxWindowBits() == 15 || parameters(offer).containsKey(CLIENT_WINDOW);
    }

    private static boolean mayAnswer(String answer, PerMessageDeflate settings) {
        if (!valid(answer, false)) {
            return false;
        }
        Map<String, String> said = parameters(answer);
        boolean fresh = !settings.serverNoContextTakeover() || said.containsKey(SERVER_FRESH);
        boolean window = settings.serverMaxWindowBits() == 15
                || Integer.parseInt(said.getOrDefault(SERVER_WINDOW, "16")) <= settings.serverMaxWindowBits();
        return fresh && window;
    }

    private static boolean valid(String element, boolean offer) {
        Set<String> seen = new HashSet<>();
        for (String parameter : element.split("; ", -1)) {
            String name = parameter.split("=", -1)[0];
            String value = parameter.contains("=") ? parameter.split("=", -1)[1] : "";
            boolean good = seen.add(name)
                    && switch (name) {
                        case "permessage-deflate" -> true;
                        case CLIENT_FRESH, SERVER_FRESH -> !parameter.contains("=");
                        case CLIENT_WINDOW -> WINDOWS.contains(value) || (offer && value.isEmpty());
                        case SERVER_WINDOW -> WINDOWS.contains(value);
                        default -> false;
                    };
            if (!good) {
                return false;
            }
        }
        return true;
    }

    private static Map<String, String> parameters(String element) {
        Map<String, String> parameters = new HashMap<>();
        for (String parameter : element.split("; ", -1)) {
            if (!parameter.equals("permessage-deflate")) {
                String[] sides = parameter.split("=", -1);
                parameters.put(sides[0], sides.length == 1 ? "" : sides[1]);
            }
        }
        return parameters;
    }

    private static void assertAgreed(
            DeflateParameters agreed,
            boolean clientNoContextTakeover,
            boolean serverNoContextTakeover,
            int clientMaxWindowBits,
            int serverMaxWindowBits,
            Supplier<String> what) {
        assertEquals(clientNoContextTakeover, agreed.clientNoContextTakeover(), what);
        assertEquals(serverNoContextTakeover, agreed.serverNoContextTakeover(), what);
        assertEquals(clientMaxWindowBits, agreed.clientMaxWindowBits(), what);
        assertEquals(serverMaxWindowBits, agreed.serverMaxWindowBits(), what);
    }

    private static String randomElement(Random random, String name) {
        StringBuilder text = new StringBuilder(name);
        for (int left = random.nextInt(4); left > 0; left--) {
            text.append("; ")
                    .append(
                            switch (random.nextInt(16)) {
                                case 0 -> "mystery";
                                case 1 -> CLIENT_FRESH + "=1";
                                case 2 -> SERVER_WINDOW;
                                case 3 -> SERVER_WINDOW + "=0" + (8 + random.nextInt(8));
                                case 4, 5, 6 -> CLIENT_FRESH;
                                case 7, 8, 9 -> SERVER_FRESH;
                                case 10 -> CLIENT_WINDOW;
                                case 11, 12 -> CLIENT_WINDOW + "=" + (7 + random.nextInt(10));
                                default -> SERVER_WINDOW + "=" + (7 + random.nextInt(10));
                            });
        }
        return text.toString();
    }

    /** Writes the same in one of the many ways there are. */
    private static List<String> randomLines(Random random, List<String> elements) {
        List<String> lines = new ArrayList<>();
        for (String element : elements) {
            String written = element;
            if (random.nextBoolean()) {
                written = written.replaceAll("=([0-9]+)", random.nextBoolean() ? "=\"$1\"" : " = \"\\\\$1\"");
            }
            if (random.nextBoolean()) {
                written = written.replace("; ", random.nextBoolean() ? ";" : " \t; ");
            }
            if (lines.isEmpty() || random.nextBoolean()) {
                lines.add(written);
            } else {
                String before = lines.remove(lines.size() - 1);
                lines.add(before + (random.nextBoolean() ? "," : " ,, ") + written);
            }
        }
        return lines;
    }

    private static PerMessageDeflate randomSettings(Random random) {
        return PerMessageDeflate.DEFAULT
                .clientNoContextTakeover(random.nextBoolean())
                .serverNoContextTakeover(random.nextInt(4) == 0)
                .clientMaxWindowBits(random.nextBoolean() ? 15 : 8 + random.nextInt(8))
                .serverMaxWindowBits(random.nextBoolean() ? 15 : 8 + random.nextInt(8));
    }

    private static List<PerMessageDeflate> allSettings() {
        List<PerMessageDeflate> all = new ArrayList<>();
        for (boolean client : new boolean[] {false, true}) {
            for (boolean server : new boolean[] {false, true}) {
                for (int clientBits = 8; clientBits <= 15; clientBits++) {
                    for (int serverBits = 8; serverBits <= 15; serverBits++) {
                        all.add(PerMessageDeflate.DEFAULT
                                .clientNoContextTakeover(client)
                                .serverNoContextTakeover(server)
                                .clientMaxWindowBits(clientBits)
                                .serverMaxWindowBits(serverBits));
                    }
                }
            }
        }
        return all;
    }
}
