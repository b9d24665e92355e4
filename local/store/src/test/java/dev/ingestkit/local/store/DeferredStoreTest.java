package dev.ingestkit.local.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DeferredStoreTest implements StoreContract {
    @TempDir
    Path directory;

    @Override
    public Store open() throws IOException {
        return DurableStore.open(directory.resolve("data")).deferred();
    }

    private static byte[] key(int number) {
        return ByteBuffer.allocate(4).putInt(number).array();
    }

    @Test
    void reportedWritesAreInTheLog() throws Exception {
        try (Store store = open()) {
            for (int i = 0; i < 1_000; i++) {
                store.commit(new Batch().put("m", key(i), key(i)));
            }
            store.written().toCompletableFuture().get(30, TimeUnit.SECONDS);
            AtomicInteger entries = new AtomicInteger();
            try (var log = Files.newInputStream(directory.resolve("data/log-0"))) {
                FrameFormat.replay(log, change -> entries.incrementAndGet());
            }
            assertThat(entries).hasValue(1_000);
        }
    }

    @Test
    void actionsRunOnceTheirChangesAreWritten() throws Exception {
        try (Store store = open()) {
            AtomicInteger actions = new AtomicInteger();
            for (int i = 0; i < 200; i++) {
                store.commit(new Batch().put("m", key(i), key(i)));
                store.afterWritten(actions::incrementAndGet);
            }
            await().untilAtomic(actions, equalTo(200));
        }
    }

    @Test
    void snapshotsWhileWritingKeepAllBatches() throws Exception {
        byte[] value = new byte[400_000];
        try (Store store = open()) {
            for (int i = 0; i < 600; i++) {
                store.commit(new Batch().put("m", key(i % 20), value).put("n", key(i), key(i)));
            }
        }
        try (Store store = open()) {
            assertThat(store.map("m").size()).isEqualTo(20);
            assertThat(store.map("n").size()).isEqualTo(600);
        }
    }
}
