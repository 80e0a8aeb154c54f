package io.github.streamwebsocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What README.md shows can be done as it stands there. */
class ReadmeTest {
    private static final Pattern EXAMPLE = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)\\)");

    @TempDir
    Path output;

    private static String readme() throws Exception {
        return Files.readString(Path.of("README.md"));
    }

    @Test
    void everyExampleCompiles() throws Exception {
        List<String> examples = new ArrayList<>();
        for (Matcher matcher = EXAMPLE.matcher(readme()); matcher.find(); ) {
            examples.add(matcher.group(1));
        }
        assertEquals(4, examples.size());
        for (int i = 0; i < examples.size(); i++) {
            String example = examples.get(i);
            assertEquals("", compile(example.contains("class ") ? example : inAMethod(i, example)), example);
        }
    }

    /** A fragment is put where a reader would put it; what it leaves to the reader's imagination is declared. */
    private static String inAMethod(int number, String fragment) {
        return """
                import io.github.streamwebsocket.*;
                import java.io.*;
                import java.net.*;
                import java.nio.file.*;

                class Example%d {
                    void serve(ServerStreamWebSocket socket) {}

                    void run(byte[] request, int length) throws Exception {
                %s
                    }
                }
                """.formatted(number, fragment);
    }

    private String compile(String source) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter errors = new StringWriter();
        String name = source.replaceAll("(?s).*?\\bclass (\\w+).*", "$1");
        JavaFileObject file =
                new SimpleJavaFileObject(URI.create("string:///" + name + ".java"), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return source;
                    }
                };
        List<String> options =
                List.of("-d", output.toString(), "-cp", System.getProperty("java.class.path"), "-proc:none");
        return compiler.getTask(errors, null, null, options, null, List.of(file))
                        .call()
                ? ""
                : errors.toString();
    }

    @Test
    void everyFileItNamesIsThere() throws Exception {
        int links = 0;
        for (Matcher matcher = LINK.matcher(readme()); matcher.find(); links++) {
            assertTrue(Files.exists(Path.of(matcher.group(1))), matcher.group(1));
        }
        assertTrue(links > 0);
    }
}
