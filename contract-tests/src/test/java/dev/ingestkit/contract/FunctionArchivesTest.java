package dev.ingestkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Checks the archives uploaded to Lambda: small, since a cold start loads them, and reproducible. */
final class FunctionArchivesTest {

    @ParameterizedTest
    @CsvSource({"writer.jar, 10_000_000", "authorizer.jar, 500_000"})
    void anArchiveIsWithinItsBudget(String name, String budget) throws IOException {
        assertThat(Files.size(archive(name))).isBetween(10_000L, Long.parseLong(budget.replace("_", "")));
    }

    @ParameterizedTest
    @CsvSource({"writer.jar", "authorizer.jar"})
    void anArchiveDoesNotRevealItsBuildTime(String name) throws IOException {
        try (ZipFile zip = new ZipFile(archive(name).toFile())) {
            List<? extends ZipEntry> entries = zip.stream().toList();

            assertThat(entries).isNotEmpty();
            assertThat(entries.stream().map(ZipEntry::getTime).distinct())
                    .as("one time stamp for all entries, set by the build")
                    .hasSize(1);
        }
    }

    private static Path archive(String name) {
        return EmbeddedStack.root().resolve("handlers/target").resolve(name);
    }
}
