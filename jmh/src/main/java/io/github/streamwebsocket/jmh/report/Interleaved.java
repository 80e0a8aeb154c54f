package io.github.streamwebsocket.jmh.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import org.openjdk.jmh.runner.RunnerException;

/**
 * Measures one case for all its clients at the same time: each has a JVM, which is warmed up alone, and when all are
 * warm they take turns of less than a second each, until every one has had all of its own. The others wait meanwhile.
 * So what the machine does, which is faster in one second than in the next, it does to all of them.
 *
 * @param jvmArguments tell the JVMs where the peer is
 * @param peer the time for which it has had a processor
 * @param log takes all that they print
 */
record Interleaved(List<String> jvmArguments, ProcessorTime peer, PrintStream log) {
    /** There are as many heaps as clients, which together are to fit into a machine of 16 GB. */
    private static final String HEAP = "-Xmx1g";
    /** How much longer than planned all may take, in milliseconds: some clients take theirs to close. */
    private static final long PATIENCE = 60_000;
    /** For what is left to do of a turn when it is over, such as bytes that are under way, in milliseconds. */
    private static final long SETTLE = 10;

    /** Returns what came of each, in the order of the clients. */
    Map<String, Attempt> run(Case subject, String transport, List<String> clients, Effort effort, Random orders)
            throws InterruptedException, IOException {
        Map<String, Attempt> attempts = new ConcurrentHashMap<>();
        List<Thread> starters = new ArrayList<>();
        long planned = clients.size() * effort.forkMilliseconds(transport);
        try (Turns turns = new Turns(peer);
                Overdue overdue = Overdue.after(planned + PATIENCE)) {
            Map<String, Turns.Turn> warm = new LinkedHashMap<>();
            for (String client : clients) {
                Thread starter = Thread.ofVirtual()
                        .start(() -> attempts.put(client, run(subject, transport, client, effort, turns.property())));
                starters.add(starter);
                Turns.Turn turn = turns.first(starter);
                if (turn != null && warmUp(turn, effort.warmups(transport))) {
                    warm.put(client, turn);
                }
            }
            takeTurns(List.copyOf(warm.values()), effort, orders);
            for (Thread starter : starters) {
                starter.join();
            }
            if (subject.measures().getLast().kind() == Measure.Kind.PEER_LOAD) {
                warm.forEach((client, turn) ->
                        attempts.computeIfPresent(client, (name, attempt) -> attempt.with(turn.peerLoad())));
            }
        }
        return judged(clients, attempts);
    }

    private static boolean warmUp(Turns.Turn turn, int iterations) {
        for (int i = 0; i < iterations; i++) {
            if (!turn.run(Effort.SECOND) || !turn.next()) {
                return false;
            }
        }
        return true;
    }

    /** Each time in another order, so that nobody always follows the same. Who fails is left out from there on. */
    private static void takeTurns(List<Turns.Turn> jvms, Effort effort, Random orders) throws InterruptedException {
        List<Turns.Turn> left = new ArrayList<>(jvms);
        for (int i = 0; i < effort.measurements(); i++) {
            boolean last = i == effort.measurements() - 1;
            Collections.shuffle(left, orders);
            List<Turns.Turn> still = new ArrayList<>();
            for (Turns.Turn jvm : left) {
                if (jvm.measure(effort.milliseconds()) && (last || jvm.next())) {
                    still.add(jvm);
                }
                Thread.sleep(SETTLE);
            }
            left = still;
        }
        left.forEach(Turns.Turn::finish);
    }

    /** What a JVM prints is kept until it has ended, as the lines of several would be mixed. */
    private Attempt run(Case subject, String transport, String client, Effort effort, String property) {
        List<String> arguments = new ArrayList<>(jvmArguments);
        arguments.add(HEAP);
        arguments.add(property);
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        try (PrintStream out = new PrintStream(printed, false, UTF_8)) {
            return Attempt.of(new Fork(arguments, out).run(subject, transport, client, effort));
        } catch (RunnerException | RuntimeException e) {
            return Attempt.failed(e);
        } finally {
            log.print(printed.toString(UTF_8));
        }
    }

    private static Map<String, Attempt> judged(List<String> clients, Map<String, Attempt> attempts) {
        double[] growths = attempts.values().stream()
                .filter(attempt -> attempt.outcome() != null)
                .mapToDouble(attempt -> attempt.outcome().growth())
                .sorted()
                .toArray();
        double median = growths.length == 0 ? 1 : growths[(growths.length - 1) / 2];
        Map<String, Attempt> judged = new LinkedHashMap<>();
        Attempt none = Attempt.failed(new IllegalStateException("expected its JVM to end but it could not be started"));
        clients.forEach(
                client -> judged.put(client, attempts.getOrDefault(client, none).besides(median)));
        return judged;
    }
}
