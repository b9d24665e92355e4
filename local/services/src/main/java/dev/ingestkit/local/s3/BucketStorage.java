package dev.ingestkit.local.s3;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.events.Json;
import dev.ingestkit.local.store.Batch;
import dev.ingestkit.local.store.ByteCursor;
import dev.ingestkit.local.store.Store;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keeps buckets and their objects in a store. Without a store nothing is kept. Not thread-safe: {@link BucketStore}
 * guards it.
 */
final class BucketStorage {

    /** Keeps nothing: buckets end with the process. */
    static final BucketStorage NONE = new BucketStorage(null);

    private static final String BUCKETS = "s3/buckets";

    private final @Nullable Store store;

    private BucketStorage(@Nullable Store store) {
        this.store = store;
    }

    static BucketStorage in(Store store) {
        return new BucketStorage(requireNonNull(store, "store"));
    }

    private static String objects(String bucket) {
        return "s3/objects/" + bucket;
    }

    /** The map of an object's bytes, which the store and the object share. */
    private static String contents(String bucket) {
        return "s3/contents/" + bucket;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    void created(Bucket bucket) {
        if (store != null) {
            ObjectNode node = Json.mapper()
                    .createObjectNode()
                    .put("region", bucket.region)
                    .put("createdAt", bucket.createdAt.toString());
            store.commit(new Batch().put(BUCKETS, bytes(bucket.name), bytes(node.toString())));
        }
    }

    void deleted(Bucket bucket) {
        if (store != null) {
            store.commit(new Batch()
                    .remove(BUCKETS, bytes(bucket.name))
                    .drop(objects(bucket.name))
                    .drop(contents(bucket.name)));
        }
    }

    void stored(Bucket bucket, StoredObject object) {
        if (store == null) {
            return;
        }
        ObjectNode node = Json.mapper()
                .createObjectNode()
                .put("modified", object.modified().toString())
                .put("etag", object.etag());
        node.set("headers", Json.mapper().valueToTree(object.headers()));
        byte[] key = bytes(object.key());
        store.commit(new Batch()
                .put(objects(bucket.name), key, bytes(node.toString()))
                .put(contents(bucket.name), key, object.content()));
    }

    void removed(Bucket bucket, String key) {
        if (store != null) {
            store.commit(
                    new Batch().remove(objects(bucket.name), bytes(key)).remove(contents(bucket.name), bytes(key)));
        }
    }

    /** Returns the buckets of an earlier process, with their objects. */
    List<Bucket> load() {
        List<Bucket> buckets = new ArrayList<>();
        if (store == null) {
            return buckets;
        }
        ByteCursor cursor = store.map(BUCKETS).all();
        while (cursor.next()) {
            JsonNode node = parsed(cursor.value());
            Bucket bucket = new Bucket(
                    new String(cursor.key(), StandardCharsets.UTF_8),
                    node.path("region").textValue(),
                    Instant.parse(node.path("createdAt").textValue()));
            ByteCursor objects = store.map(objects(bucket.name)).all();
            while (objects.next()) {
                byte[] content = store.map(contents(bucket.name)).get(objects.key());
                String key = new String(objects.key(), StandardCharsets.UTF_8);
                bucket.put(content == null ? joined(key, objects.value()) : object(key, objects.value(), content));
            }
            buckets.add(bucket);
        }
        return buckets;
    }

    /** Reads an object as earlier versions stored it: the length of its description, the description, its bytes. */
    private static StoredObject joined(String key, byte[] bytes) {
        ByteBuffer value = ByteBuffer.wrap(bytes);
        byte[] head = new byte[value.getInt()];
        value.get(head);
        byte[] content = new byte[value.remaining()];
        value.get(content);
        return object(key, head, content);
    }

    private static StoredObject object(String key, byte[] head, byte[] content) {
        JsonNode node = parsed(head);
        Map<String, String> headers = new LinkedHashMap<>();
        node.path("headers")
                .properties()
                .forEach(
                        header -> headers.put(header.getKey(), header.getValue().textValue()));
        return new StoredObject(
                key,
                content,
                headers,
                Instant.parse(node.path("modified").textValue()),
                node.path("etag").textValue());
    }

    private static JsonNode parsed(byte[] json) {
        return Json.stored(json, "a bucket or object");
    }
}
