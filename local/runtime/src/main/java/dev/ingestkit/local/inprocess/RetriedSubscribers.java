package dev.ingestkit.local.inprocess;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.delivery.Redelivery;
import dev.ingestkit.local.events.Arn;
import dev.ingestkit.local.sns.Subscribers;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Subscribers to which messages are sent again after failures on their side. A queue that keeps an order receives each
 * message after the one before it. Thread-safe.
 */
public final class RetriedSubscribers implements Subscribers {

    private final Subscribers subscribers;
    private final Redelivery redelivery;
    /** The end of the deliveries so far, by queue and group. */
    private final ConcurrentHashMap<String, CompletableFuture<Void>> groups = new ConcurrentHashMap<>();

    public RetriedSubscribers(Subscribers subscribers, Redelivery redelivery) {
        this.subscribers = requireNonNull(subscribers, "subscribers");
        this.redelivery = requireNonNull(redelivery, "redelivery");
    }

    @Override
    public CompletionStage<Void> sendToQueue(Arn queue, String body, ObjectNode attributes, @Nullable Order order) {
        // A call adds members to what it sends, so each attempt has its own.
        if (order == null) {
            return redelivery.deliver(() -> subscribers.sendToQueue(queue, body, attributes.deepCopy(), null));
        }
        CompletableFuture<Void> delivered = new CompletableFuture<>();
        String group = queue + " " + order.groupId();
        CompletableFuture<Void> before = groups.put(group, delivered);
        CompletableFuture<Void> begin = before == null ? CompletableFuture.completedFuture(null) : before;
        CompletionStage<?> unused = begin.handle((done, failure) -> Optional.ofNullable(failure))
                .thenCompose(ready ->
                        redelivery.deliver(() -> subscribers.sendToQueue(queue, body, attributes.deepCopy(), order)))
                .whenComplete((done, failure) -> {
                    groups.remove(group, delivered);
                    if (failure == null) {
                        delivered.complete(null);
                    } else {
                        delivered.completeExceptionally(failure);
                    }
                });
        return delivered;
    }

    /** Passes an invocation on: the queue of asynchronous invocations has retries of its own. */
    @Override
    public CompletionStage<Void> invoke(String functionArn, Arn source, String id, byte[] event) {
        return subscribers.invoke(functionArn, source, id, event);
    }
}
