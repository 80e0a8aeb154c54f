package io.github.streamwebsocket.jmh.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One thing that is measured for each client over each transport. In the benchmark and the parameters {@code {client}}
 * and {@code {transport}} stand for what is measured at the time.
 *
 * @param name as tables and charts show it
 * @param program the class of a benchmark with its method, as a regular expression for JMH, or the name of a main class
 * @param isMain whether the program is a main class, which is run in a JVM of its own with the values of the parameters
 *     as arguments, and whose last line is the figure
 * @param transports {@code ws} and {@code wss}; one empty name where none is used
 * @param clients in the order of tables and charts; the first is what the others are compared with
 */
record Case(
        String name,
        String program,
        boolean isMain,
        Map<String, String> parameters,
        List<String> transports,
        List<String> clients,
        List<Measure> measures,
        Effort quick,
        Effort full) {

    /** What the peer has used is known only when the others are, so it comes last. */
    Case {
        if (measures.stream().limit(measures.size() - 1L).anyMatch(each -> each.kind() == Measure.Kind.PEER_LOAD)) {
            throw new IllegalArgumentException("expected the load of the peer behind all other measures");
        }
    }

    Effort effort(boolean inFull) {
        return inFull ? full : quick;
    }

    /** The same without the measures that only the full form has enough samples for. */
    Case inQuick() {
        List<Measure> common =
                measures.stream().filter(measure -> !measure.isRare()).toList();
        return new Case(name, program, isMain, parameters, transports, clients, common, quick, full);
    }

    String program(String transport, String client) {
        return fill(program, transport, client);
    }

    Map<String, String> parameters(String transport, String client) {
        Map<String, String> filled = new LinkedHashMap<>();
        parameters.forEach((name, value) -> filled.put(name, fill(value, transport, client)));
        return filled;
    }

    String reference() {
        return clients.getFirst();
    }

    private static String fill(String template, String transport, String client) {
        return template.replace("{client}", client).replace("{transport}", transport);
    }
}
