package dev.ingestkit.local.wiring;

import static dev.ingestkit.local.wiring.Refusals.located;
import static java.util.Objects.requireNonNull;

import dev.ingestkit.local.lambda.Mappings;
import dev.ingestkit.local.lambda.QueueMappings;
import dev.ingestkit.local.mapping.MappingConfig;
import dev.ingestkit.local.mapping.queue.QueueMappingConfig;
import dev.ingestkit.local.template.spec.FunctionSpec;
import dev.ingestkit.local.template.spec.MappingSpec;
import dev.ingestkit.local.template.spec.QueueMappingSpec;
import dev.ingestkit.local.template.spec.Stack;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/** The event sources that invoke a stack's functions, besides its APIs. */
record EventSources(Mappings streams, QueueMappings queues) implements AutoCloseable {

    EventSources {
        requireNonNull(streams, "streams");
        requireNonNull(queues, "queues");
    }

    /**
     * Starts the mappings of a stack, whose functions are registered, and those that clients have created; returns when
     * they deliver.
     *
     * @param read says whether the source of a mapping can be read
     */
    void start(Stack stack, Predicate<MappingSpec> read) {
        stack.compute().mappings().stream()
                .filter(read)
                .forEach(located(stack, MappingSpec::logicalId, spec -> start(spec, stack)));
        stack.events().queueMappings().forEach(located(stack, QueueMappingSpec::logicalId, spec -> start(spec, stack)));
        streams.startCreated();
        queues.startCreated();
    }

    void start(MappingSpec spec, Stack stack) {
        streams.start(config(spec, stack));
    }

    private static MappingConfig config(MappingSpec spec, Stack stack) {
        FunctionSpec function = function(stack, spec.logicalId(), spec.function());
        return new MappingConfig(
                spec.uuid(), arn(spec.function(), function), function.role(), spec.eventSourceArn(), spec.settings());
    }

    /** Changes a mapping that runs, and waits for the change; it keeps its source, and so its position. */
    void change(MappingSpec spec, Stack stack) {
        streams.change(config(spec, stack));
    }

    void delete(MappingSpec spec) {
        streams.remove(spec.uuid());
    }

    void delete(QueueMappingSpec spec) {
        queues.remove(spec.uuid());
    }

    void start(QueueMappingSpec spec, Stack stack) {
        FunctionSpec function = function(stack, spec.logicalId(), spec.function());
        queues.start(
                new QueueMappingConfig(spec.uuid(), arn(spec.function(), function), spec.queueArn(), spec.settings()));
    }

    /**
     * Returns the function of a mapping.
     *
     * @throws IllegalArgumentException if the stack does not run it
     */
    static FunctionSpec function(Stack stack, String mapping, String name) {
        return stack.compute().functions().stream()
                .filter(candidate -> candidate.isNamed(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "the mapping %s invokes %s, which is not a function of this stack".formatted(mapping, name)));
    }

    private static String arn(String name, FunctionSpec function) {
        return name.startsWith("arn:") ? name : function.arn().toString();
    }

    /** Stops all mappings; completes when no invocation of theirs is in flight. */
    CompletableFuture<Void> stop() {
        return CompletableFuture.allOf(streams.stop(), queues.stop());
    }

    @Override
    public void close() {
        queues.close();
        streams.close();
    }
}
