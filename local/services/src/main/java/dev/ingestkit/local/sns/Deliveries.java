package dev.ingestkit.local.sns;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ingestkit.local.events.Arn;
import dev.ingestkit.local.events.Completions;
import dev.ingestkit.local.events.Json;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers published messages to the subscribers that want them. A queue or function that does not exist or refuses a
 * message is a client error to SNS, which does not retry those: the message goes to the subscription's dead letter queue,
 * if it has one. Thread-safe.
 */
final class Deliveries {

    private static final Logger LOG = LoggerFactory.getLogger(Deliveries.class);

    private final TopicStore store;
    private final Subscribers subscribers;

    Deliveries(TopicStore store, Subscribers subscribers) {
        this.store = requireNonNull(store, "store");
        this.subscribers = requireNonNull(subscribers, "subscribers");
    }

    /** Delivers a message to all subscribers of its topic, in order. */
    void deliver(Notification notification, MessageForms forms) {
        for (SubscriptionEntry subscription : store.subscriptionsOf(notification.topic())) {
            Notification own = notification.withMessage(forms.of(subscription.protocol()));
            boolean wanted = subscription
                    .filter()
                    .map(filter -> filter.passes(own.message(), own.attributes()))
                    .orElse(true);
            if (subscription.isConfirmed() && wanted) {
                CompletionStage<?> unused = attempt(subscription, own).whenComplete((done, failure) -> {
                    if (failure != null) {
                        failed(subscription, own, Completions.unwrap(failure));
                    }
                });
            }
        }
    }

    private CompletionStage<Void> attempt(SubscriptionEntry subscription, Notification notification) {
        try {
            return subscription.protocol().equals("lambda")
                    ? subscribers.invoke(
                            subscription.endpoint(),
                            notification.topic(),
                            notification.accepted().messageId(),
                            notification.event(subscription.arn()))
                    : sendToQueue(Arn.parse(subscription.endpoint()), subscription, notification);
        } catch (RuntimeException failure) {
            return CompletableFuture.failedFuture(failure);
        }
    }

    private CompletionStage<Void> sendToQueue(Arn queue, SubscriptionEntry subscription, Notification notification) {
        Subscribers.Order order = queue.resource().endsWith(".fifo") ? notification.order() : null;
        return subscription.isRaw()
                ? subscribers.sendToQueue(queue, notification.message(), notification.attributes(), order)
                : subscribers.sendToQueue(
                        queue,
                        notification.envelope(subscription.arn()),
                        Json.mapper().createObjectNode(),
                        order);
    }

    private void failed(SubscriptionEntry subscription, Notification notification, Throwable cause) {
        LOG.warn(
                "a message of {} could not be delivered to {}: {}",
                notification.topic(),
                subscription.endpoint(),
                cause.getMessage());
        deadLetterQueue(subscription).ifPresent(queue -> {
            CompletionStage<?> unused = sendToQueue(queue, subscription, notification)
                    .whenComplete((done, failure) -> {
                        if (failure != null) {
                            LOG.warn("a message could not be sent to the dead letter queue {}", queue, failure);
                        }
                    });
        });
    }

    private static Optional<Arn> deadLetterQueue(SubscriptionEntry subscription) {
        try {
            JsonNode policy = Json.mapper()
                    .readTree(subscription.attributes().getOrDefault(SubscriptionEntry.REDRIVE_POLICY, "{}"));
            return Arn.tryParse(policy.path("deadLetterTargetArn").asText());
        } catch (IOException checkedWhenSet) {
            throw new IllegalStateException("a redrive policy that was checked is not JSON", checkedWhenSet);
        }
    }
}
