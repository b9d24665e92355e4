package dev.ingestkit.local.table.execution;

import dev.ingestkit.local.table.engine.IndexDefinition;
import dev.ingestkit.local.table.engine.IndexDefinition.Projected;
import dev.ingestkit.local.table.engine.KeyAttribute;
import dev.ingestkit.local.table.engine.KeySchema;
import dev.ingestkit.local.table.engine.StreamView;
import dev.ingestkit.local.table.engine.TableDefinition;
import dev.ingestkit.local.table.engine.TableDefinition.StreamDefinition;
import dev.ingestkit.local.table.item.DynamoNumber;
import dev.ingestkit.local.table.item.Item;
import dev.ingestkit.local.table.item.Value;
import dev.ingestkit.local.table.item.ValueType;
import dev.ingestkit.local.table.item.ValueWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Table definitions as items, which is how the store keeps them. */
final class DefinitionCodec {
    private static final String PARTITION_KEYS = "partitionKeys";

    private DefinitionCodec() {}

    static byte[] encode(TableDefinition table, String id) {
        ValueWriter writer = new ValueWriter(512);
        writer.startMap();
        text(writer, "id", id);
        text(writer, "name", table.name());
        writer.name("created");
        writer.number(DynamoNumber.of(table.created().toEpochMilli()));
        keys(writer, table.keys());
        StreamDefinition stream = table.stream();
        if (stream != null) {
            text(writer, "streamLabel", stream.label());
            text(writer, "streamView", stream.view().name());
        }
        String ttl = table.ttlAttribute();
        if (ttl != null) {
            text(writer, "ttl", ttl);
        }
        writer.name("settings");
        writer.copy(table.settings().asMap());
        writer.name("indexes");
        writer.startList();
        for (IndexDefinition index : table.indexes()) {
            index(writer, index);
        }
        writer.endList();
        writer.endMap();
        return writer.toItem().encoded();
    }

    private static void index(ValueWriter writer, IndexDefinition index) {
        writer.startMap();
        text(writer, "name", index.name());
        writer.name("global");
        writer.bool(index.global());
        keys(writer, index.keys());
        text(writer, "projected", index.projected().name());
        writer.name("nonKeys");
        writer.startList();
        index.nonKeyAttributes().forEach(writer::string);
        writer.endList();
        writer.name("settings");
        writer.copy(index.settings().asMap());
        writer.endMap();
    }

    /** Writes a key schema as the list of names and types in turn, and the number of partition keys unless it is 1. */
    static void keys(ValueWriter writer, KeySchema keys) {
        writer.name("keys");
        writer.startList();
        for (KeyAttribute attribute : keys.attributes()) {
            writer.string(attribute.name());
            writer.string(attribute.type().name());
        }
        writer.endList();
        if (keys.partitionKeys() > 1) {
            writer.name(PARTITION_KEYS);
            writer.number(DynamoNumber.of(keys.partitionKeys()));
        }
    }

    static void text(ValueWriter writer, String name, String text) {
        writer.name(name);
        writer.string(text);
    }

    static String id(Item stored) {
        return required(stored, "id").string();
    }

    static TableDefinition decode(Item stored) {
        List<IndexDefinition> indexes = new ArrayList<>();
        for (Value index : required(stored, "indexes").elements()) {
            indexes.add(index(Item.of(index)));
        }
        Value label = stored.get("streamLabel");
        Value ttl = stored.get("ttl");
        return new TableDefinition(
                required(stored, "name").string(),
                keys(stored),
                List.copyOf(indexes),
                label == null
                        ? null
                        : new StreamDefinition(
                                label.string(),
                                StreamView.valueOf(
                                        required(stored, "streamView").string())),
                ttl == null ? null : ttl.string(),
                instant(stored, "created"),
                Item.of(required(stored, "settings")));
    }

    private static IndexDefinition index(Item stored) {
        List<String> nonKeys = new ArrayList<>();
        required(stored, "nonKeys").elements().forEach(name -> nonKeys.add(name.string()));
        return new IndexDefinition(
                required(stored, "name").string(),
                required(stored, "global").bool(),
                keys(stored),
                Projected.valueOf(required(stored, "projected").string()),
                List.copyOf(nonKeys),
                Item.of(required(stored, "settings")));
    }

    static KeySchema keys(Item stored) {
        List<KeyAttribute> attributes = new ArrayList<>();
        String name = null;
        for (Value text : required(stored, "keys").elements()) {
            if (name == null) {
                name = text.string();
            } else {
                attributes.add(new KeyAttribute(name, ValueType.valueOf(text.string())));
                name = null;
            }
        }
        Value partitionKeys = stored.get(PARTITION_KEYS);
        return new KeySchema(
                attributes,
                partitionKeys == null
                        ? 1
                        : partitionKeys.number().toBigDecimal().intValueExact());
    }

    static Instant instant(Item stored, String name) {
        return Instant.ofEpochMilli(
                required(stored, name).number().toBigDecimal().longValueExact());
    }

    static Value required(Item stored, String name) {
        Value value = stored.get(name);
        if (value == null) {
            throw new IllegalStateException("a stored definition has no '" + name + "': " + stored);
        }
        return value;
    }
}
