package dev.ingestkit.local.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ingestkit.local.store.Batch;
import dev.ingestkit.local.store.MemoryStore;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Objects in a store, and in the buckets of the next start. */
final class BucketStorageTest {

    private static final Bucket BUCKET = new Bucket("bucket", "us-east-1", Instant.EPOCH);

    private final MemoryStore store = new MemoryStore();
    private final BucketStorage storage = BucketStorage.in(store);

    private StoredObject stored(String key) {
        return storage.load().get(0).find(key).orElseThrow();
    }

    @Test
    void anObjectSharesItsBytesWithTheStore() {
        byte[] content = {1, 2, 3};
        StoredObject object = StoredObject.of("key", content, Map.of("Content-Type", "text/plain"), Instant.EPOCH);
        StoredObject empty = StoredObject.of("empty", new byte[0], Map.of(), Instant.EPOCH);
        storage.created(BUCKET);
        storage.stored(BUCKET, object);
        storage.stored(BUCKET, empty);

        assertThat(stored("key")).isEqualTo(object);
        assertThat(stored("key").content()).isSameAs(content);
        assertThat(stored("empty").content()).isEmpty();
        storage.removed(BUCKET, "key");
        storage.deleted(BUCKET);
        assertThat(store.names()).isEmpty();
    }

    @Test
    void anObjectOfAnEarlierVersionIsRead() {
        byte[] head = "{\"modified\":\"1970-01-01T00:00:00Z\",\"etag\":\"e\",\"headers\":{\"a\":\"b\"}}"
                .getBytes(StandardCharsets.UTF_8);
        byte[] value = ByteBuffer.allocate(Integer.BYTES + head.length + 2)
                .putInt(head.length)
                .put(head)
                .put(new byte[] {4, 5})
                .array();
        storage.created(BUCKET);
        store.commit(new Batch().put("s3/objects/bucket", "key".getBytes(StandardCharsets.UTF_8), value));

        assertThat(stored("key").content()).containsExactly(4, 5);
        assertThat(stored("key").headers()).isEqualTo(Map.of("a", "b"));
    }
}
