package dev.ingestkit.local.eventbridge;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.events.Json;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The input that a target receives for an event: all of it, a part, a constant, or a template with parts filled in.
 * Immutable.
 *
 * @see <a href="https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html">Input
 *     transformation</a>
 */
public final class TargetInput {

    /** The rule that matched, for the variables of a template. */
    public record Context(String ruleArn, String ruleName, String ingestionTime) {}

    private interface Form {
        String of(ObjectNode event, Context context);
    }

    private static final TargetInput EVENT = new TargetInput((event, context) -> text(event));

    private final Form form;

    private TargetInput(Form form) {
        this.form = form;
    }

    /** Returns the whole event. */
    public static TargetInput event() {
        return EVENT;
    }

    /** Returns a constant. */
    public static TargetInput constant(String json) {
        return new TargetInput((event, context) -> json);
    }

    /**
     * Returns a part of the event.
     *
     * @throws IllegalArgumentException if the path is not one
     */
    public static TargetInput path(String path) {
        EventPath read = EventPath.parse(path);
        return new TargetInput((event, context) -> {
            JsonNode part = read.of(event);
            return part.isMissingNode() ? "{}" : text(part);
        });
    }

    /**
     * Returns a template.
     *
     * @param paths by the names of variables
     * @param template text in which {@code <name>} stands for a variable
     * @throws IllegalArgumentException if a path is not one
     */
    public static TargetInput template(Map<String, String> paths, String template) {
        Map<String, EventPath> read = new LinkedHashMap<>();
        paths.forEach((name, path) -> read.put(name, EventPath.parse(path)));
        return new TargetInput((event, context) -> filled(template, values(read, event, context)));
    }

    /** Returns the text of a part of an event, as a partition key is taken; empty if there is none. */
    public Optional<String> partOf(String eventJson) {
        try {
            if (Json.exactMapper().readTree(eventJson) instanceof ObjectNode event) {
                String part = form.of(event, new Context("", "", ""));
                return Optional.of(part.replaceAll("^\"|\"$", "")).filter(text -> !text.isEmpty());
            }
        } catch (IOException notJson) {
            return Optional.empty();
        }
        return Optional.empty();
    }

    /** Returns the text that a target receives. */
    String of(ObjectNode event, Context context) {
        return form.of(event, context);
    }

    private static Function<String, JsonNode> values(Map<String, EventPath> paths, ObjectNode event, Context context) {
        Map<String, JsonNode> values = new LinkedHashMap<>();
        paths.forEach((name, path) -> values.put(name, path.of(event)));
        values.put("aws.events.rule-arn", Json.mapper().getNodeFactory().textNode(context.ruleArn()));
        values.put("aws.events.rule-name", Json.mapper().getNodeFactory().textNode(context.ruleName()));
        values.put(
                "aws.events.event.ingestion-time",
                Json.mapper().getNodeFactory().textNode(context.ingestionTime()));
        values.put("aws.events.event", event);
        values.put("aws.events.event.json", event);
        return name -> values.getOrDefault(name, Json.mapper().missingNode());
    }

    /** Fills variables in: inside quotes their text, outside their JSON. A variable without a value leaves nothing. */
    private static String filled(String template, Function<String, JsonNode> values) {
        StringBuilder filled = new StringBuilder();
        boolean quoted = false;
        for (int at = 0; at < template.length(); at++) {
            char next = template.charAt(at);
            int end = next == '<' ? template.indexOf('>', at) : -1;
            if (end > 0 && template.substring(at + 1, end).matches("[A-Za-z0-9_.-]+")) {
                filled.append(shown(values.apply(template.substring(at + 1, end)), quoted));
                at = end;
            } else {
                filled.append(next);
                if (next == '\\' && at + 1 < template.length()) {
                    filled.append(template.charAt(++at));
                } else if (next == '"') {
                    quoted = !quoted;
                }
            }
        }
        return filled.toString();
    }

    private static String shown(JsonNode value, boolean quoted) {
        if (value.isMissingNode()) {
            return quoted ? "" : "\"\"";
        }
        if (!quoted) {
            return text(value);
        }
        // The text of the value without the quotes around it, with those inside escaped.
        String json =
                text(Json.mapper().getNodeFactory().textNode(value.isTextual() ? value.textValue() : text(value)));
        return json.substring(1, json.length() - 1);
    }

    private static String text(JsonNode node) {
        try {
            return Json.exactMapper().writeValueAsString(node);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a tree that was read could not be written", impossible);
        }
    }
}
