package dev.ingestkit.cli.capsule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.cli.aws.BodyDigest;
import dev.ingestkit.cli.deadletter.DeadLetterQueue.ReceivedMessage;
import dev.ingestkit.cli.deadletter.FailedInvocation;
import dev.ingestkit.cli.deadletter.MovedMessage;
import dev.ingestkit.cli.deadletter.Recovery;
import dev.ingestkit.cli.deadletter.ShardRecord;
import dev.ingestkit.cli.event.PayloadTree;
import dev.ingestkit.core.deadletter.DeadLetter;
import dev.ingestkit.local.capsule.CapsuleContents;
import dev.ingestkit.local.events.Arn;
import java.util.Base64;
import java.util.Optional;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;

/** Writes the event of a dead letter as the function received it. Stateless. */
final class DeadLetterContents {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private DeadLetterContents() {}

    /** Returns the contents of a capsule of a dead letter, by its records: of a stream, of a table, or itself. */
    static CapsuleContents of(ReceivedMessage deadLetter, Recovery.Recovered recovered) {
        Optional<DeadLetter.RecordRange> range = deadLetter.content().map(DeadLetter::range);
        if (range.isPresent()) {
            return range.get().isOfTable() ? tableChanges(recovered) : records(range.get(), recovered);
        }
        return new CapsuleContents.Event(deadLetter
                .moved()
                .<JsonNode>map(moved -> message(deadLetter, moved))
                .or(() -> deadLetter.invocation().map(FailedInvocation::event))
                .orElseThrow());
    }

    private static CapsuleContents records(DeadLetter.RecordRange range, Recovery.Recovered recovered) {
        return new CapsuleContents.Batch(
                range.stream(),
                range.shard(),
                recovered.records().stream().map(DeadLetterContents::item).toList());
    }

    private static CapsuleContents.Item item(ShardRecord record) {
        return new CapsuleContents.Item(
                record.origin().sequenceNumber(),
                record.origin().partitionKey(),
                record.origin().arrivedAt(),
                record.data());
    }

    private static CapsuleContents tableChanges(Recovery.Recovered recovered) {
        ObjectNode event = NODES.objectNode();
        ArrayNode records = event.putArray("Records");
        for (ShardRecord record : recovered.records()) {
            String stream = record.origin().stream();
            PayloadTree.of(record.data())
                    .filter(ObjectNode.class::isInstance)
                    .map(ObjectNode.class::cast)
                    .ifPresent(change ->
                            records.add(change.put("awsRegion", region(stream)).put("eventSourceARN", stream)));
        }
        return new CapsuleContents.Event(event);
    }

    private static String region(String arn) {
        return Arn.tryParse(arn).map(Arn::region).orElse("");
    }

    /**
     * Returns a message as the batch of its first queue; what only the receive told is that of the dead letter queue.
     *
     * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html">The event of an SQS mapping</a>
     */
    private static ObjectNode message(ReceivedMessage deadLetter, MovedMessage moved) {
        ObjectNode event = NODES.objectNode();
        ObjectNode record = event.putArray("Records")
                .addObject()
                .put("messageId", deadLetter.messageId())
                .put("receiptHandle", deadLetter.receiptHandle())
                .put("body", deadLetter.body());
        ObjectNode attributes = record.putObject("attributes")
                .put("ApproximateReceiveCount", Integer.toString(deadLetter.receiveCount()))
                .put("SentTimestamp", Long.toString(deadLetter.sentAt().toEpochMilli()));
        if (moved.group() != null) {
            attributes.put("MessageGroupId", moved.group());
        }
        ObjectNode given = record.putObject("messageAttributes");
        moved.attributes().forEach((name, value) -> given.set(name, attribute(value)));
        record.put("md5OfBody", BodyDigest.md5(deadLetter.body()))
                .put("eventSource", "aws:sqs")
                .put("eventSourceARN", moved.source())
                .put("awsRegion", region(moved.source()));
        return event;
    }

    private static ObjectNode attribute(MessageAttributeValue value) {
        ObjectNode attribute = NODES.objectNode();
        if (value.stringValue() != null) {
            attribute.put("stringValue", value.stringValue());
        }
        if (value.binaryValue() != null) {
            attribute.put(
                    "binaryValue",
                    Base64.getEncoder().encodeToString(value.binaryValue().asByteArray()));
        }
        attribute.putArray("stringListValues");
        attribute.putArray("binaryListValues");
        return attribute.put("dataType", value.dataType());
    }
}
