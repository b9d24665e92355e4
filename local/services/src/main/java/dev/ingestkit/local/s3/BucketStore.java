package dev.ingestkit.local.s3;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Stores all buckets and limits the size of their objects. Thread-safe. */
final class BucketStore {

    private final TreeMap<String, Bucket> buckets = new TreeMap<>();
    static final String US_EAST_1 = "us-east-1";

    private final Clock clock;
    private final long maxBytes;
    private final BucketStorage storage;
    private long bytes;

    /**
     * Creates a store.
     *
     * @param maxBytes the bound on the size of all objects together
     * @param storage has the buckets at first
     */
    BucketStore(Clock clock, long maxBytes, BucketStorage storage) {
        this.clock = requireNonNull(clock, "clock");
        this.maxBytes = maxBytes;
        this.storage = requireNonNull(storage, "storage");
        for (Bucket bucket : storage.load()) {
            buckets.put(bucket.name, bucket);
            bytes += bucket.after("").stream().mapToLong(BucketStore::weight).sum();
        }
    }

    /**
     * Creates a bucket. In us-east-1 a bucket that exists is returned as it is, as S3 does there and only there.
     *
     * @throws dev.ingestkit.local.protocol.ServiceException if the name is invalid or the bucket exists
     */
    synchronized Bucket create(String name, String region) {
        if (!Bucket.isValidName(name)) {
            throw S3Errors.invalidBucketName();
        }
        Bucket existing = buckets.get(name);
        if (existing != null && existing.region.equals(US_EAST_1) && region.equals(US_EAST_1)) {
            return existing;
        }
        if (existing != null) {
            throw S3Errors.bucketAlreadyOwned();
        }
        Bucket bucket = new Bucket(name, region, clock.instant());
        buckets.put(name, bucket);
        storage.created(bucket);
        return bucket;
    }

    synchronized void delete(Bucket bucket) {
        if (!bucket.isEmpty()) {
            throw S3Errors.bucketNotEmpty();
        }
        buckets.remove(bucket.name);
        storage.deleted(bucket);
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
        storage.stored(bucket, object);
        return true;
    }

    /**
     * Deletes an object, which need not exist.
     *
     * @param condition decides whether the stored object may be deleted
     * @return whether the condition held; true if the object does not exist
     */
    synchronized boolean remove(Bucket bucket, String key, Predicate<StoredObject> condition) {
        if (bucket.find(key).filter(condition.negate()).isPresent()) {
            return false;
        }
        StoredObject removed = bucket.remove(key);
        if (removed != null) {
            storage.removed(bucket, key);
        }
        bytes -= removed == null ? 0 : weight(removed);
        return true;
    }

    private static long weight(StoredObject object) {
        return (long) object.content().length + object.key().length();
    }
}
