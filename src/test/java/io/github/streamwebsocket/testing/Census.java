package io.github.streamwebsocket.testing;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is alive in this JVM at a moment: threads of both kinds by their names, sockets and file descriptors. The pool
 * that runs virtual threads is the JDK's own, changes with the load, and is not counted. Where the system does not tell,
 * the number is 0.
 */
public record Census(List<String> platformThreads, List<String> virtualThreads, long sockets, long descriptors) {
    private static final String SCHEDULER = "ForkJoinPool-1-";
    /** A line of a thread dump as text that names a virtual thread. */
    private static final Pattern VIRTUAL = Pattern.compile("^#\\d+ \"([^\"]*)\" virtual.*");

    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

    public static Census take() {
        List<String> platform = Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> !name.startsWith(SCHEDULER))
                .toList();
        long descriptors = ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? unix.getOpenFileDescriptorCount()
                : 0;
        return new Census(platform, virtualThreads(dump()), openSockets(), descriptors);
    }

    private static List<String> virtualThreads(String dump) {
        return dump.lines()
                .map(VIRTUAL::matcher)
                .filter(Matcher::matches)
                .map(line -> line.group(1))
                .toList();
    }

    private static String dump() {
        try {
            Path folder = Files.createTempDirectory("threads");
            Path file = folder.resolve("dump.txt");
            try {
                ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                        .dumpThreads(file.toString(), HotSpotDiagnosticMXBean.ThreadDumpFormat.TEXT_PLAIN);
                return Files.readString(file);
            } finally {
                Files.deleteIfExists(file);
                Files.delete(folder);
            }
        } catch (IOException e) {
            throw new AssertionError("the threads cannot be listed", e);
        }
    }

    private static long openSockets() {
        if (!Files.isDirectory(DESCRIPTORS)) {
            return 0;
        }
        long sockets = 0;
        try (DirectoryStream<Path> all = Files.newDirectoryStream(DESCRIPTORS)) {
            for (Path descriptor : all) {
                try {
                    sockets += Files.readSymbolicLink(descriptor).toString().startsWith("socket:") ? 1 : 0;
                } catch (IOException closed) {
                    // It was closed since the folder was listed.
                }
            }
        } catch (IOException e) {
            throw new AssertionError("the descriptors cannot be listed", e);
        }
        return sockets;
    }

    /** Names what there is more of than there was; "" when there is nothing. */
    public String excessOver(Census before) {
        List<String> excess = new ArrayList<>();
        add(excess, "platform threads", platformThreads, before.platformThreads);
        add(excess, "virtual threads", virtualThreads, before.virtualThreads);
        add(excess, "sockets", sockets, before.sockets);
        add(excess, "file descriptors", descriptors, before.descriptors);
        return String.join("; ", excess);
    }

    private static void add(List<String> excess, String what, List<String> now, List<String> before) {
        List<String> more = new ArrayList<>(now);
        before.forEach(more::remove);
        if (!more.isEmpty()) {
            excess.add(what + " " + more);
        }
    }

    private static void add(List<String> excess, String what, long now, long before) {
        if (now > before) {
            excess.add(what + " " + now + " instead of " + before);
        }
    }
}
