package dev.ingestkit.local.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CodeHashesTest {

    private final CodeHashes hashes = new CodeHashes();

    @TempDir
    private Path folder;

    @Test
    void theHashOfAnArchiveIsThatOfItsBytes() throws IOException {
        Path archive = Files.writeString(folder.resolve("writer.jar"), "abc");

        // The first example of FIPS 180-4, in Base64.
        assertThat(hashes.of(archive)).contains("ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=");
    }

    @Test
    void theHashOfAFolderChangesWithTheContentAndTheNamesOfItsFiles() throws IOException {
        Path file = Files.writeString(folder.resolve("app.py"), "1");
        Optional<String> first = hashes.of(folder);
        assertThat(first).isPresent();
        assertThat(new CodeHashes().of(folder)).isEqualTo(first);

        Files.writeString(file, "22");
        Optional<String> changed = hashes.of(folder);
        assertThat(changed).isNotEqualTo(first);

        Files.move(file, folder.resolve("main.py"));
        assertThat(hashes.of(folder)).isPresent().isNotEqualTo(changed);
    }

    @Test
    void theSameCodeBuiltAgainHasTheSameHash() throws IOException {
        Path archive = Files.writeString(folder.resolve("writer.jar"), "abc");
        Optional<String> first = hashes.of(archive);

        Files.setLastModifiedTime(archive, FileTime.from(Instant.parse("2026-01-01T00:00:00Z")));

        assertThat(hashes.of(archive)).isEqualTo(first);
    }

    @Test
    void codeThatIsNotThereHasNoHash() {
        assertThat(hashes.of(folder.resolve("target/classes"))).isEmpty();
    }
}
