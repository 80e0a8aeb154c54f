package io.github.streamwebsocket.jmh.report;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The results of the families by their names, in a file of JSON. */
record Results(Map<String, FamilyResult> families) {
    private static final Gson GSON = new GsonBuilder()
            .setPrettyPrinting()
            .serializeNulls()
            .disableHtmlEscaping()
            .create();

    /** Reads a file; one that is not there has no results. */
    static Results read(Path file) throws IOException {
        return Files.exists(file)
                ? GSON.fromJson(Files.readString(file), Results.class)
                : new Results(new LinkedHashMap<>());
    }

    /** These, with a family that was measured anew; in the order of the plan. */
    Results with(String name, FamilyResult family) {
        Map<String, FamilyResult> all = new LinkedHashMap<>(families);
        all.put(name, family);
        Map<String, FamilyResult> ordered = new LinkedHashMap<>();
        for (Family planned : Plan.FAMILIES) {
            FamilyResult result = all.remove(planned.name());
            if (result != null) {
                ordered.put(planned.name(), result);
            }
        }
        ordered.putAll(all);
        return new Results(ordered);
    }

    void write(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, GSON.toJson(this) + "\n");
    }
}
