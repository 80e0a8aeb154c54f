package io.github.streamwebsocket;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.JavaModifier.SYNCHRONIZED;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.USE_JAVA_UTIL_LOGGING;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.IDN;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Holds the layers of the library: which package may use which, and what none of them may use. */
class LayersTest {
    private static final String BASE = "io.github.streamwebsocket";

    /** The classes of the base package that stand on top of the internals; every other one is vocabulary. */
    private static final Set<String> ENTRY = Set.of(
            "StreamWebSocket",
            "StreamWebSocketControl",
            "MessageWebSocket",
            "MessageWebSocketControl",
            "MessageWebSocketInformation",
            "ServerMessageWebSocket",
            "ServerMessageWebSocketControl",
            "ServerMessageWebSocketInformation",
            "ConnectedMessageWebSocket",
            "MessageEvents",
            "MessageSections",
            "End",
            "ServerEnd",
            "StreamWebSocketInformation",
            "ServerStreamWebSocket",
            "ServerStreamWebSocketInformation",
            "ConnectedStreamWebSocket",
            "ClientEnd",
            "ClientInformation",
            "ClientWebSocket",
            "ServerInformation",
            "WebSocketControl",
            "TlsControl",
            "ClientCertificate",
            "WebSocket",
            "WebSocketInformation",
            "SubprotocolList",
            "ConnectedWebSocket",
            "WebSocketListener",
            "PendingClients",
            "WebSocketListenerOptions");

    /** The internals that decide and do nothing else: no socket, stream, lock or thread. */
    private static final Set<String> PURE = Set.of(
            "FrameHeader",
            "FrameRules",
            "Mask",
            "ClosePayload",
            "CloseState",
            "HeadParser",
            "OpeningRequest",
            "OpeningKey",
            "OpeningRequestRules",
            "OpeningResponseRules",
            "Extension",
            "ExtensionList",
            "DeflateTerms",
            "DeflateOffer",
            "DeflateAnswer",
            "RequestHeaderRules",
            "WebSocketUri",
            "PeerText",
            "NamedGroups",
            "Limits",
            "WorstError",
            "PublicKeyPins",
            "SignedPath",
            "Utf8Validator");

    /** What a layer may use besides itself. A package that is not named here is a violation. */
    private static final Map<String, Set<String>> MAY_USE = Map.ofEntries(
            Map.entry("vocabulary", Set.of()),
            Map.entry("internal", Set.of("vocabulary")),
            Map.entry("internal.net", Set.of("internal", "vocabulary")),
            Map.entry("internal.x509", Set.of("internal", "vocabulary")),
            Map.entry("internal.tls", Set.of("internal.x509", "internal.net", "internal", "vocabulary")),
            Map.entry("internal.handshake", Set.of("internal.tls", "internal.net", "internal", "vocabulary")),
            Map.entry("internal.frame", Set.of("internal.net", "internal", "vocabulary")),
            Map.entry("internal.message", Set.of("internal.frame", "internal", "vocabulary")),
            Map.entry(
                    "internal.connection",
                    Set.of(
                            "internal.message",
                            "internal.frame",
                            "internal.handshake",
                            "internal.tls",
                            "internal.net",
                            "internal",
                            "vocabulary")),
            Map.entry(
                    "entry",
                    Set.of(
                            "internal.connection",
                            "internal.message",
                            "internal.frame",
                            "internal.handshake",
                            "internal.tls",
                            "internal.net",
                            "internal",
                            "vocabulary")),
            Map.entry("cli", Set.of("entry", "vocabulary")));

    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(BASE);

    private static final DescribedPredicate<JavaClass> LIBRARY =
            resideInAPackage(BASE + "..").and(DescribedPredicate.not(resideInAPackage(BASE + ".cli..")));

    @Test
    void aLayerUsesOnlyWhatStandsBelowIt() {
        check(classes().should(useOnlyWhatTheirLayerMayUse()));
    }

    @Test
    void theLibraryNeedsOnlyTheJdkBouncyCastleAndJSpecify() {
        check(classes()
                .that(LIBRARY)
                .should()
                .onlyDependOnClassesThat(
                        resideInAnyPackage(BASE + "..", "java..", "javax..", "org.bouncycastle..", "org.jspecify..")));
    }

