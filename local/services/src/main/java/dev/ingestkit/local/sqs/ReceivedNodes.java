package dev.ingestkit.local.sqs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.protocol.AwsInput;
import dev.ingestkit.local.protocol.AwsOutput;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes received messages with the requested attributes.
 *
 * @param systemNames names of system attributes, or {@code All}
 * @param attributeNames names of message attributes, {@code All}, {@code *}, {@code .*} or {@code prefix.*}
 */
record ReceivedNodes(List<String> systemNames, List<String> attributeNames) {

    ReceivedNodes {
        systemNames = List.copyOf(systemNames);
        attributeNames = List.copyOf(attributeNames);
    }

    static ReceivedNodes of(AwsInput input) {
        List<String> system = new ArrayList<>(input.strings("MessageSystemAttributeNames"));
        // The member's name before 2024, which SDKs still send.
        system.addAll(input.strings("AttributeNames"));
        return new ReceivedNodes(system, input.strings("MessageAttributeNames"));
    }

    ObjectNode message(PendingReceive.Received received) {
        Message message = received.message();
        ObjectNode node = AwsOutput.object()
                .put("MessageId", message.id)
                .put("ReceiptHandle", received.receiptHandle())
                .put("MD5OfBody", message.content.bodyMd5())
                .put("Body", message.content.body());
        ObjectNode system = systemAttributes(received);
        if (!system.isEmpty()) {
            node.set("Attributes", system);
        }
        ObjectNode attributes = AwsOutput.object();
        message.content.attributes().properties().forEach(entry -> {
            if (wants(entry.getKey())) {
                attributes.set(entry.getKey(), entry.getValue());
            }
        });
        if (!attributes.isEmpty()) {
            node.put("MD5OfMessageAttributes", md5(attributes)).set("MessageAttributes", attributes);
        }
        return node;
    }

    /** Returns the digest of the returned attributes, which may be a part of those sent. */
    private static @Nullable String md5(ObjectNode attributes) {
        ObjectNode holder = AwsOutput.object();
        holder.set("MessageAttributes", attributes);
        return MessageAttributes.of(new AwsInput(holder), "MessageAttributes").md5();
    }

    private boolean wants(String name) {
        for (String wanted : attributeNames) {
            boolean prefix = wanted.endsWith(".*") && name.startsWith(wanted.substring(0, wanted.length() - 2));
            if (wanted.equals("All") || wanted.equals("*") || wanted.equals(name) || prefix) {
                return true;
            }
        }
        return false;
    }

    private ObjectNode systemAttributes(PendingReceive.Received received) {
        ObjectNode node = AwsOutput.object();
        if (systemNames.isEmpty()) {
            return node;
        }
        Message message = received.message();
        TreeMap<String, @Nullable String> all = new TreeMap<>();
        all.put("SenderId", message.senderId);
        all.put("SentTimestamp", Long.toString(message.sentAt));
        all.put("ApproximateReceiveCount", Integer.toString(received.receiveCount()));
        all.put("ApproximateFirstReceiveTimestamp", Long.toString(received.firstReceivedAt()));
        all.put("MessageGroupId", message.groupId);
        all.put("MessageDeduplicationId", message.deduplicationId);
        all.put("SequenceNumber", message.sequenceNumber);
        all.put("AWSTraceHeader", message.content.traceHeader());
        all.put(
                "DeadLetterQueueSourceArn",
                message.deadLetterSource == null ? null : message.deadLetterSource.toString());
        boolean everything = systemNames.contains("All");
        all.forEach((name, value) -> {
            if (value != null && (everything || systemNames.contains(name))) {
                node.put(name, value);
            }
        });
        return node;
    }
}
