package dev.ingestkit.local.kinesis;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.protocol.AwsInput;
import dev.ingestkit.local.protocol.AwsOutput;
import dev.ingestkit.local.protocol.Constraints;
import dev.ingestkit.local.protocol.ServiceRequest;
import dev.ingestkit.local.protocol.ServiceResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The actions that create, delete, describe and list streams. Thread-safe. */
final class StreamActions {

    /** The account's quota in us-east-1. */
    static final int SHARD_LIMIT = 20_000;

    private static final int ON_DEMAND_STREAM_LIMIT = 50;

    private final StreamRegistry registry;
    private final StreamLocator locator;
    private final Tokens tokens;

    StreamActions(StreamRegistry registry, StreamLocator locator, Tokens tokens) {
        this.registry = requireNonNull(registry, "registry");
        this.locator = requireNonNull(locator, "locator");
        this.tokens = requireNonNull(tokens, "tokens");
    }

    ServiceResponse create(ServiceRequest request) {
        AwsInput input = AwsInput.of(request);
        Optional<String> mode = input.object("StreamModeDetails").flatMap(details -> details.string("StreamMode"));
        Optional<String> distribution = input.string("RecordDistributionStrategy");
        Map<String, String> tags = TagActions.map(input, "Tags");
        Constraints constraints = new Constraints()
                .required("StreamName", input.has("StreamName"))
                .name("StreamName", input.string("StreamName"))
                .range("ShardCount", input.integer("ShardCount"), 1, Integer.MAX_VALUE)
                .oneOf("StreamModeDetails.streamMode", mode, StreamMode.class)
                .oneOf("RecordDistributionStrategy", distribution, RecordDistribution.class)
                .range("WarmThroughputMiBps", input.integer("WarmThroughputMiBps"), 0, Integer.MAX_VALUE)
                .range("MaxRecordSizeInKiB", input.integer("MaxRecordSizeInKiB"), 1024, 10_240);
        if (input.has("Tags")) {
            constraints.tags("Tags", tags, 200);
        }
        constraints.check();
        TagActions.requireAllowed(tags);
        StreamSpecification specification = specification(input, mode.map(StreamMode::valueOf), tags);
        requireShards(specification.shardCount());
        boolean automatic =
                distribution.filter(RecordDistribution.AUTO.name()::equals).isPresent();
        if (automatic && specification.mode() != StreamMode.ON_DEMAND) {
            throw KinesisErrors.invalidArgument(
                    "RecordDistributionStrategy is only supported for a stream in ON_DEMAND mode.");
        }
        KinesisStream stream = registry.create(specification);
        distribution.ifPresent(strategy -> stream.settings().distribution(RecordDistribution.valueOf(strategy)));
        input.integer("WarmThroughputMiBps").ifPresent(rate -> stream.settings().warmThroughput(rate.intValue()));
        return ServiceResponse.empty();
    }

    private static StreamSpecification specification(
            AwsInput input, Optional<StreamMode> mode, Map<String, String> tags) {
        Optional<Long> count = input.integer("ShardCount");
        // A stream with only a name has the four shards of an on-demand stream.
        StreamMode defaultMode = count.isPresent() ? StreamMode.PROVISIONED : StreamMode.ON_DEMAND;
        boolean onDemand = mode.orElse(defaultMode) == StreamMode.ON_DEMAND;
        if (onDemand && count.isPresent()) {
            throw KinesisErrors.validation("ShardCount must not be set for a stream in ON_DEMAND mode.");
        }
        if (!onDemand && count.isEmpty()) {
            throw KinesisErrors.validation("ShardCount is required for a stream in PROVISIONED mode.");
        }
        if (tags.size() > 50) {
            throw KinesisErrors.invalidArgument("A stream cannot have more than 50 tags.");
        }
        return new StreamSpecification(
                input.string("StreamName").orElseThrow(),
                onDemand ? StreamMode.ON_DEMAND : StreamMode.PROVISIONED,
                onDemand
                        ? StreamSpecification.ON_DEMAND_SHARDS
                        : count.orElseThrow().intValue(),
                StreamSpecification.DEFAULT_RETENTION_HOURS,
                null,
                input.integer("MaxRecordSizeInKiB")
                        .orElse((long) StreamSpecification.DEFAULT_MAX_RECORD_KIB)
                        .intValue(),
                tags);
    }

