package dev.ingestkit.local.mapping.failure;

import java.util.concurrent.CompletionStage;

/** Receives notices of records that a mapping gave up. Thread-safe. */
@FunctionalInterface
public interface FailureDestination {

    /**
     * Sends one message.
     *
     * @param destinationArn the queue's (or topic's, bucket's) ARN
     * @return the message's id, or the object's key; a failed stage when it could not be sent, with
     *     UnsupportedOperationException when this kind of destination is not supported: then the message is not retried
     */
    CompletionStage<String> send(String destinationArn, FailureNotice notice);
}
