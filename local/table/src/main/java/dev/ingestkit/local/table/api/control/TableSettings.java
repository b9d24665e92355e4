package dev.ingestkit.local.table.api.control;

import dev.ingestkit.local.table.item.Item;
import dev.ingestkit.local.table.item.ValueWriter;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a table or an index that the API describes and the engine does not need: flat names to strings and
 * numbers, stored with the definition. A name with a dot belongs to a group of settings, such as {@code tag.}.
 * Immutable.
 */
final class TableSettings {
    static final TableSettings EMPTY = new TableSettings(Map.of());

    static final String ID = "id";
    static final String BILLING = "billing";
    static final String READ = "read";
    static final String WRITE = "write";
    static final String INCREASED = "increased";
    static final String DECREASED = "decreased";
    static final String DECREASES = "decreases";
    static final String TO_ON_DEMAND = "toOnDemand";
    static final String MAX_READ = "maxRead";
    static final String MAX_WRITE = "maxWrite";
    static final String TABLE_CLASS = "class";
    static final String CLASS_CHANGED = "classChanged";
    static final String PROTECTED = "protected";
    static final String KMS_KEY = "kmsKey";
    static final String LAST_STREAM = "lastStream";
    static final String RECOVERY = "recovery";
    static final String RECOVERY_FROM = "recoveryFrom";
    static final String RECOVERY_DAYS = "recoveryDays";
    static final String ATTRIBUTE = "attribute.";
    static final String TAG = "tag.";

    private final Map<String, String> values;

    private TableSettings(Map<String, String> values) {
        this.values = values;
    }

    static TableSettings of(Item item) {
        Map<String, String> values = new TreeMap<>();
        var cursor = item.attributes();
        while (cursor.next()) {
            values.put(cursor.name(), cursor.value().string());
        }
        return new TableSettings(values);
    }

    Item toItem() {
        ValueWriter writer = new ValueWriter(256);
        writer.startMap();
        values.forEach((name, value) -> {
            writer.name(name);
            writer.string(value);
        });
        writer.endMap();
        return writer.toItem();
    }

    @Nullable
    String text(String name) {
        return values.get(name);
    }

    long number(String name) {
        String value = values.get(name);
        return value == null ? 0 : Long.parseLong(value);
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    @Nullable
    Instant time(String name) {
        return has(name) ? Instant.ofEpochMilli(number(name)) : null;
    }

    boolean isOnDemand() {
        return ControlRules.ON_DEMAND.equals(text(BILLING));
    }

    /** Returns the settings of a group, without its prefix, in the order of their names. */
    Map<String, String> group(String prefix) {
        Map<String, String> group = new LinkedHashMap<>();
        new TreeMap<>(values).forEach((name, value) -> {
            if (name.startsWith(prefix)) {
                group.put(name.substring(prefix.length()), value);
            }
        });
        return group;
    }

    TableSettings with(String name, @Nullable Object value) {
        if (value == null) {
            return without(name);
        }
        Map<String, String> changed = new TreeMap<>(values);
        changed.put(name, value.toString());
        return new TableSettings(changed);
    }

    TableSettings with(String name, Instant time) {
        return with(name, (Object) time.toEpochMilli());
    }

    TableSettings without(String name) {
        Map<String, String> changed = new TreeMap<>(values);
        changed.remove(name);
        return new TableSettings(changed);
    }
}
