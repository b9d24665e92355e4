package dev.ingestkit.local.mapping.queue;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.ingestkit.local.events.Completions;
import dev.ingestkit.local.events.Json;
import dev.ingestkit.local.functions.Invocation;
import dev.ingestkit.local.functions.InvokeRejectedException;
import dev.ingestkit.local.journal.JournalEvent.Attempt.Outcome;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of an invocation for a queue's batch: which messages were processed and are deleted.
 *
 * <p>With ReportBatchItemFailures an answer that is empty, null or whose list is null or empty is full success; the
 * messages of the list failed; an answer that is not JSON, and an item without identifier, with an empty, null or
 * unknown one, fail the whole batch. Without it any answer is success.
 *
 * @param processed the messages to delete
 * @param error the reason of a failure; null without one
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html">Errors of SQS
 *     mappings</a>
 */
public record QueueAnswer(
        Outcome outcome,
        List<QueueMessage> processed,
        @Nullable String error) {

    public QueueAnswer {
        requireNonNull(outcome, "outcome");
        processed = List.copyOf(processed);
    }

    /** Returns the outcome of an invocation that ended. */
    static QueueAnswer of(Invocation invocation, List<QueueMessage> batch, boolean reportsFailures) {
        if (invocation.failed()) {
            return failed(invocation.errorText());
        }
        if (!reportsFailures) {
            return new QueueAnswer(Outcome.SUCCEEDED, batch, null);
        }
        try {
            return reported(Json.mapper().readTree(invocation.payload()), batch);
        } catch (IOException broken) {
            return failed("the function's answer is not JSON: " + broken.getMessage());
        }
    }

    /**
     * Returns why a mapping with ReportBatchItemFailures takes the answer of an invocation as a failure; empty for a
     * success.
     *
     * @param messages the ids of the batch's messages
     */
    public static Optional<String> reportedFailure(Invocation invocation, List<String> messages) {
        List<QueueMessage> batch = messages.stream()
                .map(id -> new QueueMessage(id, "", "", JsonNodeFactory.instance.objectNode(), 0))
                .toList();
        return Optional.ofNullable(of(invocation, batch, true).error());
    }

    /** Returns the outcome of an invocation that never reached the function. */
    static QueueAnswer of(Throwable failure) {
        Throwable cause = Completions.unwrap(failure);
        boolean counts = cause instanceof InvokeRejectedException rejected
                && rejected.reason() == InvokeRejectedException.Reason.PAYLOAD_TOO_LARGE;
        return new QueueAnswer(
                counts ? Outcome.FAILED : Outcome.NOT_INVOKED, List.of(), String.valueOf(cause.getMessage()));
    }

    private static QueueAnswer reported(JsonNode answer, List<QueueMessage> batch) {
        boolean empty = answer.isMissingNode()
                || answer.isNull()
                || (answer.isTextual() && answer.textValue().isEmpty());
        JsonNode failures = answer.path("batchItemFailures");
        if (empty || (answer.isObject() && (failures.isMissingNode() || failures.isNull()))) {
            return new QueueAnswer(Outcome.SUCCEEDED, batch, null);
        }
        if (!failures.isArray()) {
            return failed("the function's answer is not an object with a list batchItemFailures");
        }
        Set<String> left = new HashSet<>();
        batch.forEach(message -> left.add(message.id()));
        for (JsonNode failure : failures) {
            String id = failure.path("itemIdentifier").asText("");
            if (batch.stream().noneMatch(message -> message.id().equals(id))) {
                return failed("batchItemFailures has an item without the id of a message of the batch");
            }
            left.remove(id);
        }
        List<QueueMessage> processed =
                batch.stream().filter(message -> left.contains(message.id())).toList();
        if (processed.size() == batch.size()) {
            return new QueueAnswer(Outcome.SUCCEEDED, batch, null);
        }
        String error = "the function reported %d of %d messages as failed"
                .formatted(batch.size() - processed.size(), batch.size());
        return new QueueAnswer(processed.isEmpty() ? Outcome.FAILED : Outcome.PARTIAL, processed, error);
    }

    private static QueueAnswer failed(String reason) {
        return new QueueAnswer(Outcome.FAILED, List.of(), reason);
    }
}
