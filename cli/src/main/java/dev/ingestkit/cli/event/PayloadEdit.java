package dev.ingestkit.cli.event;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ContainerNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.ingestkit.cli.output.CliException;
import dev.ingestkit.cli.output.ExitCode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Sets fields of JSON payloads: {@code data.total=12}, and {@code items.0.count=2} in an array. The value is JSON or,
 * failing that, text. Immutable.
 */
public final class PayloadEdit {

    private record Assignment(List<String> path, JsonNode value) {}

    private final List<Assignment> assignments;

    private PayloadEdit(List<Assignment> assignments) {
        this.assignments = List.copyOf(assignments);
    }

    /**
     * Parses assignments.
     *
     * @throws CliException with USAGE for one without {@code =} or with an empty name
     */
    public static PayloadEdit parse(List<String> texts) {
        List<Assignment> parsed = new ArrayList<>();
        for (String text : texts) {
            int equals = requireNonNull(text, "text").indexOf('=');
            List<String> path =
                    equals < 1 ? List.of("") : List.of(text.substring(0, equals).split("\\.", -1));
            if (path.contains("")) {
                throw new CliException(
                                "USAGE", ExitCode.USAGE, "--set '%s' does not have the form path=value".formatted(text))
                        .hint("example: --set data.total=12");
            }
            parsed.add(new Assignment(path, value(text.substring(equals + 1))));
        }
        return new PayloadEdit(parsed);
    }

    private static JsonNode value(String text) {
        return PayloadTree.of(text.getBytes(StandardCharsets.UTF_8)).orElseGet(() -> TextNode.valueOf(text));
    }

    /** Returns whether the edit sets no field. */
    public boolean isEmpty() {
        return assignments.isEmpty();
    }

    /**
     * Returns the payload with the fields set. Missing objects on the path are created, missing array elements are not.
     *
     * @throws CliException if the payload is not a JSON object, or an array on the path has no such element
     */
    public byte[] apply(byte[] payload) {
        if (assignments.isEmpty()) {
            return payload;
        }
        if (!(PayloadTree.of(payload).orElse(null) instanceof ObjectNode root)) {
            throw notAnObject();
        }
        assignments.forEach(assignment -> set(root, assignment.path(), assignment.value()));
        return PayloadTree.bytes(root);
    }

    private static void set(ObjectNode root, List<String> path, JsonNode value) {
        JsonNode node = root;
        for (String name : path.subList(0, path.size() - 1)) {
            JsonNode inner = node instanceof ArrayNode array ? array.get(index(array, name)) : node.get(name);
            node = inner instanceof ContainerNode<?> ? inner : put(node, name, JsonNodeFactory.instance.objectNode());
        }
        put(node, path.get(path.size() - 1), value);
    }

    private static JsonNode put(JsonNode node, String name, JsonNode value) {
        if (node instanceof ArrayNode array) {
            array.set(index(array, name), value);
        } else {
            ((ObjectNode) node).set(name, value);
        }
        return value;
    }

    private static int index(ArrayNode array, String name) {
        if (name.matches("\\d{1,9}") && Integer.parseInt(name) < array.size()) {
            return Integer.parseInt(name);
        }
        throw new CliException(
                        "NOT_EDITABLE",
                        ExitCode.FAILED,
                        "an array of %d elements has no element '%s'".formatted(array.size(), name))
                .hint("elements are numbered from 0; to set a whole array: --set 'items=[1,2]'");
    }

    private static CliException notAnObject() {
        return new CliException(
                        "NOT_EDITABLE", ExitCode.FAILED, "a payload is not a JSON object, so --set cannot edit it")
                .because("--set needs a JSON object without duplicate names", null)
                .hint("drain it, edit it and send it: ingest-cli dlq drain FILE");
    }
}
