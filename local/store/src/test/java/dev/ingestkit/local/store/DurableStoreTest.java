package dev.ingestkit.local.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DurableStoreTest implements StoreContract {
    @TempDir
    Path directory;

    @Override
    public Store open() throws IOException {
        return DurableStore.open(directory.resolve("data"));
    }

    private static byte[] key(int number) {
        return ByteBuffer.allocate(4).putInt(number).array();
    }

    @Test
    void mapsAreThereAgain() throws IOException {
        try (Store store = open()) {
            store.commit(new Batch().put("m", key(1), key(10)).put("n", key(2), key(20)));
            store.commit(new Batch().drop("n").remove("m", key(1)).put("m", key(3), new byte[0]));
            store.sync();
        }
        try (Store store = open()) {
            assertThat(store.names()).containsExactly("m");
            assertThat(store.map("m").size()).isOne();
            assertThat(store.map("m").get(key(3))).isEmpty();
        }
    }

    @Test
    void aLogThatIsCutAnywhereLeavesWholeBatches() throws IOException {
        try (Store store = open()) {
            for (int i = 1; i <= 20; i++) {
                store.commit(new Batch().put("m", key(i), key(i)).put("m", key(-i), key(i)));
            }
        }
        Path log = directory.resolve("data/log-0");
        byte[] whole = Files.readAllBytes(log);
        for (int length = whole.length; length >= 0; length -= 7) {
            Files.write(log, Arrays.copyOf(whole, length));
            try (Store store = open()) {
                long entries = store.map("m").size();
                assertThat(entries % 2).isZero();
                assertThat(entries / 2).isEqualTo((long) length * 20 / whole.length);
                store.commit(new Batch().put("n", key(1), key(1)));
            }
            try (Store store = open()) {
                assertThat(store.map("n").size()).isOne();
            }
        }
    }

    @Test
    void aLogThatIsDamagedAnywhereIsRefused() throws IOException {
        try (Store store = open()) {
            for (int i = 1; i <= 20; i++) {
                store.commit(new Batch().put("m", key(i), key(i)));
            }
        }
        Path log = directory.resolve("data/log-0");
        byte[] whole = Files.readAllBytes(log);
        int last = whole.length - whole.length / 20;
        for (int position = 0; position < last; position += 3) {
            byte[] damaged = whole.clone();
            damaged[position] ^= 0x41;
            Files.write(log, damaged);
            assertThatThrownBy(this::open).hasMessageContaining("log-0' is damaged: restore it from a backup");
            assertThat(log).hasBinaryContent(damaged);
        }
    }

    @Test
    void aMissingLogIsRefused() throws IOException {
        try (Store store = open()) {
            store.commit(new Batch().put("m", key(1), key(1)));
        }
        Files.move(directory.resolve("data/log-0"), directory.resolve("data/log-1"));
        assertThatThrownBy(this::open).hasMessageContaining("log-0' is missing");
    }

    @Test
    void directoriesOfAnotherVersionAreRefused() throws IOException {
        try (Store store = open()) {
            assertThat(store.names()).isEmpty();
        }
        Files.writeString(directory.resolve("data/format"), "ingest-kit data 99\n");
        assertThatThrownBy(this::open)
                .hasMessageContaining(
                        "has the format 'ingest-kit data 99', and this program reads 'ingest-kit data 1'");
    }

    @Test
    void directoriesOfOtherProgramsAreRefused() throws IOException {
        Files.createDirectories(directory.resolve("data"));
        Files.writeString(directory.resolve("data/notes.txt"), "mine");
        assertThatThrownBy(this::open).hasMessageContaining("holds other files, such as 'notes.txt'");
        assertThat(directory.resolve("data/notes.txt")).hasContent("mine");
    }

    @Test
    void aSecondProcessIsRefused() throws IOException {
        try (Store store = open()) {
            assertThat(store.names()).isEmpty();
            assertThatThrownBy(this::open).hasMessageContaining("is in use by another process");
        }
    }

    @Test
    void overwritingGivesSpaceBack() throws Exception {
        byte[] value = new byte[100_000];
        try (Store store = open()) {
            for (int i = 0; i < 3_000; i++) {
                store.commit(new Batch().put("m", key(i % 50), value));
            }
            assertThat(size()).isLessThan(3 * DurableStore.MIN_LOG_BYTES);
        }
        try (Store store = open()) {
            assertThat(store.map("m").size()).isEqualTo(50);
            assertThat(store.map("m").get(key(49))).hasSize(value.length);
        }
    }

    private long size() throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("data"))) {
            return files.mapToLong(file -> file.toFile().length()).sum();
        }
    }

    @Test
    void acknowledgedChangesSurviveAKill() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CommittingProcess.class.getName(),
                        directory.resolve("data").toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        int acknowledged = -1;
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))) {
            for (int i = 0; i < 2_000; i++) {
                acknowledged = Integer.parseInt(lines.readLine());
            }
            process.destroyForcibly();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
        try (Store store = open()) {
            assertThat(store.map("m").size()).isGreaterThan(acknowledged);
            for (int i : List.of(0, acknowledged / 2, acknowledged)) {
                assertThat(store.map("m").get(key(i))).isEqualTo(key(i));
            }
        }
    }

    @Test
    void aFileIsRefusedAsADirectory() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "");
        assertThatThrownBy(() -> DurableStore.open(file))
                .isInstanceOf(IOException.class)
                .hasMessage("'%s' is a file: choose a directory", file);
    }

    @Test
    void aFailedSnapshotLeavesTheSpaceToTheLog() throws IOException {
        Path data = directory.resolve("full");
        CrashingFiles files = new CrashingFiles(new SplittableRandom(1), 0);
        files.fill(data.resolve("unfinished-snapshot"));
        try (DurableStore store = DurableStore.open(files, data, DurableStore.Limits.DEFAULT)) {
            store.commit(new Batch().put("map", new byte[] {1}, new byte[] {2}));
            assertThatThrownBy(store::compact)
                    .hasMessage("'%s' cannot be compacted and keeps its data: No space left on device", data);
            assertThat(files.exists(data.resolve("unfinished-snapshot"))).isFalse();
            store.commit(new Batch().put("map", new byte[] {3}, new byte[] {4}));
        }
        try (DurableStore store = DurableStore.open(files, data, DurableStore.Limits.DEFAULT)) {
            assertThat(store.map("map").size()).isEqualTo(2);
        }
    }
}
