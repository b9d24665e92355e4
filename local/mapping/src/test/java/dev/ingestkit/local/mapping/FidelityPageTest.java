package dev.ingestkit.local.mapping;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Checks that each claim of the fidelity page has a test, and that each test named there exists. */
final class FidelityPageTest {

    private static final Pattern TEST = Pattern.compile("`(\\w+Test)\\.(\\w+)`");

    private final Path root = Path.of(requireNonNull(System.getProperty("ingest.root"), "ingest.root"));

    @Test
    void eachRowNamesATestAndEachNamedTestExists() throws IOException {
        List<String> lines = Files.readAllLines(root.resolve("docs/reference/fidelity.md"));
        Map<String, String> sources = testSources();
        for (String line : lines) {
            List<MatchResult> named = TEST.matcher(line).results().toList();
            boolean row = line.startsWith("| ") && !line.startsWith("| Behavior") && !line.startsWith("| ---");
            assertThat(!row || !named.isEmpty())
                    .as("a row without a test: %s", line)
                    .isTrue();
            for (MatchResult test : named) {
                assertThat(sources.getOrDefault(test.group(1) + ".java", ""))
                        .as("%s named in: %s", test.group(), line)
                        .contains("void " + test.group(2) + "(");
            }
        }
    }

    private Map<String, String> testSources() throws IOException {
        Map<String, String> sources = new HashMap<>();
        for (String module : List.of("local", "contract-tests", "cli", "handlers", "core")) {
            try (Stream<Path> files = Files.walk(root.resolve(module))) {
                files.filter(file -> file.toString().endsWith("Test.java"))
                        .forEach(file -> sources.merge(file.getFileName().toString(), read(file), String::concat));
            }
        }
        return sources;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
