package dev.ingestkit.local.kinesis;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Writes shards as the API represents them. */
final class ShardNodes {

    private ShardNodes() {}

    static ArrayNode of(List<Shard> shards) {
        ArrayNode nodes = JsonNodeFactory.instance.arrayNode(shards.size());
        for (Shard shard : shards) {
            ObjectNode node = nodes.addObject();
            node.put("ShardId", shard.id().toString());
            if (shard.lineage().parent() != null) {
                node.put("ParentShardId", shard.lineage().parent().toString());
            }
            if (shard.lineage().adjacent() != null) {
                node.put("AdjacentParentShardId", shard.lineage().adjacent().toString());
            }
            node.set("HashKeyRange", range(shard));
            ObjectNode numbers = node.putObject("SequenceNumberRange");
            numbers.put("StartingSequenceNumber", shard.startingSequenceNumber().toString());
            shard.endingSequenceNumber().ifPresent(end -> numbers.put("EndingSequenceNumber", end.toString()));
        }
        return nodes;
    }

    /** Returns the child shards that a reader at the end of a closed shard continues with. */
    static ArrayNode children(List<Shard> shards) {
        ArrayNode nodes = JsonNodeFactory.instance.arrayNode(shards.size());
        for (Shard shard : shards) {
            ObjectNode node = nodes.addObject();
            node.put("ShardId", shard.id().toString());
            ArrayNode parents = node.putArray("ParentShards");
            shard.lineage().parents().forEach(parent -> parents.add(parent.toString()));
            node.set("HashKeyRange", range(shard));
        }
        return nodes;
    }

    private static ObjectNode range(Shard shard) {
        ObjectNode range = JsonNodeFactory.instance.objectNode();
        range.put("StartingHashKey", shard.range().start().toString());
        range.put("EndingHashKey", shard.range().end().toString());
        return range;
    }
}
