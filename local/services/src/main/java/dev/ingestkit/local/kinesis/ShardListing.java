package dev.ingestkit.local.kinesis;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.protocol.AwsInput;
import dev.ingestkit.local.protocol.AwsOutput;
import dev.ingestkit.local.protocol.ServiceRequest;
import dev.ingestkit.local.protocol.ServiceResponse;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** ListShards with its filters and pages. Thread-safe. */
final class ShardListing {

    private static final int DEFAULT_PAGE_SIZE = 1000;
    private static final int MAX_PAGE_SIZE = 10_000;

    private final StreamRegistry registry;
    private final StreamLocator locator;
    private final Tokens tokens;

    ShardListing(StreamRegistry registry, StreamLocator locator, Tokens tokens) {
        this.registry = requireNonNull(registry, "registry");
        this.locator = requireNonNull(locator, "locator");
        this.tokens = requireNonNull(tokens, "tokens");
    }

    private enum Filter {
        AFTER_SHARD_ID,
        AT_TRIM_HORIZON,
        FROM_TRIM_HORIZON,
        AT_LATEST,
        AT_TIMESTAMP,
        FROM_TIMESTAMP
    }

    /**
     * The shards to list; a page's token carries the selection to the next page.
     *
     * @param text the form in the token
     */
    private record Selection(String text, Predicate<Shard> accepts) {}

    ServiceResponse list(ServiceRequest request) {
        AwsInput input = AwsInput.of(request);
        Optional<AwsInput> filter = input.object("ShardFilter");
        locator.constraints(input)
                .length("NextToken", input.string("NextToken"), 1, 1_048_576)
                .name("ExclusiveStartShardId", input.string("ExclusiveStartShardId"))
                .range("MaxResults", input.integer("MaxResults"), 1, MAX_PAGE_SIZE)
                .required("ShardFilter.type", filter.isEmpty() || filter.get().has("Type"))
                .oneOf("ShardFilter.type", filter.flatMap(one -> one.string("Type")), Filter.class)
                .check();
        return input.has("NextToken") ? nextPage(input) : firstPage(input);
    }

    private ServiceResponse firstPage(AwsInput input) {
        KinesisStream stream = locator.locate(input);
        input.timestamp("StreamCreationTimestamp").ifPresent(at -> requireCreated(stream, at));
        Optional<AwsInput> filter = input.object("ShardFilter");
        Selection selection = filter.isEmpty()
                ? new Selection("", shard -> true)
                : selection(
                        stream,
                        Filter.valueOf(filter.get().string("Type").orElseThrow()),
                        filter.get().string("ShardId"),
                        filter.get().timestamp("Timestamp"));
        return page(stream, selection, input.string("ExclusiveStartShardId").orElse(""), limit(input));
    }

    private void requireCreated(KinesisStream stream, Instant at) {
        if (stream.identity().createdAt().getEpochSecond() != at.getEpochSecond()) {
            throw registry.errors().streamNotFound(stream.name());
        }
    }

    private ServiceResponse nextPage(AwsInput input) {
        for (String other : List.of("StreamName", "StreamARN", "StreamCreationTimestamp", "ExclusiveStartShardId")) {
            if (input.has(other)) {
                throw KinesisErrors.invalidArgument("NextToken and %s cannot be provided together.".formatted(other));
            }
        }
        Tokens.Page page =
                Pages.read(tokens, Tokens.Kind.SHARDS, input.string("NextToken").orElseThrow(), registry.now());
        String[] subject = page.subject().split(" ", -1);
        KinesisStream stream = registry.withSerial(Long.parseLong(subject[0]))
                .orElseThrow(() ->
                        KinesisErrors.notFound("The stream that the NextToken was created for no longer exists."));
        Selection selection = subject[1].isEmpty()
                ? new Selection("", shard -> true)
                : selection(
                        stream,
                        Filter.valueOf(subject[1]),
                        Optional.of(subject[2]),
                        Optional.of(Instant.ofEpochMilli(Long.parseLong(subject[3]))));
        return page(stream, selection, page.after(), limit(input));
    }

    private static int limit(AwsInput input) {
        return input.integer("MaxResults").orElse((long) DEFAULT_PAGE_SIZE).intValue();
    }

    private ServiceResponse page(KinesisStream stream, Selection selection, String after, int limit) {
        List<Shard> rest = StreamActions.visibleShards(stream).stream()
                .filter(shard -> shard.id().toString().compareTo(after) > 0)
                .filter(selection.accepts())
                .toList();
        List<Shard> page = rest.stream().limit(limit).toList();
        ObjectNode response = AwsOutput.object();
        response.set("Shards", ShardNodes.of(page));
        if (rest.size() > page.size()) {
            String last = page.get(page.size() - 1).id().toString();
            String subject =
                    stream.identity().serial() + " " + (selection.text().isEmpty() ? "  " : selection.text());
            response.put("NextToken", Pages.write(tokens, Tokens.Kind.SHARDS, subject, last, registry.now()));
        }
        return ServiceResponse.of(response);
    }

    private static Selection selection(
            KinesisStream stream, Filter filter, Optional<String> shardId, Optional<Instant> timestamp) {
        Instant horizon = Instant.ofEpochMilli(Math.max(
                stream.nowMillis() - stream.settings().retentionMillis(),
                stream.identity().createdAt().toEpochMilli()));
        Instant at = filter == Filter.AT_TIMESTAMP || filter == Filter.FROM_TIMESTAMP
                ? timestamp.orElseThrow(() -> missing(filter, "Timestamp"))
                : horizon;
        Instant from = at.isBefore(horizon) ? horizon : at;
        String after = filter == Filter.AFTER_SHARD_ID ? shardId.orElseThrow(() -> missing(filter, "ShardId")) : "";
        Predicate<Shard> accepts = switch (filter) {
            case AFTER_SHARD_ID -> shard -> shard.id().toString().compareTo(after) > 0;
            case AT_LATEST -> Shard::isOpen;
            case AT_TRIM_HORIZON, AT_TIMESTAMP -> shard -> wasOpen(shard, from);
            case FROM_TRIM_HORIZON, FROM_TIMESTAMP -> shard -> wasOpenSince(shard, from);
        };
        return new Selection("%s %s %d".formatted(filter, after, at.toEpochMilli()), accepts);
    }

    private static RuntimeException missing(Filter filter, String member) {
        return KinesisErrors.invalidArgument(
                "%s must be specified in the ShardFilter when its type is %s.".formatted(member, filter));
    }

    private static boolean wasOpen(Shard shard, Instant at) {
        return !shard.openedAt().isAfter(at) && wasOpenSince(shard, at);
    }

    private static boolean wasOpenSince(Shard shard, Instant from) {
        return shard.closedAt().map(closed -> !closed.isBefore(from)).orElse(true);
    }
}
