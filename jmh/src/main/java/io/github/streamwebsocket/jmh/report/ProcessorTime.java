package io.github.streamwebsocket.jmh.report;

import java.time.Duration;

/**
 * The time for which a process has had a processor, of all its threads together.
 *
 * @param process null for none, which never has one
 */
record ProcessorTime(ProcessHandle process) {

    long nanoseconds() {
        return process == null
                ? 0
                : process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos();
    }
}
