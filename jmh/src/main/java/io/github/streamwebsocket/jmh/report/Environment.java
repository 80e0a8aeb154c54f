package io.github.streamwebsocket.jmh.report;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where it was measured, and what.
 *
 * @param memory of the machine, in GiB
 * @param versions of the libraries by their names
 */
record Environment(String cpu, int cores, long memory, String kernel, String jdk, Map<String, String> versions) {
    private static final Map<String, String> LIBRARIES = new LinkedHashMap<>();

    static {
        LIBRARIES.put("streamwebsocket", "io.github.streamwebsocket.StreamWebSocket");
        LIBRARIES.put("BouncyCastle", "org.bouncycastle.jsse.provider.BouncyCastleJsseProvider");
        LIBRARIES.put("OkHttp", "okhttp3.OkHttpClient");
        LIBRARIES.put("Java-WebSocket", "org.java_websocket.client.WebSocketClient");
        LIBRARIES.put("nv-websocket-client", "com.neovisionaries.ws.client.WebSocket");
        LIBRARIES.put("Jetty", "org.eclipse.jetty.websocket.client.WebSocketClient");
        LIBRARIES.put("Helidon", "io.helidon.webclient.websocket.WsClient");
        LIBRARIES.put("JMH", "org.openjdk.jmh.runner.Runner");
    }

    /** The number a jar's name ends with, and what may follow it. */
    private static final Pattern JAR = Pattern.compile(".*?-(\\d[^/]*)\\.jar");

    static Environment here() throws IOException {
        Map<String, String> versions = new LinkedHashMap<>();
        for (Map.Entry<String, String> library : LIBRARIES.entrySet()) {
            versions.put(library.getKey(), version(library.getValue()));
        }
        versions.computeIfPresent("streamwebsocket", (name, version) -> version + commit());
        var system = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return new Environment(
                model(),
                Runtime.getRuntime().availableProcessors(),
                Math.round(system.getTotalMemorySize() / (double) (1L << 30)),
                // Of the kernel's version the first two numbers: the rest tells who has built it.
                System.getProperty("os.name") + " "
                        + System.getProperty("os.version").replaceFirst("^(\\d+\\.\\d+).*", "$1"),
                Runtime.version() + " of " + System.getProperty("java.vendor"),
                versions);
    }

    private static String model() throws IOException {
        Path facts = Path.of("/proc/cpuinfo");
        if (Files.exists(facts)) {
            for (String line : Files.readAllLines(facts)) {
                if (line.startsWith("model name")) {
                    return line.substring(line.indexOf(':') + 1).strip();
                }
            }
        }
        return System.getProperty("os.arch");
    }

    private static String version(String className) {
        try {
            URI jar = Class.forName(className, false, Environment.class.getClassLoader())
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI();
            Matcher matcher = JAR.matcher(Path.of(jar).getFileName().toString());
            return matcher.matches() ? matcher.group(1) : "unknown";
        } catch (ReflectiveOperationException | java.net.URISyntaxException e) {
            throw new IllegalStateException("expected the class " + className, e);
        }
    }

    /** The commit that is measured, and whether there are changes to it; nothing outside of a repository. */
    private static String commit() {
        String commit = git("rev-parse", "--short", "HEAD");
        String changed = git("status", "--porcelain", "--", "src", "pom.xml", "jmh");
        return commit.isEmpty() ? "" : " (commit " + commit + (changed.isEmpty() ? ")" : " with changes)");
    }

    private static String git(String... arguments) {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        try {
            Process git = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException none) {
            return "";
        }
    }

    String machine() {
        return cpu + ", " + cores + " cores, " + memory + " GiB, " + kernel;
    }
}
