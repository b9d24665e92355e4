package dev.ingestkit.local.sqs;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.journal.BodyIds;
import dev.ingestkit.local.journal.Journal;
import dev.ingestkit.local.journal.JournalEvent;
import dev.ingestkit.local.journal.Origin;
import dev.ingestkit.local.journal.Origins;
import dev.ingestkit.local.protocol.AwsInput;
import dev.ingestkit.local.protocol.AwsOutput;
import dev.ingestkit.local.protocol.ServiceException;
import dev.ingestkit.local.protocol.ServiceRequest;
import dev.ingestkit.local.protocol.ServiceResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The actions on single messages. Thread-safe. */
final class MessageActions {

    private static final Pattern FIFO_ID =
            Pattern.compile("[A-Za-z0-9!\"#$%&'()*+,\\-./:;<=>?@\\[\\\\\\]^_`{|}~]{1,128}");

    private final QueueRegistry registry;
    private final QueueLocator locator;
    private final Journal journal;
    private final Origins origins;
    private final String accountId;

    MessageActions(QueueRegistry registry, QueueLocator locator, Journal journal, Origins origins, String accountId) {
        this.registry = requireNonNull(registry, "registry");
        this.locator = requireNonNull(locator, "locator");
        this.journal = requireNonNull(journal, "journal");
        this.origins = requireNonNull(origins, "origins");
        this.accountId = requireNonNull(accountId, "accountId");
    }

    JsonNode sendMessage(ServiceRequest request) {
        return send(request, locator.queue(request), AwsInput.of(request));
    }

    /** Sends one message: that of SendMessage, or one entry of a batch. */
    ObjectNode send(ServiceRequest request, Queue queue, AwsInput input) {
        QueueSettings settings = queue.settings;
        MessageContent given = MessageReader.read(input, (int) settings.number("MaximumMessageSize"));
        MessageContent content =
                request.traceHeader().map(given::withDefaultTraceHeader).orElse(given);
        Long delay = delay(settings, input);
        Message.Provenance from = provenance(settings, input, content);
        // Read before the queue is locked, and noted before a function can receive the message.
        List<String> bodyIds = BodyIds.in(content.body());
        Optional<Origin> sender = request.traceHeader().flatMap(origins::origin);
        QueueRegistry.Accepted accepted = registry.send(queue, content, from, delay, (id, repeated) -> {
            // A deduplicated message does not enter the queue again; what a function sent is parked in the earlier one.
            if (!repeated || sender.isPresent()) {
                journal.append(arrival(sender, queue, id, content, bodyIds));
            }
        });
        ObjectNode response =
                AwsOutput.object().put("MD5OfMessageBody", content.bodyMd5()).put("MessageId", accepted.messageId());
        putText(response, "MD5OfMessageAttributes", content.attributesMd5());
        putText(response, "MD5OfMessageSystemAttributes", content.systemMd5());
        putText(response, "SequenceNumber", accepted.sequenceNumber());
        return response;
    }

    private static JournalEvent arrival(
            Optional<Origin> sender, Queue queue, String id, MessageContent content, List<String> bodyIds) {
        return sender.<JournalEvent>map(function -> new JournalEvent.Parked(
                        function.requestId(), function.function(), queue.name, id, content.bytes(), bodyIds))
                .orElseGet(() -> new JournalEvent.Queued(queue.name, id, content.bytes(), null, bodyIds));
    }

    private static @Nullable Long delay(QueueSettings settings, AwsInput input) {
        Long delay = input.integer("DelaySeconds").orElse(null);
        if (delay == null) {
            return null;
        }
        if (settings.fifo() && delay != 0) {
            throw SqsErrors.invalidValue(
                    "DelaySeconds",
                    delay.toString(),
                    "The request include parameter that is not valid for this queue type.");
        }
        if (delay < 0 || delay > 900) {
            throw SqsErrors.invalidValue("DelaySeconds", delay.toString(), "DelaySeconds must be >= 0 and <= 900.");
        }
        return settings.fifo() ? null : delay;
    }

    private Message.Provenance provenance(QueueSettings settings, AwsInput input, MessageContent content) {
        String group = fifoId(input, "MessageGroupId");
        String deduplication = fifoId(input, "MessageDeduplicationId");
        if (!settings.fifo()) {
            if (deduplication != null) {
                throw SqsErrors.invalidValue(
                        "MessageDeduplicationId",
                        deduplication,
                        "The request include parameter that is not valid for this queue type.");
            }
            return new Message.Provenance(group, null, null, accountId);
        }
        requireFifoIds(settings, input);
        String key = deduplication != null ? deduplication : sha256(content.body());
        return new Message.Provenance(group, key, null, accountId);
    }

