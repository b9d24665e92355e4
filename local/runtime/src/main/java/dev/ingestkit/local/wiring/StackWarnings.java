package dev.ingestkit.local.wiring;

import dev.ingestkit.local.lambda.Destinations;
import dev.ingestkit.local.template.model.Problem;
import dev.ingestkit.local.template.spec.MappingSpec;
import dev.ingestkit.local.template.spec.Stack;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** The warnings of a stack that runs: the parts of its template that do not run, and notes on this machine. Thread-safe. */
final class StackWarnings {

    private final List<String> ofSettings = new CopyOnWriteArrayList<>();
    private final List<String> all = new CopyOnWriteArrayList<>();
    private final List<String> notRun = new CopyOnWriteArrayList<>();

    /** Adds a warning about the settings of the run, which a change of the template keeps. */
    void aboutSettings(String warning) {
        ofSettings.add(warning);
        all.add(warning);
    }

    /** Adds a part that does not run, once: the stages of an API share their document. */
    void notRun(String reason) {
        if (!notRun.contains(reason)) {
            notRun.add(reason);
            all.add(reason);
        }
    }

    /** Replaces the warnings about the template by those about another one; the warnings of its APIs are not among them. */
    void read(Stack stack) {
        all.clear();
        notRun.clear();
        all.addAll(ofSettings);
        stack.warnings().stream().map(Problem::toString).forEach(this::notRun);
        Functions.onOlderJava(stack.compute().functions()).ifPresent(all::add);
    }

    /**
     * Adds the parts of mappings that do not run.
     *
     * @param read says whether the source of a mapping can be read
     */
    void mappings(Stack stack, Predicate<MappingSpec> read) {
        stack.compute()
                .mappings()
                .forEach(spec -> spec.settings()
                        .onFailure()
                        .filter(arn -> !Destinations.canReach(arn))
                        .ifPresent(arn -> notRun(
                                "the on-failure destination %s of %s is not run locally: SQS queues, SNS topics and S3 buckets are"
                                        .formatted(arn, spec.logicalId()))));
        stack.compute().mappings().stream()
                .filter(spec -> !read.test(spec))
                .forEach(spec -> all.add(
                        "the mapping %s is not run: while attached, mappings of streams read Kinesis only, not %s"
                                .formatted(spec.logicalId(), spec.eventSourceArn())));
    }

    /** Returns the parts of the template that do not run, one line each. */
    List<String> notRun() {
        return List.copyOf(notRun);
    }

    /** Returns all warnings, one line each, as they change. */
    List<String> all() {
        return Collections.unmodifiableList(all);
    }
}
