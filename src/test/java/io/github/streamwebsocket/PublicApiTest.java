package io.github.streamwebsocket;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Compares the public surface with api.txt, so that it changes only on purpose and in sight of a review. */
class PublicApiTest {
    private static final Path COMMITTED = Path.of("api.txt");

    @Test
    void thePublicSurfaceIsWhatApiTxtSays() throws IOException {
        List<String> actual = PublicApi.describe("io.github.streamwebsocket");
        if (Boolean.getBoolean("api.write")) {
            Files.write(COMMITTED, actual);
            return;
        }
        List<String> committed = Files.exists(COMMITTED) ? Files.readAllLines(COMMITTED) : List.of();
        if (!actual.equals(committed)) {
            fail("The public surface differs from api.txt. If that is meant, run `make api`, commit api.txt with the"
                    + " change and say in CHANGELOG.md what a user must do.\n"
                    + String.join("\n", difference(committed, actual)));
        }
    }

    /** The lines only in one of the two texts, as "- old" and "+ new", each under the type it belongs to. */
    private static List<String> difference(List<String> before, List<String> after) {
        int[][] common = new int[before.size() + 1][after.size() + 1];
        for (int i = before.size() - 1; i >= 0; i--) {
            for (int j = after.size() - 1; j >= 0; j--) {
                common[i][j] = before.get(i).equals(after.get(j))
                        ? common[i + 1][j + 1] + 1
                        : Math.max(common[i + 1][j], common[i][j + 1]);
            }
        }
        List<String> lines = new ArrayList<>();
        String type = "";
        String shown = "";
        int i = 0;
        int j = 0;
        while (i < before.size() || j < after.size()) {
            boolean both =
                    i < before.size() && j < after.size() && before.get(i).equals(after.get(j));
            boolean added = !both && (i == before.size() || (j < after.size() && common[i][j + 1] > common[i + 1][j]));
            String line = added ? after.get(j) : before.get(i);
            if (!line.isEmpty() && !line.startsWith(" ")) {
                type = line;
            }
            if (!both) {
                if (!type.equals(shown) && !type.equals(line)) {
                    lines.add("  " + type);
                }
                shown = type;
                lines.add((added ? "+ " : "- ") + line);
            }
            i += added ? 0 : 1;
            j += both || added ? 1 : 0;
        }
        return lines;
    }
}
