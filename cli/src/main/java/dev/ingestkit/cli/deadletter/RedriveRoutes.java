package dev.ingestkit.cli.deadletter;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.cli.aws.AwsClients;
import dev.ingestkit.cli.deadletter.DeadLetterQueue.ReceivedMessage;
import dev.ingestkit.core.deadletter.DeadLetter;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The route of each dead letter: a message that a redrive policy moved returns to its queue, changes of a table and events
 * of asynchronous invocations go to the function that failed, records take the route of the command's options. Not thread-safe.
 */
public final class RedriveRoutes {

    private final AwsClients clients;
    private final Supplier<RedriveRoute> ofRecords;
    private @Nullable RedriveRoute chosen;

    /**
     * Creates the routes of one redrive.
     *
     * @param ofRecords makes the route of records; called once, and only if there are records, since a stack without a
     *     stream or function has none
     */
    public RedriveRoutes(AwsClients clients, Supplier<RedriveRoute> ofRecords) {
        this.clients = requireNonNull(clients, "clients");
        this.ofRecords = requireNonNull(ofRecords, "ofRecords");
    }

    RedriveRoute of(ReceivedMessage deadLetter) {
        return deadLetter
                .moved()
                .<RedriveRoute>map(message -> new QueueRoute(clients, deadLetter.messageId(), message))
                .or(() -> deadLetter.invocation().map(failed -> new EventRoute(clients, failed)))
                .or(() -> deadLetter.content().flatMap(this::ofChanges))
                .orElseGet(this::ofRecords);
    }

    /** Returns the route to the function of a mapping that reads a table's stream, which takes no records. */
    private Optional<RedriveRoute> ofChanges(DeadLetter deadLetter) {
        if (!deadLetter.range().isOfTable()) {
            return Optional.empty();
        }
        String function = deadLetter instanceof DeadLetter.OnFailure failure ? failure.functionArn() : null;
        return Optional.of(
                function == null
                        ? (records, pace) ->
                                new RedriveRoute.Result(List.of("the message does not name the function"), List.of())
                        : new InvokeRoute(clients, function));
    }

    private RedriveRoute ofRecords() {
        RedriveRoute route = chosen == null ? ofRecords.get() : chosen;
        chosen = route;
        return route;
    }
}
