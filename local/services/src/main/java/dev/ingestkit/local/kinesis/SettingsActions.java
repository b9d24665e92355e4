package dev.ingestkit.local.kinesis;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.protocol.AwsInput;
import dev.ingestkit.local.protocol.AwsOutput;
import dev.ingestkit.local.protocol.Constraints;
import dev.ingestkit.local.protocol.ServiceRequest;
import dev.ingestkit.local.protocol.ServiceResponse;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Actions that change a stream's settings: retention, mode, record size, encryption, metrics. Thread-safe. */
final class SettingsActions {

    private static final int MIN_RETENTION_HOURS = 24;
    private static final int MAX_RETENTION_HOURS = 8760;
    private static final String ALL_METRICS = "ALL";

    private final StreamRegistry registry;
    private final StreamLocator locator;

    SettingsActions(StreamRegistry registry, StreamLocator locator) {
        this.registry = requireNonNull(registry, "registry");
        this.locator = requireNonNull(locator, "locator");
    }

    ServiceResponse increaseRetention(ServiceRequest request) {
        AwsInput input = AwsInput.of(request);
        long hours = retention(input);
        return change(locator.locate(input), stream -> {
            if (hours < stream.settings().retentionHours()) {
                throw retentionError(stream, hours, "shorter", "DecreaseRetentionPeriod");
            }
            stream.settings().retentionHours((int) hours);
        });
    }

    ServiceResponse decreaseRetention(ServiceRequest request) {
        AwsInput input = AwsInput.of(request);
        long hours = retention(input);
        return change(locator.locate(input), stream -> {
            if (hours > stream.settings().retentionHours()) {
                throw retentionError(stream, hours, "longer", "IncreaseRetentionPeriod");
            }
            stream.settings().retentionHours((int) hours);
            stream.expire();
        });
    }

    private long retention(AwsInput input) {
        Optional<Long> hours = input.integer("RetentionPeriodHours");
        locator.constraints(input)
                .required("RetentionPeriodHours", hours.isPresent())
                .check();
        long requested = hours.orElseThrow();
        if (requested < MIN_RETENTION_HOURS) {
            throw KinesisErrors.invalidArgument(
                    "Minimum allowed retention period is %d hours. Requested retention period (%d hours) is too short."
                            .formatted(MIN_RETENTION_HOURS, requested));
        }
        if (requested > MAX_RETENTION_HOURS) {
            throw KinesisErrors.invalidArgument(
                    "Maximum allowed retention period is %d hours. Requested retention period (%d hours) is too long."
                            .formatted(MAX_RETENTION_HOURS, requested));
        }
        return requested;
    }

    private static RuntimeException retentionError(KinesisStream stream, long hours, String than, String instead) {
        return KinesisErrors.invalidArgument(
                "Requested retention period (%d hours) for stream %s can not be %s than existing retention period (%d hours). Use %s API."
                        .formatted(hours, stream.name(), than, stream.settings().retentionHours(), instead));
    }

    ServiceResponse updateMode(ServiceRequest request) {
        AwsInput input = AwsInput.of(request);
        Optional<String> mode = input.object("StreamModeDetails").flatMap(details -> details.string("StreamMode"));
        locator.constraints(input)
                .required("StreamARN", input.has("StreamARN") || input.has("StreamId"))
                .required("StreamModeDetails", input.has("StreamModeDetails"))
                .required("StreamModeDetails.streamMode", !input.has("StreamModeDetails") || mode.isPresent())
                .oneOf("StreamModeDetails.streamMode", mode, StreamMode.class)
                .check();
        StreamMode requested = StreamMode.valueOf(mode.orElseThrow());
        return change(locator.locate(input), stream -> {
            if (requested == stream.settings().mode()) {
                return;
            }
            if (!stream.modeUpdates().tryCall(Instant.ofEpochMilli(stream.nowMillis()))) {
                throw KinesisErrors.limitExceeded(
                        "The mode of stream %s under account %s can be switched at most %d times in 24 hours."
                                .formatted(stream.name(), registry.errors().account(), CallHistory.MODE_UPDATES));
            }
            stream.settings().mode(requested);
        });
    }

    ServiceResponse updateMaxRecordSize(ServiceRequest request) {
        AwsInput input = AwsInput.of(request);
        Optional<Long> size = input.integer("MaxRecordSizeInKiB");
        locator.constraints(input)
                .required("MaxRecordSizeInKiB", size.isPresent())
                .range(
                        "MaxRecordSizeInKiB",
                        size,
                        StreamSpecification.DEFAULT_MAX_RECORD_KIB,
                        StreamSpecification.MAX_RECORD_KIB)
                .check();
        return change(
                locator.locate(input),
                stream -> stream.settings().maxRecordKiB(size.orElseThrow().intValue()));
    }

