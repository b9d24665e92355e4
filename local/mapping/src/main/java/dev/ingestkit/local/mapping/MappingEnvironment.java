package dev.ingestkit.local.mapping;

import dev.ingestkit.local.functions.FunctionInvoker;
import dev.ingestkit.local.journal.Journal;
import java.time.Clock;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * What a mapping works with. Each mapping needs an environment of its own, since it owns and closes the event loop.
 *
 * @param source the stream
 * @param functions runs the function
 * @param destination told of records that are given up
 * @param checkpoints where the position is kept
 * @param journal told of each delivery and its outcome
 * @param clock the time of deliveries and ages
 * @param loop runs the mapping's decisions
 * @param random scatters back-off
 * @param ids request ids for messages about records that were never delivered
 * @param backoff between repetitions
 * @param destinationPolicy when the destination cannot be told
 */
public record MappingEnvironment(
        StreamSource source,
        FunctionInvoker functions,
        FailureDestination destination,
        CheckpointStore checkpoints,
        Journal journal,
        Clock clock,
        EventLoop loop,
        RandomGenerator random,
        Supplier<String> ids,
        Backoff backoff,
        DestinationPolicy destinationPolicy) {

    /** An environment on a thread of its own, with the default back-off, that never drops an on-failure message. */
    public static MappingEnvironment of(
            StreamSource source,
            FunctionInvoker functions,
            FailureDestination destination,
            CheckpointStore checkpoints,
            Journal journal,
            Clock clock) {
        return new MappingEnvironment(
                source,
                functions,
                destination,
                checkpoints,
                journal,
                clock,
                new ThreadEventLoop("mapping-"
                        + source.streamArn().substring(source.streamArn().lastIndexOf('/') + 1)),
                new SplittableRandom(),
                () -> UUID.randomUUID().toString(),
                Backoff.DEFAULT,
                DestinationPolicy.KEEP_TRYING);
    }
}
