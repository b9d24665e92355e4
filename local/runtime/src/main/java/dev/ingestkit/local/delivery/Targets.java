package dev.ingestkit.local.delivery;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.CompletionStage;

/** Sends a text to a resource by its ARN: a queue, a topic, a bucket's object, another function. Thread-safe. */
@FunctionalInterface
public interface Targets {

    /**
     * Sends a text.
     *
     * @param attributes message attributes in the form of SQS's JSON, for targets that have any
     * @return a stage that fails with {@link UnsupportedOperationException} for a kind of target that is not run here
     */
    CompletionStage<?> send(String arn, String body, ObjectNode attributes);
}
