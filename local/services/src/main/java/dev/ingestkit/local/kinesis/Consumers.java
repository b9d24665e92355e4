package dev.ingestkit.local.kinesis;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.local.events.Arn;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The consumers of one stream registered for enhanced fan-out, by name. Thread-safe.
 *
 * @see <a href="https://docs.aws.amazon.com/streams/latest/dev/enhanced-consumers.html">Enhanced fan-out consumers</a>
 */
final class Consumers {

    /** AWS's quota per stream. */
    static final int LIMIT = 20;

    private final Arn streamArn;
    private final Map<String, Consumer> byName = new TreeMap<>();
    private final Map<Arn, Map<String, String>> tags = new LinkedHashMap<>();

    Consumers(Arn streamArn) {
        this.streamArn = requireNonNull(streamArn, "streamArn");
    }

    /** A registered consumer. Its ARN ends with the time of creation, so a reused name gets another ARN. */
    record Consumer(String name, Arn arn, Instant createdAt) {}

    /** Registers a consumer. Returns empty if the name is taken. */
    Optional<Consumer> register(String name, Instant now, Map<String, String> initialTags) {
        return register(name, arnOf(name, now), now, initialTags);
    }

    /**
     * Registers a consumer whose ARN is known in advance, because a template's references hold it already. Returns
     * empty if the name is taken.
     */
    synchronized Optional<Consumer> register(String name, Arn arn, Instant now, Map<String, String> initialTags) {
        if (byName.containsKey(name)) {
            return Optional.empty();
        }
        Consumer consumer = new Consumer(name, arn, now);
        byName.put(name, consumer);
        tags.put(arn, new TreeMap<>(initialTags));
        return Optional.of(consumer);
    }

    private Arn arnOf(String name, Instant createdAt) {
        return streamArn.withResource(
                "%s/consumer/%s:%d".formatted(streamArn.resource(), name, createdAt.getEpochSecond()));
    }

    synchronized Optional<Consumer> named(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    synchronized Optional<Consumer> withArn(Arn arn) {
        return byName.values().stream()
                .filter(consumer -> consumer.arn().equals(arn))
                .findFirst();
    }

    synchronized void deregister(Consumer consumer) {
        byName.remove(consumer.name());
        tags.remove(consumer.arn());
    }

    synchronized List<Consumer> all() {
        return List.copyOf(byName.values());
    }

    synchronized int count() {
        return byName.size();
    }

    synchronized Map<String, String> tags(Consumer consumer) {
        return new TreeMap<>(tags.getOrDefault(consumer.arn(), Map.of()));
    }

    synchronized void addTags(Consumer consumer, Map<String, String> more) {
        tags.computeIfAbsent(consumer.arn(), arn -> new TreeMap<>()).putAll(more);
    }

    synchronized void removeTags(Consumer consumer, Collection<String> keys) {
        Map<String, String> own = tags.get(consumer.arn());
        if (own != null) {
            keys.forEach(own::remove);
        }
    }
}
