package io.github.streamwebsocket.internal.net;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Sees virtual threads too, which ThreadMXBean does not. */
public final class LiveThreads {

    private static final Pattern NAME = Pattern.compile("\"name\": \"([^\"]*)\"");

    private LiveThreads() {}

    /** Returns the names, of all live threads, that begin like this. */
    public static List<String> named(String prefix) {
        try {
            Path folder = Files.createTempDirectory("threads");
            Path dump = folder.resolve("dump.json");
            try {
                ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                        .dumpThreads(dump.toString(), HotSpotDiagnosticMXBean.ThreadDumpFormat.JSON);
                return NAME.matcher(Files.readString(dump))
                        .results()
                        .map((MatchResult result) -> result.group(1))
                        .filter(name -> name.startsWith(prefix))
                        .toList();
            } finally {
                Files.deleteIfExists(dump);
                Files.deleteIfExists(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