    ServiceResponse updateWarmThroughput(ServiceRequest request) {
        AwsInput input = AwsInput.of(request);
        Optional<Long> rate = input.integer("WarmThroughputMiBps");
        locator.constraints(input)
                .required("WarmThroughputMiBps", rate.isPresent())
                .range("WarmThroughputMiBps", rate, 0, Integer.MAX_VALUE)
                .check();
        KinesisStream stream = locator.locate(input);
        if (stream.settings().mode() != StreamMode.ON_DEMAND) {
            throw KinesisErrors.validation(
                    "Request is invalid: UpdateStreamWarmThroughput is only supported for a stream in ON_DEMAND mode.");
        }
        change(
                stream,
                active -> active.settings().warmThroughput(rate.orElseThrow().intValue()));
        ObjectNode response = AwsOutput.object();
        response.put("StreamARN", stream.identity().arn().toString());
        response.put("StreamName", stream.name());
        response.set(
                "WarmThroughput", StreamNodes.warmThroughput(rate.orElseThrow().intValue()));
        return ServiceResponse.of(response);
    }

    ServiceResponse updateDistribution(ServiceRequest request) {
        AwsInput input = AwsInput.of(request);
        Optional<String> strategy = input.string("RecordDistributionStrategy");
        locator.constraints(input)
                .required("StreamARN", input.has("StreamARN"))
                .required("RecordDistributionStrategy", strategy.isPresent())
                .oneOf("RecordDistributionStrategy", strategy, RecordDistribution.class)
                .check();
        RecordDistribution requested = RecordDistribution.valueOf(strategy.orElseThrow());
        KinesisStream stream = locator.locate(input);
        if (stream.settings().mode() != StreamMode.ON_DEMAND) {
            throw KinesisErrors.invalidArgument(
                    "RecordDistributionStrategy is only supported for a stream in ON_DEMAND mode.");
        }
        return change(stream, active -> active.settings().distribution(requested));
    }

    ServiceResponse startEncryption(ServiceRequest request) {
        AwsInput input = AwsInput.of(request);
        checkEncryption(input);
        return change(
                locator.locate(input),
                stream -> stream.settings().keyId(input.string("KeyId").orElseThrow()));
    }

    ServiceResponse stopEncryption(ServiceRequest request) {
        AwsInput input = AwsInput.of(request);
        checkEncryption(input);
        return change(locator.locate(input), stream -> stream.settings().keyId(null));
    }

    private void checkEncryption(AwsInput input) {
        Optional<String> type = input.string("EncryptionType");
        locator.constraints(input)
                .required("EncryptionType", type.isPresent())
                .oneOf("EncryptionType", type, EncryptionType.class)
                .required("KeyId", input.has("KeyId"))
                .length("KeyId", input.string("KeyId"), 1, 2048)
                .check();
        if (EncryptionType.valueOf(type.orElseThrow()) != EncryptionType.KMS) {
            throw KinesisErrors.invalidArgument("EncryptionType must be KMS: " + type.orElseThrow());
        }
    }

    ServiceResponse enableMonitoring(ServiceRequest request) {
        return monitoring(request, StreamSettings::addMetrics);
    }

    ServiceResponse disableMonitoring(ServiceRequest request) {
        return monitoring(request, StreamSettings::removeMetrics);
    }

    private ServiceResponse monitoring(
            ServiceRequest request, BiConsumer<StreamSettings, Collection<StreamSettings.ShardMetric>> update) {
        AwsInput input = AwsInput.of(request);
        List<String> names = input.strings("ShardLevelMetrics");
        List<String> known = Stream.concat(
                        Stream.of(StreamSettings.ShardMetric.values()).map(Enum::name), Stream.of(ALL_METRICS))
                .toList();
        Constraints constraints =
                locator.constraints(input).required("ShardLevelMetrics", input.has("ShardLevelMetrics"));
        if (input.has("ShardLevelMetrics")) {
            constraints.size("ShardLevelMetrics", names, 1, 7);
        }
        for (int at = 0; at < names.size(); at++) {
            constraints.oneOf("ShardLevelMetrics." + (at + 1) + ".member", Optional.of(names.get(at)), known);
        }
        constraints.check();
        KinesisStream stream = locator.locate(input);
        Set<StreamSettings.ShardMetric> before = stream.settings().metrics();
        change(stream, active -> update.accept(active.settings(), metrics(names)));
        ObjectNode response = AwsOutput.object();
        response.put("StreamName", stream.name());
        response.put("StreamARN", stream.identity().arn().toString());
        response.set("CurrentShardLevelMetrics", StreamNodes.metrics(before));
        response.set(
                "DesiredShardLevelMetrics",
                StreamNodes.metrics(stream.settings().metrics()));
        return ServiceResponse.of(response);
    }

    private static Set<StreamSettings.ShardMetric> metrics(List<String> names) {
        return names.contains(ALL_METRICS)
                ? EnumSet.allOf(StreamSettings.ShardMetric.class)
                : names.stream().map(StreamSettings.ShardMetric::valueOf).collect(Collectors.toSet());
    }

    private ServiceResponse change(KinesisStream stream, Consumer<KinesisStream> update) {
        stream.changes().lock();
        try {
            update.accept(locator.active(stream));
            stream.enter(StreamStatus.UPDATING);
        } finally {
            stream.changes().unlock();
        }
        return ServiceResponse.empty();
    }
}
