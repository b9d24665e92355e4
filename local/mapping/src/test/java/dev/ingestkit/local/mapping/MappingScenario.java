package dev.ingestkit.local.mapping;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.local.events.Backoff;
import dev.ingestkit.local.events.EventSourceKind;
import dev.ingestkit.local.journal.Journal;
import dev.ingestkit.local.mapping.checkpoint.CheckpointStore;
import dev.ingestkit.local.mapping.checkpoint.InMemoryCheckpoints;
import dev.ingestkit.local.mapping.failure.DestinationPolicy;
import dev.ingestkit.local.mapping.failure.FailureHandling;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A mapping on virtual time, with fakes for everything around it. */
final class MappingScenario {

    static final String UUID = "11111111-2222-3333-4444-555555555555";
    static final String FUNCTION = "arn:aws:lambda:us-east-1:000000000000:function:writer";
    static final Backoff SECONDLY = Backoff.around(Duration.ofSeconds(1), Duration.ofSeconds(1), 0);

    VirtualTime time = new VirtualTime();
    private final EventSourceKind kind;
    final FakeStream stream;
    final FakeFunction function = new FakeFunction();
    final FakeDestination destination = new FakeDestination();
    CheckpointStore checkpoints = new InMemoryCheckpoints();
    final Journal journal;
    Backoff backoff = SECONDLY;
    DestinationPolicy destinationPolicy = DestinationPolicy.RETRY;

    MappingScenario() {
        this(1);
    }

    MappingScenario(int shards) {
        this(shards, EventSourceKind.KINESIS);
    }

    MappingScenario(int shards, EventSourceKind kind) {
        stream = new FakeStream(time, shards, kind);
        journal = new Journal(time);
        this.kind = kind;
    }

    static MappingConfig.Builder config() {
        return config(EventSourceKind.KINESIS);
    }

    static MappingConfig.Builder config(EventSourceKind kind) {
        return MappingConfig.builder(UUID, FUNCTION, FakeStream.arn(kind))
                .roleArn("arn:aws:iam::000000000000:role/writer")
                .onFailureDestination(FakeDestination.ARN);
    }

    EventSourceMapping start(UnaryOperator<MappingConfig.Builder> change) {
        EventSourceMapping mapping = create(change);
        MappingScenario.ask(mapping.start());
        time.settle();
        return mapping;
    }

    /** Requests a change without waiting for it. */
    static void ask(CompletableFuture<Void> change) {
        requireNonNull(change, "change");
    }

    EventSourceMapping create(UnaryOperator<MappingConfig.Builder> change) {
        return new EventSourceMapping(
                change.apply(config(kind)).build(),
                new MappingEnvironment(
                        stream,
                        function,
                        destination,
                        checkpoints,
                        journal,
                        time,
                        time,
                        new FailureHandling(
                                backoff, new SplittableRandom(1), destinationPolicy, () -> "generated-id")));
    }

    /** Puts records 1 to count, all with one key. */
    void put(int from, int to) {
        for (int number = from; number <= to; number++) {
            stream.put("key", Integer.toString(number));
        }
    }

    @Nullable
    String checkpoint() {
        return checkpoints.load(UUID).get(FakeStream.shardId(0));
    }
}
