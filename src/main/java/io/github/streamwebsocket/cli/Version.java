package io.github.streamwebsocket.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** Says which version this is, and what it runs on. */
final class Version implements IVersionProvider {
    private static final String PROPERTIES = "/META-INF/maven/io.github.streamwebsocket/streamwebsocket/pom.properties";

    @Override
    public String[] getVersion() throws IOException {
        return new String[] {
            Main.NAME + " " + number(),
            "Java " + System.getProperty("java.version") + " (" + System.getProperty("java.vendor") + "), "
                    + System.getProperty("os.name") + " " + System.getProperty("os.arch")
        };
    }

    /** The build writes the version into the library's jar; classes that are run without it have none. */
    private static String number() throws IOException {
        try (InputStream in = Version.class.getResourceAsStream(PROPERTIES)) {
            Properties properties = new Properties();
            if (in != null) {
                properties.load(in);
            }
            return properties.getProperty("version", "(not packaged)");
        }
    }
}
