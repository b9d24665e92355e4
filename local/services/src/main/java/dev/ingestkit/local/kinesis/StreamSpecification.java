package dev.ingestkit.local.kinesis;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A stream to create, as a template or a call of CreateStream describes it. Immutable.
 *
 * @param name 1 to 128 characters of {@code a-zA-Z0-9_.-}
 * @param mode the capacity mode
 * @param shardCount at least 1
 * @param retentionHours 24 to 8760
 * @param keyId the KMS key; null for a stream without encryption
 * @param maxRecordKiB 1024 to 10240
 * @param tags values by key
 * @see <a href="https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-kinesis-stream.html">AWS::Kinesis::Stream</a>
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
}
