package dev.ingestkit.cli.aws;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.local.events.Arn;
import java.util.Optional;

/**
 * An event source mapping of a stack. Immutable.
 *
 * @param source the ARN of the stream, or of a consumer of it
 * @param function the function's name or ARN, with a qualifier if the mapping has one
 * @param onFailure the ARN of the on-failure destination
 */
public record StackMapping(String uuid, String source, String function, Optional<String> onFailure) {

    public StackMapping {
        requireNonNull(uuid, "uuid");
        requireNonNull(source, "source");
        requireNonNull(function, "function");
        requireNonNull(onFailure, "onFailure");
    }

    /** Returns the name of the stream that the mapping reads; empty when its source is another service. */
    Optional<String> stream() {
        return Arn.tryParse(source)
                .filter(arn -> arn.service().equals("kinesis"))
                .map(arn -> arn.resource().replaceFirst("^stream/", "").replaceFirst("/.*", ""));
    }

    /** Returns the function's name without a qualifier. */
    String functionName() {
        return Arn.functionNameIn(function);
    }

    /** Returns the name of the queue to which failures go. */
    Optional<String> queue() {
        return onFailure
                .flatMap(Arn::tryParse)
                .filter(arn -> arn.service().equals("sqs"))
                .map(Arn::resource);
    }
}
