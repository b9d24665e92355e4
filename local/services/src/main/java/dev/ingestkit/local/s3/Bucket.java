package dev.ingestkit.local.s3;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One bucket: its objects by key, in the order of the keys' UTF-8 bytes, in which S3 lists them. Thread-safe. */
final class Bucket {

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");
    private static final Pattern ADDRESS = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");

    final String name;
    final String region;
    final Instant createdAt;
    private final NavigableMap<String, StoredObject> objects = new ConcurrentSkipListMap<>((one, other) ->
            Arrays.compareUnsigned(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8)));

    /** Creates an empty bucket in a region. */
    Bucket(String name, String region, Instant createdAt) {
        this.region = requireNonNull(region, "region");
        this.name = requireNonNull(name, "name");
        this.createdAt = requireNonNull(createdAt, "createdAt");
    }

    static boolean isValidName(String name) {
        return NAME.matcher(name).matches()
                && !name.contains("..")
                && !ADDRESS.matcher(name).matches();
    }

    Optional<StoredObject> find(String key) {
        return Optional.ofNullable(objects.get(key));
    }

    void put(StoredObject object) {
        objects.put(object.key(), object);
    }

    @Nullable
    StoredObject remove(String key) {
        return objects.remove(key);
    }

    boolean isEmpty() {
        return objects.isEmpty();
    }

    /** Returns the objects whose keys follow a key, in order. */
    Collection<StoredObject> after(String key) {
        return key.isEmpty() ? objects.values() : objects.tailMap(key, false).values();
    }
}
