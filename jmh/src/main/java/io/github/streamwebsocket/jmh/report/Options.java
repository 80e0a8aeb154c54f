package io.github.streamwebsocket.jmh.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * What {@link Bench} is told.
 *
 * @param named the families that were named; empty if none were, which stands for all
 * @param rounds 0 for as many as are planned
 * @param seed of the orders of the clients
 * @param into where results go
 * @param drawn results that are only to be drawn again; null if it is to measure
 */
record Options(boolean full, List<Family> named, int rounds, long seed, Path into, Path drawn) {
    /** Few enough digits to be typed. */
    private static final int SEEDS = 1_000_000;

    /**
     * Understands arguments.
     *
     * @throws IllegalArgumentException with words for the user
     */
    static Options of(String... arguments) {
        boolean full = false;
        List<Family> named = List.of();
        int rounds = 0;
        long seed = ThreadLocalRandom.current().nextInt(SEEDS);
        Path into = null;
        Path drawn = null;
        for (int i = 0; i < arguments.length; i++) {
            switch (arguments[i]) {
                case "--full" -> full = true;
                case "--family" -> named = named(value(arguments, ++i));
                case "--rounds" -> rounds = (int) number("ROUNDS", 1, value(arguments, ++i));
                case "--seed" -> seed = number("SEED", 0, value(arguments, ++i));
                case "--into" -> into = Path.of(value(arguments, ++i));
                case "--draw" -> drawn = Path.of(value(arguments, ++i));
                default -> throw new IllegalArgumentException("unknown argument " + arguments[i]);
            }
        }
        if (into == null) {
            into = full ? Path.of("docs", "benchmarks") : Path.of("jmh", "target", "benchmarks");
        }
        return new Options(full, named, rounds, seed, into, drawn);
    }

    private static String value(String[] arguments, int at) {
        if (at >= arguments.length) {
            throw new IllegalArgumentException("expected a value after " + arguments[at - 1]);
        }
        return arguments[at];
    }

    private static long number(String what, int least, String text) {
        String expected = "expected " + what + " to be a whole number from " + least + " but was " + text;
        try {
            int number = Integer.parseInt(text);
            if (number < least) {
                throw new IllegalArgumentException(expected);
            }
            return number;
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(expected, e);
        }
    }

    private static List<Family> named(String names) {
        List<Family> found = new ArrayList<>();
        for (String name : names.split(",")) {
            found.add(Plan.FAMILIES.stream()
                    .filter(family -> family.name().equalsIgnoreCase(name.strip()))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("expected some of "
                            + String.join(
                                    ", ",
                                    Plan.FAMILIES.stream().map(Family::name).toList())
                            + " but was " + name)));
        }
        return found;
    }
}
