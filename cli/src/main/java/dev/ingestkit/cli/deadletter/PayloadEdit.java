package dev.ingestkit.cli.deadletter;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.cli.output.CliException;
import dev.ingestkit.cli.output.ExitCode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Sets fields of JSON payloads: {@code data.total=12}. The value is JSON, or else text. Immutable. */
public final class PayloadEdit {

    /** Numbers keep all their digits. */
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

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
                                "USAGE", ExitCode.USAGE, "--set '%s' is not of the form path=value".formatted(text))
                        .hint("example: --set data.total=12");
            }
            parsed.add(new Assignment(path, value(text.substring(equals + 1))));
        }
        return new PayloadEdit(parsed);
    }

    private static JsonNode value(String text) {
        try {
            JsonNode json = MAPPER.readTree(text);
            return json.isMissingNode() ? MAPPER.getNodeFactory().textNode(text) : json;
        } catch (JsonProcessingException plain) {
            return MAPPER.getNodeFactory().textNode(text);
        }
    }

    public boolean isEmpty() {
        return assignments.isEmpty();
    }

    /**
     * The payload with the fields set; objects on the way that are missing are made.
     *
     * @throws CliException if it is no JSON object
     */
    public byte[] apply(byte[] payload) {
        if (assignments.isEmpty()) {
            return payload;
        }
        try {
            if (!(MAPPER.readTree(payload) instanceof ObjectNode root)) {
                throw notAnObject(null);
            }
            for (Assignment assignment : assignments) {
                ObjectNode place = root;
                List<String> path = assignment.path();
                for (String name : path.subList(0, path.size() - 1)) {
                    place = place.get(name) instanceof ObjectNode inner ? inner : place.putObject(name);
                }
                place.set(path.get(path.size() - 1), assignment.value());
            }
            return MAPPER.writeValueAsBytes(root);
        } catch (IOException notJson) {
            throw notAnObject(notJson);
        }
    }

    private static CliException notAnObject(@org.jspecify.annotations.Nullable IOException cause) {
        return new CliException("NOT_EDITABLE", ExitCode.FAILED, "a payload is no JSON object: --set cannot edit it")
                .because("fields can be set in objects only", cause)
                .hint("take it out, edit it and send it: ingest-cli dlq drain FILE");
    }
}
