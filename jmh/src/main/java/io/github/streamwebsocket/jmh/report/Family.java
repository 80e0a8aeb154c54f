package io.github.streamwebsocket.jmh.report;

import java.util.List;

/**
 * Things that are measured together: a section of the page, with tables and charts.
 *
 * @param name for the command line and the names of files
 * @param title over table and chart
 * @param note below the tables: what one might wonder about; empty if there is none
 * @param talks whether the clients talk to the peer, which is started for them
 * @param drawn whether there is a chart of it
 */
record Family(String name, String title, String note, boolean talks, boolean drawn, List<Case> cases) {
    /** See {@link Case#inQuick}. */
    Family inQuick() {
        return new Family(
                name,
                title,
                note,
                talks,
                drawn,
                cases.stream().map(Case::inQuick).toList());
    }
}
