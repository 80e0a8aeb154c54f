package io.github.streamwebsocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What README.md and the pages in docs show can be done as it stands there. */
class DocumentsTest {
    private static final Pattern EXAMPLE = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)(?:#[^)]*)?\\)");

    @TempDir
    Path output;

    static List<Path> documents() throws IOException {
        try (Stream<Path> pages = Files.walk(Path.of("docs"))) {
            return Stream.concat(
                            Stream.of(Path.of("README.md")),
                            pages.filter(page -> page.toString().endsWith(".md")))
                    .toList();
        }
    }

    private static List<String> examples(Path document) throws IOException {
        List<String> examples = new ArrayList<>();
        for (Matcher matcher = EXAMPLE.matcher(Files.readString(document)); matcher.find(); ) {
            examples.add(matcher.group(1));
        }
        return examples;
    }

    @Test
    void everyExampleCompiles() throws Exception {
        List<JavaFileObject> sources = new ArrayList<>();
        for (Path document : documents()) {
            for (String example : examples(document)) {
                sources.add(source(example.contains("class ") ? example : inAClass(sources.size(), example)));
            }
        }
        assertTrue(sources.size() >= 22, "examples: " + sources.size());
        assertEquals("", compile(sources));
    }

    /** A fragment is put where a reader would put it; what it leaves to the reader's imagination is declared. */
    private static String inAClass(int number, String fragment) {
        String member = fragment.startsWith("void ")
                ? fragment
                : "void run(byte[] request, int length) throws Exception {\n" + fragment + "\n}";
        return """
                import io.github.streamwebsocket.*;
                import java.io.*;
                import java.net.*;
                import java.nio.charset.*;
                import java.nio.file.*;
                import java.security.*;
                import java.security.cert.*;
                import java.time.*;
                import java.util.*;
                import java.util.function.Consumer;
                import javax.net.ssl.*;

                class Example%d {
                    void serve(ServerStreamWebSocket socket) {}

                    void ask(String question, Consumer<Boolean> answered) {}

                %s
                }
                """.formatted(number, member);
    }

    private static JavaFileObject source(String text) {
        String name = text.replaceAll("(?s).*?\\bclass (\\w+).*", "$1");
        return new SimpleJavaFileObject(URI.create("string:///" + name + ".java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return text;
            }
        };
    }

    private String compile(List<JavaFileObject> sources) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter errors = new StringWriter();
        List<String> options =
                List.of("-d", output.toString(), "-cp", System.getProperty("java.class.path"), "-proc:none");
        return compiler.getTask(errors, null, null, options, null, sources).call() ? "" : errors.toString();
    }

    @ParameterizedTest
    @MethodSource("documents")
    void everyFileItNamesIsThere(Path document) throws Exception {
        Path folder = document.toAbsolutePath().getParent();
        for (Matcher matcher = LINK.matcher(Files.readString(document)); matcher.find(); ) {
            assertTrue(Files.exists(folder.resolve(matcher.group(1))), matcher.group(1));
        }
    }
}
