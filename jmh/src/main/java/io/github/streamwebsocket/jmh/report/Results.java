package io.github.streamwebsocket.jmh.report;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;

/** The results of the families by their names, in a file of JSON. */
record Results(Map<String, FamilyResult> families) {
    static final String FILE = "results.json";

    private static final Gson GSON = new GsonBuilder()
            .setPrettyPrinting()
            .serializeNulls()
            .disableHtmlEscaping()
            .create();

    /** Reads a file; one that is not there has no results. */
    static Results read(Path file) throws IOException {
        if (!Files.exists(file)) {
            return new Results(new LinkedHashMap<>());
        }
        try {
            Results read = GSON.fromJson(Files.readString(file), Results.class);
            if (read != null && read.families != null) {
                return read;
            }
        } catch (JsonParseException e) {
            throw new IOException("expected results in " + file + " but " + e.getMessage(), e);
        }
        throw new IOException("expected results in " + file + " but there are none; delete it to begin anew");
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

    /** All or nothing: whoever is stopped meanwhile leaves what was there. */
    void write(Path file) throws IOException {
        Path directory = Files.createDirectories(file.toAbsolutePath().getParent());
        Path written = directory.resolve(file.getFileName() + ".new");
        Files.writeString(written, GSON.toJson(this) + "\n");
        Files.move(written, file, StandardCopyOption.REPLACE_EXISTING);
    }
}