    /**
     * Requires the ids that a FIFO queue needs.
     *
     * @throws ServiceException if the message has no group, or no deduplication id where the content is not used as one
     */
    static void requireFifoIds(QueueSettings settings, AwsInput input) {
        if (!settings.fifo()) {
            return;
        }
        if (!input.has("MessageGroupId")) {
            throw SqsErrors.missing("MessageGroupId");
        }
        if (!input.has("MessageDeduplicationId") && !settings.flag("ContentBasedDeduplication")) {
            throw SqsErrors.invalid("The queue should either have ContentBasedDeduplication enabled or"
                    + " MessageDeduplicationId provided explicitly");
        }
    }

    private static @Nullable String fifoId(AwsInput input, String member) {
        String id = input.string(member).orElse(null);
        if (id != null && !FIFO_ID.matcher(id).matches()) {
            throw SqsErrors.invalidValue(
                    member,
                    id,
                    member + " can only include alphanumeric and punctuation characters. 1 to 128 in length.");
        }
        return id;
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    CompletionStage<ServiceResponse> receiveMessage(ServiceRequest request) {
        Queue queue = locator.queue(request);
        AwsInput input = AwsInput.of(request);
        int max = (int) inRange(input, "MaxNumberOfMessages", 1, 10, 1);
        long visibility = inRange(input, "VisibilityTimeout", 0, 43_200, queue.settings.number("VisibilityTimeout"));
        long wait = inRange(input, "WaitTimeSeconds", 0, 20, queue.settings.number("ReceiveMessageWaitTimeSeconds"));
        requireNoAttemptId(queue.settings, input);
        ReceivedNodes nodes = ReceivedNodes.of(input);
        return registry.receive(queue, max, visibility * 1000, wait * 1000)
                .thenApply(received -> response(nodes, received));
    }

    /** Rejects an attempt id. A repeated receive would have to return the same messages, which is not supported. */
    private static void requireNoAttemptId(QueueSettings settings, AwsInput input) {
        Optional<String> attempt = input.string("ReceiveRequestAttemptId");
        if (attempt.isPresent() && settings.fifo()) {
            throw ServiceException.notImplemented("SQS", "ReceiveMessage with ReceiveRequestAttemptId");
        }
        if (attempt.isPresent()) {
            throw SqsErrors.invalidValue(
                    "ReceiveRequestAttemptId",
                    attempt.get(),
                    "The request include parameter that is not valid for this queue type.");
        }
    }

    private static ServiceResponse response(ReceivedNodes nodes, List<PendingReceive.Received> received) {
        ObjectNode response = AwsOutput.object();
        if (!received.isEmpty()) {
            ArrayNode messages = response.putArray("Messages");
            received.forEach(message -> messages.add(nodes.message(message)));
        }
        return ServiceResponse.of(response);
    }

    JsonNode deleteMessage(ServiceRequest request) {
        delete(locator.queue(request), AwsInput.of(request));
        return AwsOutput.object();
    }

    ObjectNode delete(Queue queue, AwsInput input) {
        registry.deleteMessage(queue, handle(queue, input));
        return AwsOutput.object();
    }

    JsonNode changeMessageVisibility(ServiceRequest request) {
        changeVisibility(locator.queue(request), AwsInput.of(request));
        return AwsOutput.object();
    }

    ObjectNode changeVisibility(Queue queue, AwsInput input) {
        if (!input.has("VisibilityTimeout")) {
            throw SqsErrors.missing("VisibilityTimeout");
        }
        long seconds = inRange(input, "VisibilityTimeout", 0, 43_200, 0);
        registry.changeVisibility(queue, handle(queue, input), seconds);
        return AwsOutput.object();
    }

    private static ReceiptHandle handle(Queue queue, AwsInput input) {
        String handle = input.string("ReceiptHandle").orElseThrow(() -> SqsErrors.missing("ReceiptHandle"));
        return ReceiptHandle.decode(handle, queue.arn);
    }

    private static long inRange(AwsInput input, String member, long min, long max, long defaultValue) {
        long value = input.integer(member).orElse(defaultValue);
        if (value < min || value > max) {
            String allowed = member.equals("WaitTimeSeconds") ? "Must be >= %d and <= %d" : "Must be between %d and %d";
            throw SqsErrors.invalidValue(member, Long.toString(value), allowed.formatted(min, max) + ", if provided.");
        }
        return value;
    }

    private static void putText(ObjectNode node, String name, @Nullable String text) {
        if (text != null) {
            node.put(name, text);
        }
    }
}
