package dev.ingestkit.local.kinesis;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The consumers registered for enhanced fan-out of one stream, by name. Thread-safe. */
final class Consumers {

    /** AWS's quota for a stream. */
    static final int LIMIT = 20;

    private final String streamArn;
    private final Map<String, Consumer> byName = new TreeMap<>();
    private final Map<String, Map<String, String>> tags = new LinkedHashMap<>();

    Consumers(String streamArn) {
        this.streamArn = requireNonNull(streamArn, "streamArn");
    }

    /** A registered consumer. The time of its creation ends its ARN, so a name that is used again gets another one. */
    record Consumer(String name, String arn, Instant createdAt) {}

    /**
     * @return empty if the name is taken
     */
    Optional<Consumer> register(String name, Instant now, Map<String, String> initialTags) {
        return register(name, "%s/consumer/%s:%d".formatted(streamArn, name, now.getEpochSecond()), now, initialTags);
    }

    /** As above, with an ARN that is known before: a template's references hold it already. */
    synchronized Optional<Consumer> register(String name, String arn, Instant now, Map<String, String> initialTags) {
        if (byName.containsKey(name)) {
            return Optional.empty();
        }
        Consumer consumer = new Consumer(name, arn, now);
        byName.put(name, consumer);
        tags.put(arn, new TreeMap<>(initialTags));
        return Optional.of(consumer);
    }

    synchronized Optional<Consumer> named(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    synchronized Optional<Consumer> withArn(String arn) {
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
