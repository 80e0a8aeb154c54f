package io.github.streamwebsocket.cli;

import io.github.streamwebsocket.ClientWebSocket;
import io.github.streamwebsocket.PerMessageDeflate;
import java.util.Map;
import java.util.Optional;
import java.util.Stack;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Whether messages are compressed, for the commands that send or receive some. */
final class CompressionOption {
    private static final String NAME = "--compress";

    @Option(
            names = NAME,
            arity = "0..1",
            paramLabel = "LEVEL",
            preprocessor = OnlyAttached.class,
            converter = LevelConverter.class,
            description = "Compress messages that get smaller by it (permessage-deflate), if the other end can; -v says"
                    + " whether. LEVEL is from 1, the fastest, to 9, the smallest. Default: off, and 3 without LEVEL")
    private @Nullable PerMessageDeflate settings;

    /** Returns what to offer, or to take offers by; empty for no compression. */
    Optional<PerMessageDeflate> settings() {
        return Optional.ofNullable(settings);
    }

    /** Has a client offer it, if it is wanted. */
    void offer(ClientWebSocket socket) {
        socket.control().compression(settings);
    }

    /** Says what has come of an offer. */
    static String outcome(Optional<PerMessageDeflate> agreed) {
        return agreed.map(settings -> "messages that get smaller by it are compressed: " + settings)
                .orElse("no compression: the other end does not offer it, or does not take the offer");
    }

    /** Returns what to say to somebody whose command line is wrong and has a level as an argument of its own; or "". */
    static String hint(String... args) {
        for (int i = 1; i < args.length; i++) {
            if (args[i - 1].equals(NAME) && args[i].matches("[1-9]")) {
                return "; a level is written " + NAME + "=" + args[i];
            }
        }
        return "";
    }

    /** Takes a level only behind "=": in {@code --compress FILE} the next argument is no level. */
    static final class OnlyAttached implements IParameterPreprocessor {
        @Override
        @SuppressWarnings("JdkObsolete") // the type is picocli's
        public boolean preprocess(
                Stack<String> args, CommandSpec command, ArgSpec option, Map<String, Object> information) {
            if ("=".equals(information.get("separator"))) {
                return false;
            }
            option.setValue(PerMessageDeflate.DEFAULT);
            return true;
        }
    }

    /** Reads a level. */
    static final class LevelConverter implements ITypeConverter<PerMessageDeflate> {
        @Override
        public PerMessageDeflate convert(String text) {
            if (!text.matches("[1-9]")) {
                throw new TypeConversionException("expected a level from 1 to 9 but was '" + text + "'");
            }
            return PerMessageDeflate.DEFAULT.level(Integer.parseInt(text));
        }
    }
}