    private void requireShards(int additional) {
        int current = registry.openShards();
        if ((long) current + additional > SHARD_LIMIT) {
            throw registry.errors().shardLimit(current, SHARD_LIMIT, additional);
        }
    }

    ServiceResponse delete(ServiceRequest request) {
        AwsInput input = AwsInput.of(request);
        locator.constraints(input).check();
        KinesisStream stream = locator.locate(input);
        boolean enforced = input.bool("EnforceConsumerDeletion").orElse(false);
        if (stream.consumers().count() > 0 && !enforced) {
            throw KinesisErrors.resourceInUse(
                    "Stream %s under account %s has registered consumers: deregister them, or set EnforceConsumerDeletion."
                            .formatted(stream.name(), registry.errors().account()));
        }
        registry.delete(stream);
        return ServiceResponse.empty();
    }

    ServiceResponse describe(ServiceRequest request) {
        AwsInput input = AwsInput.of(request);
        locator.constraints(input)
                .range("Limit", input.integer("Limit"), 1, 10_000)
                .name("ExclusiveStartShardId", input.string("ExclusiveStartShardId"))
                .check();
        KinesisStream stream = locator.locate(input);
        String after = input.string("ExclusiveStartShardId").orElse("");
        long limit = input.integer("Limit").orElse(100L);
        List<Shard> rest = visibleShards(stream).stream()
                .filter(shard -> shard.id().toString().compareTo(after) > 0)
                .toList();
        ObjectNode description = StreamNodes.common(stream);
        description.set("Shards", ShardNodes.of(rest.stream().limit(limit).toList()));
        description.put("HasMoreShards", rest.size() > limit);
        ObjectNode response = AwsOutput.object();
        response.set("StreamDescription", description);
        return ServiceResponse.of(response);
    }

    /** Returns the shards that the API shows: none while a stream is being created or deleted, as on AWS. */
    static List<Shard> visibleShards(KinesisStream stream) {
        StreamStatus status = stream.status();
        return status == StreamStatus.CREATING || status == StreamStatus.DELETING
                ? List.of()
                : stream.shards().all();
    }

    ServiceResponse describeSummary(ServiceRequest request) {
        AwsInput input = AwsInput.of(request);
        locator.constraints(input).check();
        ObjectNode response = AwsOutput.object();
        response.set("StreamDescriptionSummary", StreamNodes.summary(locator.locate(input)));
        return ServiceResponse.of(response);
    }

    ServiceResponse list(ServiceRequest request) {
        AwsInput input = AwsInput.of(request);
        new Constraints()
                .range("Limit", input.integer("Limit"), 1, 10_000)
                .name("ExclusiveStartStreamName", input.string("ExclusiveStartStreamName"))
                .length("NextToken", input.string("NextToken"), 1, 1_048_576)
                .check();
        String after = input.string("NextToken")
                .map(token -> Pages.read(tokens, Tokens.Kind.STREAMS, token, registry.now())
                        .after())
                .orElse(input.string("ExclusiveStartStreamName").orElse(""));
        long limit = input.integer("Limit").orElse(100L);
        List<KinesisStream> rest = registry.all().stream()
                .filter(stream -> !stream.isGone() && stream.name().compareTo(after) > 0)
                .toList();
        List<KinesisStream> page = rest.stream().limit(limit).toList();
        ObjectNode response = AwsOutput.object();
        ArrayNode names = response.putArray("StreamNames");
        ArrayNode summaries = response.putArray("StreamSummaries");
        page.forEach(stream -> {
            names.add(stream.name());
            summaries.add(StreamNodes.listed(stream));
        });
        response.put("HasMoreStreams", rest.size() > page.size());
        if (rest.size() > page.size()) {
            String last = page.get(page.size() - 1).name();
            response.put("NextToken", Pages.write(tokens, Tokens.Kind.STREAMS, "streams", last, registry.now()));
        }
        return ServiceResponse.of(response);
    }

    ServiceResponse describeLimits(ServiceRequest request) {
        ObjectNode response = AwsOutput.object();
        response.put("ShardLimit", SHARD_LIMIT);
        response.put("OpenShardCount", registry.openShards());
        response.put(
                "OnDemandStreamCount",
                registry.all().stream()
                        .filter(stream -> stream.settings().mode() == StreamMode.ON_DEMAND)
                        .count());
        response.put("OnDemandStreamCountLimit", ON_DEMAND_STREAM_LIMIT);
        return ServiceResponse.of(response);
    }
}
