package io.github.streamwebsocket.jmh.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/**
 * Counts the writes that the whole process asks of the system, for an operation: tells how many messages leave in one
 * write. Linux only, by {@code /proc/self/io}; elsewhere it tells nothing.
 */
public final class SystemCalls implements InternalProfiler {
    /** The name of the secondary result that counts writes. */
    static final String WRITES = "syscalls.write.norm";

    private static final String COUNT = "syscw: ";
    private static final Path COUNTS = Path.of("/proc/self/io");

    /** Whether this system tells. */
    static final boolean TOLD = Files.isReadable(COUNTS);

    private long writes;

    @Override
    public String getDescription() {
        return "Writes of the process, by /proc/self/io";
    }

    @Override
    public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
        writes = count();
    }

    @Override
    public Collection<? extends Result> afterIteration(
            BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
        long operations = result.getMetadata().getAllOps();
        if (!TOLD || operations == 0) {
            return List.of();
        }
        double each = (double) (count() - writes) / operations;
        return List.of(new ScalarResult(WRITES, each, "calls/op", AggregationPolicy.AVG));
    }

    private static long count() {
        if (!TOLD) {
            return 0;
        }
        try (Stream<String> lines = Files.lines(COUNTS)) {
            return lines.filter(line -> line.startsWith(COUNT))
                    .mapToLong(line -> Long.parseLong(line.substring(COUNT.length())))
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
