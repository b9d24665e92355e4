package dev.ingestkit.local.mapping;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.local.events.Arn;
import dev.ingestkit.local.functions.FunctionInvoker;
import dev.ingestkit.local.journal.Journal;
import dev.ingestkit.local.mapping.checkpoint.CheckpointStore;
import dev.ingestkit.local.mapping.failure.FailureDestination;
import dev.ingestkit.local.mapping.failure.FailureHandling;
import java.time.Clock;

/**
 * The collaborators of one mapping. Each mapping needs an environment of its own, since it owns and closes the event
 * loop.
 *
 * @param source the stream to read
 * @param functions runs the function
 * @param destination receives notices of records that are given up
 * @param checkpoints stores the position
 * @param journal records each delivery and its outcome
 * @param clock the time of deliveries and ages
 * @param loop runs the mapping's decisions
 * @param failures the handling of failed calls
 */
public record MappingEnvironment(
        StreamSource source,
        FunctionInvoker functions,
        FailureDestination destination,
        CheckpointStore checkpoints,
        Journal journal,
        Clock clock,
        EventLoop loop,
        FailureHandling failures) {

    public MappingEnvironment {
        requireNonNull(source, "source");
        requireNonNull(functions, "functions");
        requireNonNull(destination, "destination");
        requireNonNull(checkpoints, "checkpoints");
        requireNonNull(journal, "journal");
        requireNonNull(clock, "clock");
        requireNonNull(loop, "loop");
        requireNonNull(failures, "failures");
    }

    /** Returns an environment on a thread of its own, with the default handling of failures. */
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
                ThreadEventLoop.on(clock, "mapping-" + Arn.nameIn(source.streamArn())),
                FailureHandling.standard());
    }
}
