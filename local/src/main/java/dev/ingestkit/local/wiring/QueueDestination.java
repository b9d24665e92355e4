package dev.ingestkit.local.wiring;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.local.mapping.FailureDestination;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;

/** Sends on-failure messages to queues. Another kind of destination is refused by name: it is not run here. */
public final class QueueDestination implements FailureDestination {

    private final BiFunction<String, String, CompletionStage<String>> queues;

    /**
     * @param queues sends a body to a queue's ARN and gives the message's id
     */
    public QueueDestination(BiFunction<String, String, CompletionStage<String>> queues) {
        this.queues = requireNonNull(queues, "queues");
    }

    /** Whether messages to this ARN reach anything here. */
    public static boolean canReach(String destinationArn) {
        return destinationArn.split(":", -1).length == 6 && destinationArn.split(":", -1)[2].equals("sqs");
    }

    @Override
    public CompletionStage<String> send(String destinationArn, String body) {
        return canReach(destinationArn)
                ? queues.apply(destinationArn, body)
                : CompletableFuture.failedFuture(new UnsupportedOperationException(
                        "an on-failure destination here must be an SQS queue: " + destinationArn));
    }
}
