package io.github.streamwebsocket.jmh.report;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.Function;

/**
 * What came out of one family, with all that is needed to show it.
 *
 * @param note below the tables; empty if there is none
 * @param date and hour, in UTC
 * @param form {@code quick} or {@code full}
 * @param seed of the orders of the clients
 */
record FamilyResult(
        String title,
        String note,
        boolean drawn,
        String date,
        String form,
        int rounds,
        long seed,
        Environment environment,
        List<Row> rows) {

    /** The distinct values of a column, in the order in which they come. */
    List<String> distinct(Function<Row, String> column) {
        return List.copyOf(new LinkedHashSet<>(rows.stream().map(column).toList()));
    }
}
