package dev.ingestkit.local.kinesis;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.events.Arn;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The mutable settings of a stream, apart from its shards. Thread-safe. */
final class StreamSettings {

    /** Shard-level metrics, in AWS's order. */
    enum ShardMetric {
        IncomingBytes,
        OutgoingRecords,
        IncomingRecords,
        OutgoingBytes,
        WriteProvisionedThroughputExceeded,
        ReadProvisionedThroughputExceeded,
        IteratorAgeMilliseconds
    }

    private volatile int retentionHours;
    private volatile StreamMode mode;
    private volatile @Nullable String keyId;
    private volatile int maxRecordKiB;
    private volatile @Nullable Integer warmThroughput;
    private volatile RecordDistribution distribution = RecordDistribution.USER_PARTITION_KEY;
    private final Set<ShardMetric> metrics = EnumSet.noneOf(ShardMetric.class);
    private final Map<String, String> tags = new TreeMap<>();
    private final Map<Arn, String> policies = new HashMap<>();

    StreamSettings(StreamSpecification specification) {
        this.retentionHours = specification.retentionHours();
        this.mode = specification.mode();
        this.keyId = specification.keyId();
        this.maxRecordKiB = specification.maxRecordKiB();
        this.tags.putAll(specification.tags());
    }

    /** Returns the settings that {@link #toJson} has written. */
    static StreamSettings of(JsonNode node) {
        StreamSettings settings = new StreamSettings(new StreamSpecification(
                "settings",
                StreamMode.valueOf(node.path("mode").textValue()),
                1,
                node.path("retentionHours").intValue(),
                node.path("keyId").textValue(),
                node.path("maxRecordKiB").intValue(),
                Map.of()));
        settings.warmThroughput =
                node.has("warmThroughput") ? node.path("warmThroughput").intValue() : null;
        if (node.has("distribution")) {
            settings.distribution =
                    RecordDistribution.valueOf(node.path("distribution").textValue());
        }
        node.path("metrics").forEach(metric -> settings.metrics.add(ShardMetric.valueOf(metric.textValue())));
        node.path("tags")
                .properties()
                .forEach(tag -> settings.tags.put(tag.getKey(), tag.getValue().textValue()));
        node.path("policies")
                .properties()
                .forEach(policy -> settings.policies.put(
                        Arn.parse(policy.getKey()), policy.getValue().textValue()));
        return settings;
    }

    synchronized ObjectNode toJson() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("mode", mode.name())
                .put("retentionHours", retentionHours)
                .put("keyId", keyId)
                .put("maxRecordKiB", maxRecordKiB)
                .put("distribution", distribution.name());
        warmThroughput().ifPresent(rate -> node.put("warmThroughput", rate));
        ArrayNode enabled = node.putArray("metrics");
        metrics.forEach(metric -> enabled.add(metric.name()));
        ObjectNode labels = node.putObject("tags");
        tags.forEach(labels::put);
        ObjectNode documents = node.putObject("policies");
        new TreeMap<>(policies.entrySet().stream()
                        .collect(Collectors.toMap(policy -> policy.getKey().toString(), Map.Entry::getValue)))
                .forEach(documents::put);
        return node;
    }

    /** Takes over the settings of a specification; other tags than its own stay. */
    synchronized void apply(StreamSpecification specification) {
        retentionHours = specification.retentionHours();
        mode = specification.mode();
        keyId = specification.keyId();
        maxRecordKiB = specification.maxRecordKiB();
        tags.putAll(specification.tags());
    }

    int retentionHours() {
        return retentionHours;
    }

    long retentionMillis() {
        return retentionHours * 3_600_000L;
    }

    void retentionHours(int hours) {
        retentionHours = hours;
    }

    StreamMode mode() {
        return mode;
    }

    void mode(StreamMode value) {
        mode = value;
    }

    /** Returns how records are distributed; a stream in provisioned mode always does so by their keys. */
    RecordDistribution distribution() {
        return mode == StreamMode.ON_DEMAND ? distribution : RecordDistribution.USER_PARTITION_KEY;
    }

    void distribution(RecordDistribution value) {
        distribution = value;
    }

    EncryptionType encryption() {
        return encrypted() ? EncryptionType.KMS : EncryptionType.NONE;
    }

    boolean encrypted() {
        return keyId != null;
    }

    Optional<String> keyId() {
        return Optional.ofNullable(keyId);
    }

    void keyId(@Nullable String value) {
        keyId = value;
    }

    int maxRecordKiB() {
        return maxRecordKiB;
    }

    int maxRecordBytes() {
        return maxRecordKiB * 1024;
    }

    void maxRecordKiB(int value) {
        maxRecordKiB = value;
    }

    Optional<Integer> warmThroughput() {
        return Optional.ofNullable(warmThroughput);
    }

    void warmThroughput(@Nullable Integer mebibytes) {
        warmThroughput = mebibytes;
    }

    /** Returns the resource policy of the stream or of one of its consumers. */
    synchronized Optional<String> policy(Arn resource) {
        return Optional.ofNullable(policies.get(resource));
    }

    synchronized void policy(Arn resource, String document) {
        policies.put(resource, document);
    }

    /** Removes a resource policy. Returns whether there was one. */
    synchronized boolean removePolicy(Arn resource) {
        return policies.remove(resource) != null;
    }

    synchronized Set<ShardMetric> metrics() {
        return metrics.isEmpty() ? Set.of() : EnumSet.copyOf(metrics);
    }

    synchronized void addMetrics(Collection<ShardMetric> more) {
        metrics.addAll(more);
    }

    synchronized void removeMetrics(Collection<ShardMetric> less) {
        metrics.removeAll(less);
    }

    /** Returns the tags in the order of their keys. */
    synchronized Map<String, String> tags() {
        return new TreeMap<>(tags);
    }

    /** Adds tags. Returns false, with nothing added, if there would be more than 50. */
    synchronized boolean addTags(Map<String, String> more) {
        long added =
                more.keySet().stream().filter(key -> !tags.containsKey(key)).count();
        if (tags.size() + added > 50) {
            return false;
        }
        tags.putAll(more);
        return true;
    }

    synchronized void removeTags(Collection<String> keys) {
        keys.forEach(tags::remove);
    }
}
