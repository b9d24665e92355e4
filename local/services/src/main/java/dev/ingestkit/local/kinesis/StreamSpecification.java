package dev.ingestkit.local.kinesis;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A stream to create, as a template or a call of CreateStream describes it.
 *
 * @param name 1 to 128 characters of {@code a-zA-Z0-9_.-}
 * @param mode the capacity mode
 * @param shardCount at least 1
 * @param retentionHours 24 to 8760
 * @param keyId the KMS key; null for a stream without encryption
 * @param maxRecordKiB 1024 to 10240
 * @param tags values by key
 * @see <a
 *     href="https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-kinesis-stream.html">AWS::Kinesis::Stream</a>
 */
public record StreamSpecification(
        String name,
        StreamMode mode,
        int shardCount,
        int retentionHours,
        @Nullable String keyId,
        int maxRecordKiB,
        Map<String, String> tags) {

    /** The retention period of a new stream. */
    public static final int DEFAULT_RETENTION_HOURS = 24;
    /** The record size limit of a new stream. */
    public static final int DEFAULT_MAX_RECORD_KIB = 1024;

    static final int MAX_RECORD_KIB = 10_240;

    /** The number of shards of a new on-demand stream. */
    public static final int ON_DEMAND_SHARDS = 4;

    public StreamSpecification {
        requireNonNull(name, "name");
        requireNonNull(mode, "mode");
        inRange("ShardCount", shardCount, 1, Integer.MAX_VALUE);
        inRange("RetentionPeriodHours", retentionHours, 24, 8760);
        inRange("MaxRecordSizeInKiB", maxRecordKiB, DEFAULT_MAX_RECORD_KIB, MAX_RECORD_KIB);
        tags = Map.copyOf(tags);
    }

    private static void inRange(String what, int value, int min, int max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException("%s must be %d to %d: %d".formatted(what, min, max, value));
        }
    }

    /** Returns a provisioned stream with the defaults. */
    public static StreamSpecification provisioned(String name, int shardCount) {
        return new StreamSpecification(
                name,
                StreamMode.PROVISIONED,
                shardCount,
                DEFAULT_RETENTION_HOURS,
                null,
                DEFAULT_MAX_RECORD_KIB,
                Map.of());
    }

    /** Returns an on-demand stream with the defaults. */
    public static StreamSpecification onDemand(String name) {
        return new StreamSpecification(
                name,
                StreamMode.ON_DEMAND,
                ON_DEMAND_SHARDS,
                DEFAULT_RETENTION_HOURS,
                null,
                DEFAULT_MAX_RECORD_KIB,
                Map.of());
    }

    /**
     * Reads the properties of an {@code AWS::Kinesis::Stream}. As in CloudFormation, a stream with neither a mode nor a
     * shard count is on demand.
     *
     * @param generatedName the name of a resource without a Name
     * @throws IllegalArgumentException naming the invalid property
     */
    public static StreamSpecification ofCloudFormation(JsonNode properties, String generatedName) {
        boolean provisioned = properties
                        .path("StreamModeDetails")
                        .path("StreamMode")
                        .asText("")
                        .isEmpty()
                ? properties.hasNonNull("ShardCount")
                : mode(properties.path("StreamModeDetails").path("StreamMode").asText()) == StreamMode.PROVISIONED;
        if (provisioned && !properties.hasNonNull("ShardCount")) {
            throw new IllegalArgumentException("ShardCount is required for a stream with StreamMode PROVISIONED");
        }
        JsonNode key = properties.path("StreamEncryption").path("KeyId");
        return new StreamSpecification(
                properties.path("Name").asText(generatedName),
                provisioned ? StreamMode.PROVISIONED : StreamMode.ON_DEMAND,
                provisioned ? number(properties, "ShardCount", 1) : ON_DEMAND_SHARDS,
                number(properties, "RetentionPeriodHours", DEFAULT_RETENTION_HOURS),
                key.isMissingNode() || key.isNull() ? null : key.asText(),
                number(properties, "MaxRecordSizeInKiB", DEFAULT_MAX_RECORD_KIB),
                tags(properties.path("Tags")));
    }

    private static StreamMode mode(String value) {
        try {
            return StreamMode.valueOf(value);
        } catch (IllegalArgumentException unknown) {
            throw new IllegalArgumentException("StreamMode must be PROVISIONED or ON_DEMAND: " + value, unknown);
        }
    }

    private static int number(JsonNode properties, String property, int otherwise) {
        JsonNode value = properties.path(property);
        if (value.isMissingNode() || value.isNull()) {
            return otherwise;
        }
        try {
            return Integer.parseInt(value.asText().strip());
        } catch (NumberFormatException notNumber) {
            throw new IllegalArgumentException(property + " must be a whole number: " + value, notNumber);
        }
    }

    private static Map<String, String> tags(JsonNode list) {
        Map<String, String> tags = new LinkedHashMap<>();
        list.forEach(tag -> tags.put(tag.path("Key").asText(), tag.path("Value").asText()));
        return tags;
    }
}
