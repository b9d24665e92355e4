package dev.ingestkit.local.inprocess;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ingestkit.local.store.MemoryStore;
import org.junit.jupiter.api.Test;

final class RetainingCheckpointsTest {

    private final RetainingCheckpoints checkpoints = new RetainingCheckpoints(new StoredCheckpoints(new MemoryStore()));

    @Test
    void positionsInADeletedStreamOfTheSameNameAreForgotten() {
        checkpoints.requireOf("mapping", "first");
        checkpoints.save("mapping", "shardId-000000000000", "1");

        checkpoints.requireOf("mapping", "first");
        assertThat(checkpoints.load("mapping")).containsEntry("shardId-000000000000", "1");
        checkpoints.requireOf("mapping", "second");
        assertThat(checkpoints.load("mapping")).isEmpty();
    }
}