    @Test
    void noMethodIsSynchronized() {
        check(noMethods().should().haveModifier(SYNCHRONIZED).because("a monitor pins its carrier on JDK 21 to 23"));
    }

    /** Class files as ArchUnit shows them do not tell about synchronized blocks, so this looks at the source. */
    @Test
    void noBlockIsSynchronized() throws IOException {
        Pattern block = Pattern.compile("\\bsynchronized\\s*\\(");
        try (var files = Files.walk(Path.of("src/main/java"))) {
            List<Path> found = files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> block.matcher(read(file)).find())
                    .toList();
            assertEquals(List.of(), found, "files with a synchronized block, which pins its carrier on JDK 21 to 23");
        }
    }

    @Test
    void theLibraryKeepsNothingInThreadsAndPoolsNone() {
        check(noClasses()
                .that(LIBRARY)
                .should()
                .dependOnClassesThat(assignableTo(ThreadLocal.class)
                        .or(assignableTo(ExecutorService.class))
                        .or(type(Executors.class)))
                .because("virtual threads are made for one task and then thrown away"));
    }

    @Test
    void theLibraryPrintsNothing() {
        check(noClasses().that(LIBRARY).should(ACCESS_STANDARD_STREAMS));
    }

    @Test
    void theLibraryLogsOnlyToSystemLogger() {
        check(noClasses().that(LIBRARY).should(USE_JAVA_UTIL_LOGGING));
    }

    @Test
    void decisionsArePure() {
        DescribedPredicate<JavaClass> pure = DescribedPredicate.describe(
                "are pure", type -> layerOf(type).startsWith("internal") && PURE.contains(outermostName(type)));
        DescribedPredicate<JavaClass> namesOnly =
                type(URI.class).or(type(URISyntaxException.class)).or(type(IDN.class));
        check(noClasses()
                .that(pure)
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage("java.net..", "javax.net..", "java.nio.channels..", "java.util.concurrent..")
                                .and(DescribedPredicate.not(namesOnly))
                                .or(assignableTo(InputStream.class))
                                .or(assignableTo(OutputStream.class))
                                .or(assignableTo(Reader.class))
                                .or(assignableTo(Writer.class))
                                .or(assignableTo(Thread.class))));
    }

    /** A rule holds also while the layer it speaks of has no class yet. */
    private static void check(ArchRule rule) {
        rule.allowEmptyShould(true).check(MAIN);
    }

    private static ArchCondition<JavaClass> useOnlyWhatTheirLayerMayUse() {
        return new ArchCondition<>("use only what their layer may use") {
            @Override
            public void check(JavaClass origin, ConditionEvents events) {
                String from = layerOf(origin);
                if (!MAY_USE.containsKey(from)) {
                    events.add(SimpleConditionEvent.violated(origin, origin.getName() + " is in no known layer"));
                    return;
                }
                for (Dependency dependency : origin.getDirectDependenciesFromSelf()) {
                    String to = layerOf(dependency.getTargetClass());
                    boolean allowed =
                            to.isEmpty() || to.equals(from) || MAY_USE.get(from).contains(to);
                    if (!allowed) {
                        String message = from + " must not use " + to + ": " + dependency.getDescription();
                        events.add(SimpleConditionEvent.violated(dependency, message));
                    }
                }
            }
        };
    }

    /** The key of a class in {@link #MAY_USE}, or "" for a class that is not ours. */
    private static String layerOf(JavaClass type) {
        String name = type.getBaseComponentType().getPackageName();
        if (name.equals(BASE)) {
            return ENTRY.contains(outermostName(type)) ? "entry" : "vocabulary";
        }
        return name.startsWith(BASE + ".") ? name.substring(BASE.length() + 1) : "";
    }

    private static String outermostName(JavaClass type) {
        JavaClass outermost = type.getBaseComponentType();
        while (outermost.getEnclosingClass().isPresent()) {
            outermost = outermost.getEnclosingClass().get();
        }
        return outermost.getSimpleName();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
