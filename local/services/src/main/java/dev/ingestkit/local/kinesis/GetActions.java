package dev.ingestkit.local.kinesis;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.faults.FaultErrors;
import dev.ingestkit.local.faults.FaultInjector;
import dev.ingestkit.local.faults.FaultableCall;
import dev.ingestkit.local.http.DroppedConnectionException;
import dev.ingestkit.local.protocol.AwsInput;
import dev.ingestkit.local.protocol.AwsOutput;
import dev.ingestkit.local.protocol.ServiceRequest;
import dev.ingestkit.local.protocol.ServiceResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** GetShardIterator and GetRecords. Thread-safe. */
final class GetActions {

    static final int MAX_RECORDS = 10_000;
    static final long MAX_BYTES = 10 << 20;
    private static final Duration ITERATOR_LIFETIME = Duration.ofMinutes(5);

    private final StreamRegistry registry;
    private final StreamLocator locator;
    private final Tokens tokens;
    private final FaultInjector faults;

    GetActions(StreamRegistry registry, StreamLocator locator, Tokens tokens, FaultInjector faults) {
        this.registry = requireNonNull(registry, "registry");
        this.locator = requireNonNull(locator, "locator");
        this.tokens = requireNonNull(tokens, "tokens");
        this.faults = requireNonNull(faults, "faults");
    }

    ServiceResponse getShardIterator(ServiceRequest request) {
        AwsInput input = AwsInput.of(request);
        locator.constraints(input)
                .required("ShardId", input.has("ShardId"))
                .name("ShardId", input.string("ShardId"))
                .required("ShardIteratorType", input.has("ShardIteratorType"))
                .oneOf("ShardIteratorType", input.string("ShardIteratorType"), PositionResolver.Type.class)
                .pattern("StartingSequenceNumber", input.string("StartingSequenceNumber"), SequenceLayout.DECIMAL)
                .check();
        KinesisStream stream = locator.locateReadable(input);
        Shard shard = ShardNames.readable(stream, input.string("ShardId").orElseThrow(), registry.errors());
        long position = new PositionResolver(stream, shard, registry.errors(), "GetShardIterator")
                .resolve(
                        PositionResolver.Type.valueOf(
                                input.string("ShardIteratorType").orElseThrow()),
                        input.string("StartingSequenceNumber"),
                        input.timestamp("Timestamp"));
        ObjectNode response = AwsOutput.object();
        response.put("ShardIterator", iterator(stream, shard, position));
        return ServiceResponse.of(response);
    }

    /** Returns an iterator without the double quotes that tools which print JSON leave around it; AWS ignores them. */
    private static String unquoted(String iterator) {
        boolean quoted = iterator.length() > 1 && iterator.startsWith("\"") && iterator.endsWith("\"");
        return quoted ? iterator.substring(1, iterator.length() - 1) : iterator;
    }

    private String iterator(KinesisStream stream, Shard shard, long position) {
        return tokens.iterator(new Tokens.ShardPosition(
                stream.identity().serial(), shard.index(), position, Instant.ofEpochMilli(stream.nowMillis())));
    }

    CompletionStage<ServiceResponse> getRecords(ServiceRequest request) {
        AwsInput input = AwsInput.of(request);
        Optional<Long> limit = input.integer("Limit");
        locator.constraints(input)
                .required("ShardIterator", input.has("ShardIterator"))
                .length("ShardIterator", input.string("ShardIterator"), 1, 512)
                .range("Limit", limit, 1, MAX_RECORDS)
                .check();
        Tokens.ShardPosition from = tokens.iterator(
                        unquoted(input.string("ShardIterator").orElseThrow()))
                .orElseThrow(KinesisErrors::invalidIterator);
        KinesisStream stream = streamOf(from, input.string("StreamARN"));
        Shard shard = ShardNames.readable(stream, Shard.idOf(from.shardIndex()), registry.errors());
        int maxRecords = limit.orElse((long) MAX_RECORDS).intValue();
        return faults.perform(shard.id().toString(), faultErrors(stream, shard), new FaultableCall<ServiceResponse>() {
            @Override
            public CompletionStage<ServiceResponse> perform() {
                return CompletableFuture.completedFuture(read(stream, shard, from, maxRecords, false));
            }

            @Override
            public CompletionStage<ServiceResponse> performTwice() {
                return CompletableFuture.completedFuture(read(stream, shard, from, maxRecords, true));
            }
        });
    }

    private FaultErrors faultErrors(KinesisStream stream, Shard shard) {
        return new FaultErrors(
                () -> registry.errors().rateExceeded(shard.id(), stream.name()),
                KinesisErrors::internalFailure,
                DroppedConnectionException::new);
    }

    private KinesisStream streamOf(Tokens.ShardPosition from, Optional<String> arn) {
        KinesisStream stream = registry.withSerial(from.streamSerial())
                .orElseThrow(() ->
                        KinesisErrors.notFound("The stream that the ShardIterator was created for no longer exists."));
        if (arn.isPresent() && !arn.get().equals(stream.identity().arn().toString())) {
            throw KinesisErrors.invalidArgument(
                    "StreamARN %s is not the stream that the ShardIterator was created for.".formatted(arn.get()));
        }
        Instant now = Instant.ofEpochMilli(stream.nowMillis());
        if (from.issued().plus(ITERATOR_LIFETIME).isBefore(now)) {
            throw KinesisErrors.expiredIterator(from.issued(), now, ITERATOR_LIFETIME.toMillis());
        }
        return stream;
    }

    /**
     * Reads one page.
     *
     * @param repeat whether the next iterator reads the same records again
     */
    private ServiceResponse read(
            KinesisStream stream, Shard shard, Tokens.ShardPosition from, int limit, boolean repeat) {
        ShardQuota quota = stream.readQuota(shard);
        if (!quota.tryTake(0, stream.nowMillis())) {
            throw registry.errors().rateExceeded(shard.id(), stream.name());
        }
        ShardRead read = shard.read(
                from.position(),
                limit,
                MAX_BYTES,
                stream.nowMillis(),
                stream.settings().encrypted());
        quota.charge(read.bytes());
        ObjectNode response = AwsOutput.object();
        response.set("Records", RecordNodes.of(read.records()));
        if (repeat && !read.records().isEmpty()) {
            response.put("NextShardIterator", iterator(stream, shard, from.position()));
        } else if (read.atEnd()) {
            response.set("ChildShards", ShardNodes.children(stream.shards().childrenOf(shard.id())));
        } else {
            response.put("NextShardIterator", iterator(stream, shard, read.next()));
        }
        response.put("MillisBehindLatest", read.millisBehindLatest());
        return ServiceResponse.of(response);
    }
}
