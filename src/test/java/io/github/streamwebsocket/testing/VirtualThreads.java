package io.github.streamwebsocket.testing;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.HotSpotDiagnosticMXBean.ThreadDumpFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lists virtual threads, which ThreadMXBean does not see. */
public final class VirtualThreads {
    private static final Pattern NAME = Pattern.compile("^#\\d+ \"([^\"]*)\".*");

    private VirtualThreads() {}

    /** A thread with its name first and then its stack, one frame a line. */
    public static List<String> named(String prefix) {
        List<String> found = new ArrayList<>();
        boolean inside = false;
        for (String line : dump().lines().toList()) {
            Matcher name = NAME.matcher(line);
            if (name.matches()) {
                inside = name.group(1).startsWith(prefix);
                if (inside) {
                    found.add(name.group(1));
                }
            } else if (inside) {
                int last = found.size() - 1;
                found.set(last, found.get(last) + "\n" + line);
            }
        }
        return found;
    }

    /** How many there are. */
    public static int count(String prefix) {
        return named(prefix).size();
    }

    private static String dump() {
        // Threads that are about to end may do so: JDK 25.0.3 was seen to crash in a dump taken while threads ended.
        LockSupport.parkNanos(2_000_000);
        try {
            Path folder = Files.createTempDirectory("threads");
            Path file = folder.resolve("dump.txt");
            try {
                ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                        .dumpThreads(file.toString(), ThreadDumpFormat.TEXT_PLAIN);
                return Files.readString(file);
            } finally {
                Files.deleteIfExists(file);
                Files.delete(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
