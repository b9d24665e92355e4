package dev.ingestkit.local.kinesis;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.protocol.AwsOutput;
import java.util.List;

/** Writes records as the API represents them. */
final class RecordNodes {

    private RecordNodes() {}

    static ArrayNode of(List<KinesisRecord> records) {
        ArrayNode nodes = JsonNodeFactory.instance.arrayNode(records.size());
        for (KinesisRecord record : records) {
            ObjectNode node = nodes.addObject();
            node.put("SequenceNumber", record.sequenceNumber().toString());
            node.set("ApproximateArrivalTimestamp", AwsOutput.timestamp(record.arrival()));
            node.put("Data", record.data());
            node.put("PartitionKey", record.partitionKey());
            if (record.encrypted()) {
                node.put("EncryptionType", EncryptionType.KMS.name());
            }
        }
        return nodes;
    }
}
