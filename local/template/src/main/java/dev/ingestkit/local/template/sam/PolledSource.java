package dev.ingestkit.local.template.sam;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * An event type of a serverless function that SAM turns into an event source mapping. Immutable.
 *
 * @param type the name in {@code Type}
 * @param source the property that holds the source's ARN
 * @param properties the properties that SAM takes
 */
record PolledSource(String type, String source, Set<String> properties) {

    private static final Set<String> COMMON = Set.of(
            "BatchSize",
            "Enabled",
            "FilterCriteria",
            "FunctionResponseTypes",
            "KmsKeyArn",
            "MaximumBatchingWindowInSeconds",
            "MetricsConfig");

    private static final List<PolledSource> ALL = List.of(
            of(
                    "Kinesis",
                    "Stream",
                    Set.of(
                            "BisectBatchOnFunctionError",
                            "DestinationConfig",
                            "MaximumRecordAgeInSeconds",
                            "MaximumRetryAttempts",
                            "ParallelizationFactor",
                            "StartingPosition",
                            "StartingPositionTimestamp",
                            "TumblingWindowInSeconds")),
            of("SQS", "Queue", Set.of("ScalingConfig", "ProvisionedPollerConfig")));

    PolledSource {
        requireNonNull(type, "type");
        requireNonNull(source, "source");
        properties = Set.copyOf(properties);
    }

    private static PolledSource of(String type, String source, Set<String> own) {
        Set<String> properties = new TreeSet<>(COMMON);
        properties.addAll(own);
        properties.add(source);
        return new PolledSource(type, source, properties);
    }

    /** Returns the event type with a name; empty if it is not one of these. */
    static Optional<PolledSource> of(String type) {
        return ALL.stream().filter(each -> each.type.equals(type)).findFirst();
    }
}
