package dev.ingestkit.local.kinesis;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.events.Arn;
import dev.ingestkit.local.events.ShardId;
import dev.ingestkit.local.protocol.AwsOutput;
import dev.ingestkit.local.store.Store;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A stream's definition as JSON: identity, settings, consumers, and its shards without their records. */
final class StreamCodec {

    private StreamCodec() {}

    static ObjectNode write(KinesisStream stream, ShardTable shards) {
        KinesisStream.Identity identity = stream.identity();
        ObjectNode node = AwsOutput.object();
        node.put("name", identity.name())
                .put("arn", identity.arn().toString())
                .put("id", identity.id())
                .put("serial", identity.serial())
                .put("createdAt", identity.createdAt().toString());
        node.set("settings", stream.settings().toJson());
        node.set("consumers", consumers(stream.consumers()));
        node.set("shardCountUpdates", stream.shardCountUpdates().toJson());
        node.set("modeUpdates", stream.modeUpdates().toJson());
        ArrayNode all = node.putArray("shards");
        shards.all().forEach(shard -> write(all.addObject(), shard));
        return node;
    }

    private static void write(ObjectNode node, Shard shard) {
        node.put("index", shard.index());
        put(node, "parent", shard.lineage().parent());
        put(node, "adjacent", shard.lineage().adjacent());
        node.put("start", shard.range().start().toString())
                .put("end", shard.range().end().toString())
                .put("createdSecond", shard.createdSecond())
                .put("openedAt", shard.openedAt().toString());
        put(node, "closedAt", shard.closedAt().orElse(null));
    }

    private static void put(ObjectNode node, String member, @Nullable Object value) {
        if (value != null) {
            node.put(member, value.toString());
        }
    }

    private static ArrayNode consumers(Consumers consumers) {
        ArrayNode nodes = AwsOutput.object().arrayNode();
        for (Consumers.Consumer consumer : consumers.all()) {
            ObjectNode node = nodes.addObject()
                    .put("name", consumer.name())
                    .put("arn", consumer.arn().toString())
                    .put("createdAt", consumer.createdAt().toString());
            ObjectNode tags = node.putObject("tags");
            consumers.tags(consumer).forEach(tags::put);
        }
        return nodes;
    }

    /** Returns the stream of a definition, with the records that the store has. */
    static KinesisStream read(JsonNode node, KinesisStream.Context context, Store store) {
        KinesisStream.Identity identity = new KinesisStream.Identity(
                node.path("name").textValue(),
                Arn.parse(node.path("arn").textValue()),
                node.path("id").textValue(),
                node.path("serial").longValue(),
                Instant.parse(node.path("createdAt").textValue()));
        KinesisStream stream = new KinesisStream(identity, StreamSettings.of(node.path("settings")), context);
        node.path("consumers")
                .forEach(consumer -> stream.consumers()
                        .register(
                                consumer.path("name").textValue(),
                                Arn.parse(consumer.path("arn").textValue()),
                                Instant.parse(consumer.path("createdAt").textValue()),
                                texts(consumer.path("tags"))));
        stream.shardCountUpdates().restore(node.path("shardCountUpdates"));
        stream.modeUpdates().restore(node.path("modeUpdates"));
        List<Shard> shards = new ArrayList<>();
        node.path("shards").forEach(shard -> shards.add(shard(shard, stream, store)));
        stream.publish(new ShardTable(shards));
        return stream;
    }

    private static Shard shard(JsonNode node, KinesisStream stream, Store store) {
        int index = node.path("index").intValue();
        Shard shard = stream.newShard(
                index,
                new Lineage(shardId(node.path("parent")), shardId(node.path("adjacent"))),
                new HashRange(hashKey(node.path("start")), hashKey(node.path("end"))),
                new Shard.Birth(
                        node.path("createdSecond").longValue(),
                        Instant.parse(node.path("openedAt").textValue())));
        String closedAt = node.path("closedAt").textValue();
        shard.restore(
                new StoredShard(store, stream.identity().serial(), index),
                closedAt == null ? null : Instant.parse(closedAt));
        return shard;
    }

    private static @Nullable ShardId shardId(JsonNode node) {
        return node.isTextual() ? ShardId.parse(node.textValue()) : null;
    }

    private static HashKey hashKey(JsonNode node) {
        return HashKey.of(new BigInteger(node.textValue()));
    }

    private static Map<String, String> texts(JsonNode node) {
        Map<String, String> texts = new TreeMap<>();
        node.properties()
                .forEach(member -> texts.put(member.getKey(), member.getValue().textValue()));
        return texts;
    }
}
