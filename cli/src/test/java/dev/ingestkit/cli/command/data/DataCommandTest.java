package dev.ingestkit.cli.command.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ingestkit.cli.CliRun;
import dev.ingestkit.local.store.Batch;
import dev.ingestkit.local.store.DurableStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DataCommandTest {

    @TempDir
    Path home;

    private Path data;

    @BeforeEach
    void fill() throws IOException {
        data = home.resolve("data");
        try (DurableStore store = DurableStore.open(data)) {
            for (int i = 0; i < 100; i++) {
                store.commit(new Batch().put("secrets", bytes("name"), bytes("value " + i)));
            }
            store.commit(new Batch().put("kinesis/records/1", new byte[] {0, (byte) 200}, bytes("record")));
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private CliRun.Result run(String... arguments) {
        return new CliRun(home).run(arguments);
    }

    @Test
    void checkListsTheMapsOfTheDirectory() {
        CliRun.Result result = run("data", "check", data.toString(), "-o", "ndjson");

        assertThat(result.exit()).isZero();
        assertThat(result.out()).isEqualTo("""
            {"name":"kinesis/records/1","entries":1,"bytes":8}
            {"name":"secrets","entries":1,"bytes":12}
            """);
        assertThat(result.err()).contains("no damage found");
    }

    @Test
    void checkTellsACutOffBatchFromDamage() throws IOException {
        Path log = data.resolve("log-0");
        byte[] whole = Files.readAllBytes(log);
        Files.write(log, Arrays.copyOf(whole, whole.length - 5));
        assertThat(run("data", "check", data.toString()).err()).contains("was cut off by a crash");
        assertThat(log).hasSize(whole.length - 5L);

        whole[20] ^= 1;
        Files.write(log, whole);
        CliRun.Result damaged = run("data", "check", data.toString());
        assertThat(damaged.exit()).isEqualTo(1);
        assertThat(damaged.err()).contains("log-0' is damaged: restore the directory from a backup");
    }

    @Test
    void compactKeepsTheLiveDataOnly() {
        CliRun.Result result = run("data", "compact", data.toString(), "-o", "json");

        assertThat(result.exit()).isZero();
        assertThat(data.resolve("snapshot-1")).exists();
        assertThat(data.resolve("log-0")).doesNotExist();
        assertThat(run("data", "check", data.toString(), "-o", "name").out()).contains("secrets");
    }

    @Test
    void exportPrintsTextAndBytes() {
        assertThat(run("data", "export", data.toString()).out()).isEqualTo("""
            {"map":"kinesis/records/1","keyBase64":"AMg=","value":"record"}
            {"map":"secrets","key":"name","value":"value 99"}
            """);
    }

    @Test
    void directoriesThatCannotBeReadAreNamed() throws IOException {
        assertThat(run("data", "check", home.resolve("none").toString()).err()).contains("is not a data directory");
        try (DurableStore store = DurableStore.open(data)) {
            assertThat(store.isWritable()).isTrue();
            assertThat(run("data", "compact", data.toString()).err()).contains("is in use by this process");
        }
        Files.writeString(data.resolve("format"), "ingest-kit data 99\n");
        assertThat(run("data", "check", data.toString()).err()).contains("has the format 'ingest-kit data 99'");
    }
}
