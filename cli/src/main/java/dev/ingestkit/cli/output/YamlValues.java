package dev.ingestkit.cli.output;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ingestkit.local.events.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.representer.StandardRepresenter;

/**
 * The values of a record as YAML: numbers as in its JSON, where a number of Java would print {@code -0} as {@code 0} and
 * {@code 1e400} as {@code .inf}.
 */
final class YamlValues extends StandardRepresenter {

    private static final Pattern WHOLE = Pattern.compile("-?(0|[1-9]\\d*)");
    private static final Pattern NUMBER = Pattern.compile(WHOLE + "(\\.\\d+)?([eE][+-]?\\d+)?");

    /** A number in JSON's spelling, which is also YAML's. */
    private record Spelled(String text) {}

    YamlValues(DumpSettings settings) {
        super(settings);
        representers.put(Spelled.class, value -> {
            String text = ((Spelled) value).text();
            return representScalar(WHOLE.matcher(text).matches() ? Tag.INT : Tag.FLOAT, text, ScalarStyle.PLAIN);
        });
    }

    /** Returns a record as the maps, lists and values that this class represents. */
    static @Nullable Object of(JsonNode node) {
        if (node.isObject()) {
            Map<String, @Nullable Object> members = new LinkedHashMap<>();
            node.properties().forEach(member -> members.put(member.getKey(), of(member.getValue())));
            return members;
        }
        if (node.isArray()) {
            List<@Nullable Object> values = new ArrayList<>();
            node.forEach(value -> values.add(of(value)));
            return values;
        }
        String text = node.isNumber() ? node.toString() : "";
        return NUMBER.matcher(text).matches()
                ? new Spelled(text)
                : Json.mapper().convertValue(node, Object.class);
    }
}
