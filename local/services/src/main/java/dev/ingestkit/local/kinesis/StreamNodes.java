package dev.ingestkit.local.kinesis;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.protocol.AwsOutput;
import java.util.Collection;

/** Writes streams as the API represents them. */
final class StreamNodes {

    private StreamNodes() {}

    /** Returns the members that DescribeStream and DescribeStreamSummary share. */
    static ObjectNode common(KinesisStream stream) {
        ObjectNode node = identity(stream);
        StreamSettings settings = stream.settings();
        node.put("RetentionPeriodHours", settings.retentionHours());
        ObjectNode monitoring = node.putArray("EnhancedMonitoring").addObject();
        monitoring.set("ShardLevelMetrics", metrics(settings.metrics()));
        node.put("EncryptionType", settings.encryption().name());
        settings.keyId().ifPresent(key -> node.put("KeyId", key));
        return node;
    }

    static ObjectNode summary(KinesisStream stream) {
        ObjectNode node = common(stream);
        // Without the StreamId: a client that sends it back leaves the configured endpoint, by its SDK's endpoint
        // rules.
        node.put("OpenShardCount", stream.shards().openCount());
        node.put("ConsumerCount", stream.consumers().count());
        node.put("MaxRecordSizeInKiB", stream.settings().maxRecordKiB());
        node.put("RecordDistributionStrategy", stream.settings().distribution().name());
        stream.settings().warmThroughput().ifPresent(rate -> node.set("WarmThroughput", warmThroughput(rate)));
        return node;
    }

    static ObjectNode warmThroughput(int mebibytesPerSecond) {
        ObjectNode node = AwsOutput.object();
        node.put("TargetMiBps", mebibytesPerSecond);
        node.put("CurrentMiBps", mebibytesPerSecond);
        return node;
    }

    static ObjectNode listed(KinesisStream stream) {
        return identity(stream);
    }

    private static ObjectNode identity(KinesisStream stream) {
        ObjectNode node = AwsOutput.object();
        node.put("StreamName", stream.name());
        node.put("StreamARN", stream.identity().arn().toString());
        node.put("StreamStatus", stream.status().name());
        node.putObject("StreamModeDetails")
                .put("StreamMode", stream.settings().mode().name());
        node.set(
                "StreamCreationTimestamp", AwsOutput.timestamp(stream.identity().createdAt()));
        return node;
    }

    static ArrayNode metrics(Collection<StreamSettings.ShardMetric> metrics) {
        ArrayNode names = AwsOutput.object().arrayNode();
        metrics.forEach(metric -> names.add(metric.name()));
        return names;
    }
}
