package dev.ingestkit.local.sqs;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.protocol.AwsInput;
import dev.ingestkit.local.protocol.AwsOutput;
import dev.ingestkit.local.protocol.ServiceException;
import dev.ingestkit.local.protocol.ServiceRequest;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The batch actions: up to ten messages at once, where each entry succeeds or fails on its own. Thread-safe. */
final class BatchActions {

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,80}");
    private static final int MAX_ENTRIES = 10;

    private final QueueLocator locator;
    private final MessageActions messages;

    BatchActions(QueueLocator locator, MessageActions messages) {
        this.locator = requireNonNull(locator, "locator");
        this.messages = requireNonNull(messages, "messages");
    }

    JsonNode sendMessageBatch(ServiceRequest request) {
        Queue queue = locator.queue(request);
        List<AwsInput> entries = entries(request);
        int bytes = 0;
        for (AwsInput entry : entries) {
            bytes += entry.string("MessageBody").orElse("").getBytes(StandardCharsets.UTF_8).length;
            bytes += MessageAttributes.sizeOf(entry);
        }
        if (bytes > QueueSettings.MAX_MESSAGE_BYTES) {
            throw SqsErrors.prefixed(
                    "BatchRequestTooLong",
                    "Batch requests cannot be longer than %d bytes. You have sent %d bytes."
                            .formatted(QueueSettings.MAX_MESSAGE_BYTES, bytes));
        }
        // A missing id fails the whole call, unlike any other fault of an entry.
        entries.forEach(entry -> MessageActions.requireFifoIds(queue.settings, entry));
        return each(entries, entry -> messages.send(request, queue, entry));
    }

    JsonNode deleteMessageBatch(ServiceRequest request) {
        Queue queue = locator.queue(request);
        return each(entries(request), entry -> messages.delete(queue, entry));
    }

    JsonNode changeMessageVisibilityBatch(ServiceRequest request) {
        Queue queue = locator.queue(request);
        return each(entries(request), entry -> messages.changeVisibility(queue, entry));
    }

    private static List<AwsInput> entries(ServiceRequest request) {
        List<AwsInput> entries = AwsInput.of(request).objects("Entries");
        if (entries.isEmpty()) {
            throw SqsErrors.prefixed("EmptyBatchRequest", "There should be at least one entry in the request.");
        }
        if (entries.size() > MAX_ENTRIES) {
            throw SqsErrors.prefixed(
                    "TooManyEntriesInBatchRequest",
                    "Maximum number of entries per request are 10. You have sent " + entries.size() + ".");
        }
        Set<String> ids = new HashSet<>();
        for (AwsInput entry : entries) {
            String id = entry.string("Id").orElse("");
            if (!ID.matcher(id).matches()) {
                throw SqsErrors.prefixed(
                        "InvalidBatchEntryId",
                        "A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be"
                                + " at most 80 letters long.");
            }
            if (!ids.add(id)) {
                throw SqsErrors.prefixed("BatchEntryIdsNotDistinct", "Id " + id + " repeated.");
            }
        }
        return entries;
    }

    private static ObjectNode each(List<AwsInput> entries, Function<AwsInput, ObjectNode> action) {
        ObjectNode response = AwsOutput.object();
        ArrayNode successful = response.putArray("Successful");
        ArrayNode failed = response.putArray("Failed");
        for (AwsInput entry : entries) {
            String id = entry.string("Id").orElseThrow();
            try {
                successful.add(action.apply(entry).put("Id", id));
            } catch (ServiceException error) {
                failed.addObject()
                        .put("Id", id)
                        .put("SenderFault", error.status() < 500)
                        .put("Code", error.queryCode().orElse(error.code()))
                        .put("Message", error.text());
            }
        }
        if (failed.isEmpty()) {
            response.remove("Failed");
        }
        if (successful.isEmpty()) {
            response.remove("Successful");
        }
        return response;
    }
}
