package io.github.streamwebsocket.cli;

import java.util.ArrayList;
import java.util.List;

/** Lines for people, broken at spaces where they get too wide; a word that is wider stays whole, to be copied. */
final class TextPage {
    /** What every terminal has. */
    static final int COLUMNS = 80;

    private final List<String> lines = new ArrayList<>();

    /** Adds a paragraph, every line of it indented. */
    void add(int indent, String text) {
        add(" ".repeat(indent), " ".repeat(indent), text);
    }

    /** Adds a name and its value, in two columns. */
    void add(int indent, String name, int nameColumns, String value) {
        String first = " ".repeat(indent) + name + " ".repeat(Math.max(1, nameColumns - name.length()));
        add(first, " ".repeat(first.length()), value);
    }

    /** Adds a paragraph that begins otherwise than its other lines; a line end in it stays one. */
    void add(String first, String next, String text) {
        String begin = first;
        for (String part : text.split("\n", -1)) {
            addLine(begin, next, part);
            begin = next;
        }
    }

    private void addLine(String first, String next, String text) {
        StringBuilder line = new StringBuilder(first);
        boolean empty = true;
        for (String word : text.split(" ", -1)) {
            if (!empty && line.length() + 1 + word.length() > COLUMNS) {
                lines.add(line.toString());
                line = new StringBuilder(next);
                empty = true;
            }
            line.append(empty ? "" : " ").append(word);
            empty = false;
        }
        lines.add(line.toString());
    }

    void blank() {
        lines.add("");
    }

    List<String> lines() {
        return List.copyOf(lines);
    }
}
