package dev.ingestkit.local.kinesis;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.local.events.Arn;
import dev.ingestkit.local.events.ShardId;
import dev.ingestkit.local.http.HttpResponse;
import dev.ingestkit.local.protocol.AwsInput;
import dev.ingestkit.local.protocol.Constraints;
import dev.ingestkit.local.protocol.ServiceRequest;
import dev.ingestkit.local.protocol.ServiceResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;

/**
 * SubscribeToShard and the active subscriptions. A consumer has one subscription per shard: a second call within five
 * seconds is rejected, a later one takes over, as on AWS. Thread-safe.
 *
 * @see <a href="https://docs.aws.amazon.com/kinesis/latest/APIReference/API_SubscribeToShard.html">SubscribeToShard</a>
 */
final class Subscriptions {

    private static final Duration TAKE_OVER_AFTER = Duration.ofSeconds(5);

    private final StreamRegistry registry;
    private final Resources resources;
    private final ScheduledExecutorService scheduler;
    private final Subscription.Pace pace;
    private final Map<Key, Subscription> active = new ConcurrentHashMap<>();

    private record Key(Arn consumer, ShardId shardId) {}

    Subscriptions(
            StreamRegistry registry, Resources resources, ScheduledExecutorService scheduler, Subscription.Pace pace) {
        this.registry = requireNonNull(registry, "registry");
        this.resources = requireNonNull(resources, "resources");
        this.scheduler = requireNonNull(scheduler, "scheduler");
        this.pace = requireNonNull(pace, "pace");
    }

    ServiceResponse subscribe(ServiceRequest request) {
        AwsInput input = AwsInput.of(request);
        Optional<String> arn = input.string("ConsumerARN");
        Optional<AwsInput> position = input.object("StartingPosition");
        Optional<String> type = position.flatMap(start -> start.string("Type"));
        new Constraints()
                .required("ConsumerARN", arn.isPresent())
                .pattern("ConsumerARN", arn, Resources.CONSUMER_ARN)
                .required("ShardId", input.has("ShardId"))
                .name("ShardId", input.string("ShardId"))
                .required("StartingPosition", position.isPresent())
                .required("StartingPosition.type", position.isEmpty() || type.isPresent())
                .oneOf("StartingPosition.type", type, PositionResolver.Type.class)
                .check();
        Resources.Resource consumer = resources.withArn(arn.orElseThrow());
        KinesisStream stream = consumer.stream();
        Shard shard = ShardNames.readable(stream, input.string("ShardId").orElseThrow(), registry.errors());
        long from = new PositionResolver(stream, shard, registry.errors(), "SubscribeToShard")
                .resolve(
                        PositionResolver.Type.valueOf(type.orElseThrow()),
                        position.flatMap(at -> at.string("SequenceNumber")),
                        position.flatMap(at -> at.timestamp("Timestamp")));
        Subscription subscription = new Subscription(
                new Subscription.Source(stream, shard, from),
                SubscriptionPayloads.in(request.wire()),
                scheduler,
                pace,
                registry.errors());
        register(new Key(consumer.arn(), shard.id()), subscription);
        return answer(request, subscription);
    }

    private static ServiceResponse answer(ServiceRequest request, Subscription subscription) {
        HttpResponse response = new HttpResponse(
                200,
                Map.of(
                        "Content-Type",
                        List.of(EventStreamFrame.CONTENT_TYPE),
                        "x-amzn-RequestId",
                        List.of(request.requestId())),
                new HttpResponse.Streamed(subscription));
        return new ServiceResponse.Raw(response);
    }

    private void register(Key key, Subscription subscription) {
        Instant now = registry.now();
        Subscription before = active.get(key);
        if (before != null && before.startedAt().plus(TAKE_OVER_AFTER).isAfter(now)) {
            throw KinesisErrors.resourceInUse(
                    "Another active subscription exists for this consumer: %s on shard %s. Try again after %d seconds."
                            .formatted(key.consumer(), key.shardId(), TAKE_OVER_AFTER.toSeconds()));
        }
        active.put(key, subscription);
        subscription.onEnd(() -> active.remove(key, subscription));
        if (before != null) {
            before.cancel();
        }
    }

    /** Cancels the subscriptions of a deregistered consumer. */
    void cancelAllOf(Arn consumer) {
        active.entrySet().stream()
                .filter(entry -> entry.getKey().consumer().equals(consumer))
                .map(Map.Entry::getValue)
                .toList()
                .forEach(Subscription::cancel);
    }

    /** Returns the number of active subscriptions. */
    int count() {
        return active.size();
    }
}
