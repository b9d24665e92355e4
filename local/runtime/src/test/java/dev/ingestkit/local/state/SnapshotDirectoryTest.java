package dev.ingestkit.local.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ingestkit.local.store.Batch;
import dev.ingestkit.local.store.MemoryStore;
import dev.ingestkit.local.store.Store;
import dev.ingestkit.local.store.StoreArchive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A snapshot exists under its name, the old or the new one, wherever the process that replaced it was killed. */
final class SnapshotDirectoryTest {

    @TempDir
    Path directory;

    private SnapshotDirectory snapshots;

    @BeforeEach
    void create() {
        snapshots = new SnapshotDirectory(directory);
    }

    private void save(int value) throws IOException {
        try (MemoryStore store = new MemoryStore()) {
            store.commit(new Batch().put("map", new byte[] {1}, new byte[] {(byte) value}));
            snapshots.save("a", store.view(), Instant.EPOCH);
        }
    }

    private int saved() throws IOException {
        try (Store store = StoreArchive.read(snapshots.require("a"))) {
            byte[] value = store.map("map").get(new byte[] {1});
            return value == null ? 0 : value[0];
        }
    }

    @Test
    void aReplacedSnapshotHasTheNewState() throws IOException {
        save(1);
        save(2);

        assertThat(saved()).isEqualTo(2);
        assertThat(directory.toFile().list()).containsExactly("a");
    }

    @Test
    void aCrashBeforeTheOldSnapshotIsRemovedLeavesTheOldOne() throws IOException {
        save(2);
        Files.move(directory.resolve("a"), directory.resolve("new"));
        save(1);
        Files.move(directory.resolve("new"), directory.resolve(".next-a"));

        assertThat(saved()).isEqualTo(1);
        assertThat(snapshots.list()).hasSize(1);
        save(3);
        assertThat(saved()).isEqualTo(3);
        snapshots.delete("a");
        assertThat(snapshots.list()).isEmpty();
    }

    @Test
    void aCrashBeforeTheNewSnapshotHasItsNameKeepsTheNewOne() throws IOException {
        save(2);
        Files.move(directory.resolve("a"), directory.resolve(".next-a"));

        assertThat(saved()).isEqualTo(2);
        assertThat(snapshots.list()).extracting(Snapshots.Snapshot::name).containsExactly("a");
        save(3);
        assertThat(saved()).isEqualTo(3);
        snapshots.delete("a");
        assertThat(snapshots.list()).isEmpty();
    }
}
