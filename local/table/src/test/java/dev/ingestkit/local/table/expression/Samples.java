package dev.ingestkit.local.table.expression;

import dev.ingestkit.local.table.item.Item;
import dev.ingestkit.local.table.item.ItemJson;
import dev.ingestkit.local.table.item.MapCursor;
import dev.ingestkit.local.table.item.Value;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** Placeholders and items that many tests share. */
final class Samples {
    /** One value of each type, named by the type. */
    static final Map<String, Value> VALUES = values(
            "{':S':{'S':'a'},':T':{'S':'b'},':N':{'N':'1'},':M2':{'N':'2'},':B':{'B':'YQ=='},':BOOL':{'BOOL':true},"
                    + "':NULL':{'NULL':true},':SS':{'SS':['a']},':NS':{'NS':['1']},':BS':{'BS':['YQ==']},"
                    + "':M':{'M':{}},':L':{'L':[]},':type':{'S':'N'},':none':{'S':'X'}}");

    static final Map<String, String> NAMES = Map.of("#a", "a", "#b", "b", "#c", "c", "#d", "[3]");

    private Samples() {}

    static Placeholders placeholders() {
        return new Placeholders(NAMES, VALUES);
    }

    /** Returns the item of a JSON text with single quotes. */
    static Item item(String json) {
        return ItemJson.item(json.replace('\'', '"'));
    }

    /** Returns the attributes of a JSON text with single quotes. */
    static Map<String, Value> values(String json) {
        Map<String, Value> values = new HashMap<>();
        for (MapCursor entries = item(json).attributes(); entries.next(); ) {
            values.put(entries.name(), entries.value());
        }
        return values;
    }

    static Value value(String json) {
        return Objects.requireNonNull(values("{'v':" + json + "}").get("v"));
    }
}
