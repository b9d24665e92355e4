package dev.ingestkit.local.table.api.control;

import dev.ingestkit.local.table.api.answer.Arns;
import dev.ingestkit.local.table.api.answer.Times;
import dev.ingestkit.local.table.api.request.Fields;
import dev.ingestkit.local.table.api.request.TableNames;
import dev.ingestkit.local.table.engine.IndexDefinition;
import dev.ingestkit.local.table.engine.KeyAttribute;
import dev.ingestkit.local.table.engine.KeySchema;
import dev.ingestkit.local.table.engine.StreamView;
import dev.ingestkit.local.table.engine.TableDefinition;
import dev.ingestkit.local.table.item.ValueType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Converts checked requests to the engine's definitions. Stateless. */
final class DefinitionReader {
    private DefinitionReader() {}

    /** Returns the table that a CreateTable request describes. */
    static TableDefinition table(Fields request, Instant now, String id, Arns arns) {
        Map<String, String> types = types(request);
        TableSettings settings = settings(request, types, id, arns);
        if (settings.isOnDemand()) {
            settings = settings.with(TableSettings.TO_ON_DEMAND, now);
        }
        TableDefinition.StreamDefinition stream = stream(request.struct("StreamSpecification"), now);
        if (stream != null) {
            settings = settings.with(TableSettings.LAST_STREAM, stream.label());
        }
        return new TableDefinition(
                TableNames.plain(String.valueOf(request.text("TableName"))),
                keys(request.structs("KeySchema"), types),
                indexes(request, types),
                stream,
                null,
                now,
                settings.toItem());
    }

    static Map<String, String> types(Fields request) {
        Map<String, String> types = new LinkedHashMap<>();
        request.structs("AttributeDefinitions")
                .forEach(attribute ->
                        types.put(KeySchemaRules.name(attribute), String.valueOf(attribute.text("AttributeType"))));
        return types;
    }

    private static TableSettings settings(Fields request, Map<String, String> types, String id, Arns arns) {
        TableSettings settings = TableSettings.EMPTY
                .with(TableSettings.ID, id)
                .with(TableSettings.BILLING, request.text("BillingMode"))
                .with(TableSettings.TABLE_CLASS, request.text("TableClass"))
                .with(TableSettings.PROTECTED, request.flag("DeletionProtectionEnabled") ? "true" : null);
        settings = throughput(settings, request.struct("ProvisionedThroughput"));
        settings = onDemand(settings, request.struct("OnDemandThroughput"));
        settings = encryption(settings, request.struct("SSESpecification"), id, arns);
        for (Map.Entry<String, String> type : types.entrySet()) {
            settings = settings.with(TableSettings.ATTRIBUTE + type.getKey(), type.getValue());
        }
        for (Fields tag : request.structs("Tags")) {
            settings = settings.with(TableSettings.TAG + tag.text("Key"), tag.text("Value"));
        }
        return settings;
    }

    static TableSettings throughput(TableSettings settings, @Nullable Fields throughput) {
        return throughput == null
                ? settings
                : settings.with(TableSettings.READ, throughput.number("ReadCapacityUnits"))
                        .with(TableSettings.WRITE, throughput.number("WriteCapacityUnits"));
    }

    /** Applies limits of on-demand throughput; minus one removes a limit. */
    static TableSettings onDemand(TableSettings settings, @Nullable Fields limits) {
        if (limits == null) {
            return settings;
        }
        TableSettings changed = limit(settings, TableSettings.MAX_READ, limits.number("MaxReadRequestUnits"));
        return limit(changed, TableSettings.MAX_WRITE, limits.number("MaxWriteRequestUnits"));
    }

    private static TableSettings limit(TableSettings settings, String name, @Nullable Long limit) {
        if (limit == null) {
            return settings;
        }
        return limit == -1 ? settings.without(name) : settings.with(name, (Object) limit);
    }

    static TableSettings encryption(TableSettings settings, @Nullable Fields specification, String id, Arns arns) {
        if (specification == null) {
            return settings;
        }
        if (!specification.flag("Enabled")) {
            return settings.without(TableSettings.KMS_KEY);
        }
        String key = specification.text("KMSMasterKeyId");
        return settings.with(TableSettings.KMS_KEY, arns.key(key == null ? id : key));
    }

    static TableDefinition.@Nullable StreamDefinition stream(@Nullable Fields specification, Instant now) {
        if (specification == null || !specification.flag("StreamEnabled")) {
            return null;
        }
        StreamView view = StreamView.valueOf(Objects.requireNonNull(specification.text("StreamViewType")));
        return new TableDefinition.StreamDefinition(Times.label(now), view);
    }

    private static List<IndexDefinition> indexes(Fields request, Map<String, String> types) {
        List<IndexDefinition> indexes = new ArrayList<>();
        request.structs("LocalSecondaryIndexes").forEach(index -> indexes.add(index(index, types, false)));
        request.structs("GlobalSecondaryIndexes").forEach(index -> indexes.add(index(index, types, true)));
        return List.copyOf(indexes);
    }

    static IndexDefinition index(Fields index, Map<String, String> types, boolean global) {
        Fields projection = Objects.requireNonNull(index.struct("Projection"));
        TableSettings settings = TableSettings.EMPTY;
        if (global) {
            settings = throughput(settings, index.struct("ProvisionedThroughput"));
            settings = onDemand(settings, index.struct("OnDemandThroughput"));
        }
        return new IndexDefinition(
                IndexRules.name(index),
                global,
                keys(index.structs("KeySchema"), types),
                IndexDefinition.Projected.valueOf(Objects.requireNonNull(projection.text("ProjectionType"))),
                List.copyOf(projection.texts("NonKeyAttributes")),
                settings.toItem());
    }

    private static KeySchema keys(List<Fields> elements, Map<String, String> types) {
        List<KeyAttribute> hash = new ArrayList<>();
        List<KeyAttribute> range = new ArrayList<>();
        for (Fields element : elements) {
            String name = KeySchemaRules.name(element);
            ValueType type = ValueType.valueOf(String.valueOf(types.get(name)));
            (KeySchemaRules.isHash(element) ? hash : range).add(new KeyAttribute(name, type));
        }
        int partitionKeys = hash.size();
        hash.addAll(range);
        return new KeySchema(hash, partitionKeys);
    }
}
