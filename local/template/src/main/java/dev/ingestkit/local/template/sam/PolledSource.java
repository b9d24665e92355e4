package dev.ingestkit.local.template.sam;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The event types of a serverless function that SAM turns into an event source mapping. */
enum PolledSource {
    KINESIS(
            "Kinesis",
            "Stream",
            "BisectBatchOnFunctionError",
            "DestinationConfig",
            "MaximumRecordAgeInSeconds",
            "MaximumRetryAttempts",
            "ParallelizationFactor",
            "StartingPosition",
            "StartingPositionTimestamp",
            "TumblingWindowInSeconds"),
    SQS("SQS", "Queue", "ScalingConfig", "ProvisionedPollerConfig");

    private final String type;
    private final String source;
    private final Set<String> properties = new TreeSet<>(Set.of(
            "BatchSize",
            "Enabled",
            "FilterCriteria",
            "FunctionResponseTypes",
            "KmsKeyArn",
            "MaximumBatchingWindowInSeconds",
            "MetricsConfig"));

    PolledSource(String type, String source, String... own) {
        this.type = type;
        this.source = source;
        Stream.concat(Stream.of(source), Arrays.stream(own)).forEach(properties::add);
    }

    static Optional<PolledSource> of(String type) {
        return Arrays.stream(values()).filter(each -> each.type.equals(type)).findFirst();
    }

    String type() {
        return type;
    }

    /** Returns the property that holds the source's ARN. */
    String source() {
        return source;
    }

    /** Returns the properties that SAM takes. */
    Set<String> properties() {
        return properties;
    }
}
