package dev.ingestkit.local.mapping;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.ingestkit.local.events.Completions;
import dev.ingestkit.local.events.Json;
import dev.ingestkit.local.functions.Invocation;
import dev.ingestkit.local.functions.InvokeRejectedException;
import dev.ingestkit.local.functions.InvokeRejectedException.Reason;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads the outcome of a batch from the result of its invocation.
 *
 * <p>With ReportBatchItemFailures, as recorded on AWS: an answer that is empty, null, {@code ""}, {@code {}}, {@code []} or whose
 * list is null or empty is a full success; otherwise the lowest sequence number in the list is the checkpoint; an item
 * without identifier, with an empty, null or unknown one, or under another name, fails the whole batch. Without it any
 * answer is success. With a tumbling window an answer must have a member {@code state}.
 */
public final class InvocationResult {

    private final boolean reportBatchItemFailures;
    private final boolean tumbling;

    InvocationResult(boolean reportBatchItemFailures, boolean tumbling) {
        this.reportBatchItemFailures = reportBatchItemFailures;
        this.tumbling = tumbling;
    }

    /** Returns the outcome of an invocation that ended with an answer or a function error. */
    InvokeOutcome of(Invocation invocation, List<QueuedRecord> records) {
        if (invocation.failed()) {
            return new InvokeOutcome.Failed(new FailedAttempt(
                    invocation.requestId(), true, invocation.functionError(), invocation.errorText()));
        }
        if (!reportBatchItemFailures && !tumbling) {
            return new InvokeOutcome.Succeeded(null);
        }
        return answered(
                invocation,
                () -> records.stream()
                        .map(record -> record.sequenceNumber().toString())
                        .toList());
    }

    /** Returns the outcome of an invocation that never reached the function. */
    static InvokeOutcome of(Throwable failure) {
        Throwable cause = Completions.unwrap(failure);
        FailedAttempt attempt = new FailedAttempt(null, false, null, String.valueOf(cause.getMessage()));
        // Of the deliveries that never reach the function, AWS counts only a payload that Invoke refuses as too large
        // as a retry.
        return cause instanceof InvokeRejectedException rejected && rejected.reason() == Reason.PAYLOAD_TOO_LARGE
                ? new InvokeOutcome.Failed(attempt)
                : new InvokeOutcome.NotInvoked(attempt);
    }

    /**
     * Returns why a mapping with ReportBatchItemFailures takes the answer of an invocation as a failure; empty for a
     * success.
     *
     * @param records the sequence numbers of the batch
     */
    public static Optional<String> reportedFailure(Invocation invocation, List<String> records) {
        return new InvocationResult(true, false)
                .answered(invocation, () -> records)
                .failure()
                .map(FailedAttempt::reason);
    }

    private InvokeOutcome answered(Invocation invocation, Supplier<List<String>> records) {
        JsonNode answer;
        try {
            answer = Json.mapper().readTree(invocation.payload());
        } catch (IOException broken) {
            return failed(invocation, "the function's answer is not JSON: " + broken.getMessage());
        }
        boolean empty = answer.isMissingNode()
                || answer.isNull()
                || (answer.isTextual() && answer.textValue().isEmpty())
                || (answer.isArray() && answer.isEmpty());
        if (!empty && !answer.isObject()) {
            return failed(invocation, "the function's answer is not an object with batchItemFailures");
        }
        String state = null;
        if (tumbling) {
            if (!answer.hasNonNull("state")) {
                return failed(invocation, "the function's answer has no state for the tumbling window");
            }
            state = text(answer.get("state"));
        }
        JsonNode failures = answer.path("batchItemFailures");
        if (!reportBatchItemFailures || failures.isMissingNode() || failures.isNull()) {
            return new InvokeOutcome.Succeeded(state);
        }
        return reported(invocation, failures, records, state);
    }

    private static InvokeOutcome reported(
            Invocation invocation, JsonNode failures, Supplier<List<String>> records, @Nullable String state) {
        if (!failures.isArray()) {
            return failed(invocation, "batchItemFailures is not a list");
        }
        if (failures.isEmpty()) {
            return new InvokeOutcome.Succeeded(state);
        }
        OptionalInt first = lowest(failures, records.get());
        if (first.isEmpty()) {
            return failed(
                    invocation, "batchItemFailures has an item without the sequence number of a record of the batch");
        }
        FailedAttempt attempt = reportedAttempt(invocation, failures.size());
        return first.getAsInt() == 0
                ? new InvokeOutcome.Failed(attempt)
                : new InvokeOutcome.PartlyFailed(first.getAsInt(), state, attempt);
    }

    private static FailedAttempt reportedAttempt(Invocation invocation, int items) {
        return new FailedAttempt(
                invocation.requestId(),
                true,
                null,
                "the function reported %d failed record%s".formatted(items, items == 1 ? "" : "s"));
    }

    private static OptionalInt lowest(JsonNode failures, List<String> records) {
        Map<String, Integer> positions = new HashMap<>(records.size() * 2);
        for (int index = 0; index < records.size(); index++) {
            positions.put(records.get(index), index);
        }
        int lowest = Integer.MAX_VALUE;
        for (JsonNode failure : failures) {
            Integer position = positions.get(failure.path("itemIdentifier").asText());
            if (position == null) {
                return OptionalInt.empty();
            }
            lowest = Math.min(lowest, position);
        }
        return OptionalInt.of(lowest);
    }

    private static InvokeOutcome failed(Invocation invocation, String reason) {
        return new InvokeOutcome.Failed(new FailedAttempt(invocation.requestId(), true, null, reason));
    }

    private static String text(JsonNode node) {
        try {
            return Json.mapper().writeValueAsString(node);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a parsed JSON tree could not be written", impossible);
        }
    }
}
