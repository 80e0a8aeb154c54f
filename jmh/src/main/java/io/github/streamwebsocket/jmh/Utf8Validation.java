package io.github.streamwebsocket.jmh;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.streamwebsocket.internal.message.Utf8Validator;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What finding out that 16 KiB are UTF-8 costs on one core: ours beside the JDK's two ways, {@code new String}, and a
 * decoder that is kept, into a buffer that is kept. Those two make characters at the same time, but are all the JDK has
 * for the question.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(3)
public class Utf8Validation extends InTurns {
    private static final int LENGTH = 16 * 1024;

    private static final String UMLAUTS = "äöüßéèñåçø";

    /**
     * Words of the script that is named. {@code mixed}: each word of a script that chance picks, of German, Cyrillic,
     * Chinese, emoji and ASCII; {@code rare}: ASCII in which one word of fifty has umlauts.
     */
    @Param({"ascii", "mixed", "rare", "german", "cyrillic", "chinese", "emoji"})
    private String text;

    private byte[] bytes;
    private final Utf8Validator validator = new Utf8Validator();
    private final CharsetDecoder decoder = UTF_8.newDecoder();
    private final CharBuffer chars = CharBuffer.allocate(LENGTH);

    @Setup
    public void write() {
        Random random = new Random(3629);
        StringBuilder words = new StringBuilder();
        int length = 0;
        while (true) {
            String word = word(random);
            length += word.getBytes(UTF_8).length;
            if (length > LENGTH) {
                break;
            }
            words.append(word);
        }
        byte[] whole = words.toString().getBytes(UTF_8);
        bytes = (words + " ".repeat(LENGTH - whole.length)).getBytes(UTF_8);
    }

    private String word(Random random) {
        String script = text;
        if (script.equals("mixed")) {
            script = new String[] {"ascii", "german", "cyrillic", "chinese", "emoji"}[random.nextInt(5)];
        } else if (script.equals("rare")) {
            script = random.nextInt(50) == 0 ? "german" : "ascii";
        }
        StringBuilder word = new StringBuilder();
        for (int count = script.equals("emoji") ? random.nextInt(1, 4) : random.nextInt(2, 10); count > 0; count--) {
            word.appendCodePoint(
                    switch (script) {
                        case "german" ->
                            random.nextInt(4) == 0
                                    ? UMLAUTS.charAt(random.nextInt(UMLAUTS.length()))
                                    : random.nextInt('a', 'z' + 1);
                        case "cyrillic" -> random.nextInt(0x430, 0x450);
                        case "chinese" -> random.nextInt(0x4E00, 0xA000);
                        case "emoji" -> random.nextInt(0x1F600, 0x1F650);
                        default -> random.nextInt('a', 'z' + 1);
                    });
        }
        return text.equals("chinese") ? word.toString() : word.append(' ').toString();
    }

    @Benchmark
    public int validator() {
        validator.reset();
        int bad = validator.accept(bytes, 0, bytes.length);
        if (bad >= 0 || !validator.complete()) {
            throw new IllegalStateException("expected valid text");
        }
        return bad;
    }

    @Benchmark
    public String string() {
        return new String(bytes, UTF_8);
    }

    @Benchmark
    public CharBuffer charsetDecoder() {
        decoder.reset();
        chars.clear();
        if (!decoder.decode(ByteBuffer.wrap(bytes), chars, true).isUnderflow()) {
            throw new IllegalStateException("expected valid text");
        }
        return chars;
    }
}
