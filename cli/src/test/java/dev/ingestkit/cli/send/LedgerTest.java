package dev.ingestkit.cli.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ingestkit.cli.output.CliException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerTest {

    private static final LedgerEntry ACCEPTED =
            new LedgerEntry(1, "a \"1\"\n", "00", 200, "shard", "42", Instant.parse("2026-01-31T12:00:00.5Z"));
    private static final LedgerEntry REFUSED =
            new LedgerEntry(2, "b", "01", 429, null, null, Instant.parse("2026-01-31T12:00:01Z"));

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @Test
    void entriesAreReadAsWritten() {
        Path file = written(ACCEPTED, REFUSED);

        assertThat(read(file)).containsExactly(ACCEPTED, REFUSED);
        assertThat(Ledger.accepted(file).stream()).containsExactly(1);
    }

    @Test
    void anIncompleteLineIsSkippedAlone() throws IOException {
        Path file = written(ACCEPTED);
        Files.writeString(file, "{\"number\":2,\"id\":\"b\",\"sha", StandardOpenOption.APPEND);

        try (Ledger ledger = Ledger.open(file, true)) {
            ledger.add(REFUSED);
        }

        assertThat(read(file)).containsExactly(ACCEPTED, REFUSED);
    }

    @Test
    void anExistingLedgerIsNotOverwritten() {
        Path file = written(ACCEPTED);

        assertThatThrownBy(() -> Ledger.open(file, false))
                .isInstanceOf(CliException.class)
                .hasMessageContaining("already exists");
        assertThat(read(file)).containsExactly(ACCEPTED);
    }

    @Test
    void anotherFileIsRejectedWithItsLine() throws IOException {
        Path file = folder.resolve("other");
        Files.writeString(file, "{\"some\":\"json\"}\n");

        assertThatThrownBy(() -> read(file)).isInstanceOf(CliException.class).hasMessageContaining("line 1");
    }

    private Path written(LedgerEntry... entries) {
        Path file = folder.resolve("ledger");
        try (Ledger ledger = Ledger.open(file, false)) {
            for (LedgerEntry entry : entries) {
                ledger.add(entry);
            }
        }
        return file;
    }

    private static List<LedgerEntry> read(Path file) {
        List<LedgerEntry> entries = new ArrayList<>();
        Ledger.read(file, entries::add);
        return entries;
    }
}
