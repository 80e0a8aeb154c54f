package io.github.streamwebsocket.jmh.client;

import io.github.streamwebsocket.jmh.peer.PeerProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Shows that no client of the benchmarks skips work: what each sends has the right hash at the peer, and what the peer
 * sends comes unchanged. Prints a line for each, and ends with an error if something is wrong. Arguments name clients;
 * without any, all are checked.
 */
public final class CheckClients {
    private static final int[] SIZES = {0, 1, 64, 125, 126, 1024, 65_535, 65_536, 1 << 20, 16 << 20};
    private static final int EARLY_CONNECTIONS = 300;
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private interface Check {
        void run() throws Exception;
    }

    private final PeerProcess peer;
    private final List<String> wrong = new ArrayList<>();
    private final List<String> flaws = new ArrayList<>();
    private Clients library;
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
        try (BenchClient client = each.openForData(peer.trust())) {
            for (String kind : List.of("ws", "wss")) {
                transport = kind;
                checkTransport(new Exchanges(client, peer, kind), client.streams());
            }
        }
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

    private void checkTransport(Exchanges exchanges, boolean streams) throws InterruptedException {
        for (int size : SIZES) {
            check("send of " + size + " bytes", () -> exchanges.send(size));
            check("receive of " + size + " bytes", () -> fromSource(() -> exchanges.receive(size)));
            check("count of " + size + " bytes", () -> fromSource(() -> exchanges.count(size)));
        }
        check("sendAll", exchanges::sendAll);
        check("echo", exchanges::echo);
        if (streams) {
            check("sections", exchanges::sections);
            check("sections received", () -> fromSource(exchanges::sectionsReceived));
        }
        check("close with more to come", () -> fromSource(exchanges::closeEarly));
        check("messages right behind the handshake", () -> early(exchanges));
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

    private void early(Exchanges exchanges) throws Exception {
        int bad = 0;
        for (int i = 0; i < EARLY_CONNECTIONS; i++) {
            try {
                exchanges.receive(65_536);
            } catch (IOException | IllegalStateException e) {
                bad++;
            }
        }
        if (losesWhatComesEarly()) {
            flaws.add(transport + " lost what came early in " + bad + " of " + EARLY_CONNECTIONS + " connections");
        } else {
            Exchanges.expect("connections that lost what came early", 0, bad);
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
}
