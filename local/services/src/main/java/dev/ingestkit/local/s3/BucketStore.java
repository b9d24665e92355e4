package dev.ingestkit.local.s3;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** All buckets, and the size of their objects. Thread-safe. */
final class BucketStore {

    private final TreeMap<String, Bucket> buckets = new TreeMap<>();
    private final Clock clock;
    private final long maxBytes;
    private long bytes;

    /**
     * Creates an empty store.
     *
     * @param maxBytes the bound on the size of all objects together
     */
    BucketStore(Clock clock, long maxBytes) {
        this.clock = requireNonNull(clock, "clock");
        this.maxBytes = maxBytes;
    }

    synchronized Bucket create(String name) {
        if (!Bucket.isValidName(name)) {
            throw S3Errors.invalidBucketName();
        }
        if (buckets.containsKey(name)) {
            throw S3Errors.bucketAlreadyOwned();
        }
        Bucket bucket = new Bucket(name, clock.instant());
        buckets.put(name, bucket);
        return bucket;
    }

    synchronized void delete(Bucket bucket) {
        if (!bucket.isEmpty()) {
            throw S3Errors.bucketNotEmpty();
        }
        buckets.remove(bucket.name);
    }

    /**
     * Returns a bucket.
     *
     * @throws dev.ingestkit.local.protocol.ServiceException NoSuchBucket
     */
    Bucket bucket(String name) {
        return find(name).orElseThrow(S3Errors::noSuchBucket);
    }

    synchronized Optional<Bucket> find(String name) {
        return Optional.ofNullable(buckets.get(name));
    }

    synchronized List<Bucket> all() {
        return List.copyOf(buckets.values());
    }

    /**
     * Stores an object.
     *
     * @param onlyNew whether to keep an existing object
     * @return whether the object was stored
     */
    synchronized boolean put(Bucket bucket, StoredObject object, boolean onlyNew) {
        long replaced = bucket.find(object.key()).map(BucketStore::weight).orElse(0L);
        if (onlyNew && bucket.find(object.key()).isPresent()) {
            return false;
        }
        if (bytes - replaced + weight(object) > maxBytes) {
            throw S3Errors.storageFull(maxBytes);
        }
        bytes += weight(object) - replaced;
        bucket.put(object);
        return true;
    }

    synchronized void remove(Bucket bucket, String key) {
        @Nullable StoredObject removed = bucket.remove(key);
        bytes -= removed == null ? 0 : weight(removed);
    }

    private static long weight(StoredObject object) {
        return (long) object.content().length + object.key().length();
    }
}
