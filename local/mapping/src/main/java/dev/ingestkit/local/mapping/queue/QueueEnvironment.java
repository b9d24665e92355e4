package dev.ingestkit.local.mapping.queue;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.local.functions.FunctionInvoker;
import dev.ingestkit.local.journal.Journal;
import dev.ingestkit.local.mapping.EventLoop;
import dev.ingestkit.local.mapping.ThreadEventLoop;
import dev.ingestkit.local.mapping.failure.FailureHandling;
import java.time.Clock;

/**
 * The collaborators of one mapping of a queue. Each mapping needs an environment of its own, since it owns and closes
 * the event loop.
 *
 * @param source the queue
 * @param functions runs the function
 * @param journal records each invocation
 * @param clock the time of batching windows
 * @param loop runs the mapping's decisions
 * @param failures the waits after failed calls
 */
public record QueueEnvironment(
        QueueSource source,
        FunctionInvoker functions,
        Journal journal,
        Clock clock,
        EventLoop loop,
        FailureHandling failures) {

    public QueueEnvironment {
        requireNonNull(source, "source");
        requireNonNull(functions, "functions");
        requireNonNull(journal, "journal");
        requireNonNull(clock, "clock");
        requireNonNull(loop, "loop");
        requireNonNull(failures, "failures");
    }

    /** Returns an environment on a thread of its own, with the default handling of failures. */
    public static QueueEnvironment of(
            String name, QueueSource source, FunctionInvoker functions, Journal journal, Clock clock) {
        return new QueueEnvironment(
                source,
                functions,
                journal,
                clock,
                ThreadEventLoop.on(clock, "mapping-" + name),
                FailureHandling.standard());
    }
}
