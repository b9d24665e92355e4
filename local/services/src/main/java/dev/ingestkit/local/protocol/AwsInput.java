package dev.ingestkit.local.protocol;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.POJONode;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the members of an action's input, whatever codec carried them. A member of the wrong JSON type is an error as
 * in AWS's protocols: {@code SerializationException}, status 400. Immutable.
 */
public final class AwsInput {

    private static final Set<String> BOOLEANS = Set.of("true", "false");

    private final JsonNode members;
    private final boolean text;

    /** Creates an input whose members have the types of JSON. */
    public AwsInput(JsonNode members) {
        this(members, false);
    }

    private AwsInput(JsonNode members, boolean text) {
        this.members = requireNonNull(members, "members");
        this.text = text;
    }

    /**
     * Returns the input of a request. In the query protocol all values are text and are converted to the requested
     * type.
     */
    public static AwsInput of(ServiceRequest request) {
        return new AwsInput(request.input(), request.wire() == ServiceRequest.Wire.QUERY);
    }

    /** Returns whether the member is present and not null. */
    public boolean has(String name) {
        return members.hasNonNull(name);
    }

    /** Returns a string member. */
    public Optional<String> string(String name) {
        return member(name).map(node -> {
            if (!node.isTextual()) {
                throw wrongType(name, "a string", node);
            }
            return node.textValue();
        });
    }

    /** Returns an integer of up to 64 bits; a number with a fraction is an error. */
    public Optional<Long> integer(String name) {
        return member(name).map(node -> {
            if (text && node.isTextual()) {
                return parsed(name, node);
            }
            if (!node.isIntegralNumber() || !node.canConvertToLong()) {
                throw wrongType(name, "an integer", node);
            }
            return node.longValue();
        });
    }

    /** Returns a finite number. */
    public Optional<Double> number(String name) {
        return member(name).map(node -> finite(name, node));
    }

    /** Returns the finite numbers of a list; empty if the member is missing. */
    public List<Double> numbers(String name) {
        List<Double> list = new ArrayList<>();
        for (JsonNode node : list(name)) {
            list.add(finite(name, node));
        }
        return list;
    }

    /** Returns a boolean member. */
    public Optional<Boolean> bool(String name) {
        return member(name).map(node -> {
            if (text && node.isTextual() && BOOLEANS.contains(node.textValue())) {
                return node.textValue().equals("true");
            }
            if (!node.isBoolean()) {
                throw wrongType(name, "a boolean", node);
            }
            return node.booleanValue();
        });
    }

    /** Returns a binary member: bytes in CBOR, base64 in JSON. */
    public Optional<byte[]> blob(String name) {
        return member(name).map(node -> bytes(name, node));
    }

    /** Returns a timestamp: epoch seconds (JSON), a tagged number (CBOR), or ISO-8601 text. */
    public Optional<Instant> timestamp(String name) {
        return member(name).map(node -> instant(name, node));
    }

    /** Returns a structure. */
    public Optional<AwsInput> object(String name) {
        return member(name).map(node -> {
            if (!node.isObject()) {
                throw wrongType(name, "a structure", node);
            }
            return new AwsInput(node, text);
        });
    }

    /** Returns the structures of a list; empty if the member is missing. */
    public List<AwsInput> objects(String name) {
        List<AwsInput> list = new ArrayList<>();
        for (JsonNode node : list(name)) {
            if (!node.isObject()) {
                throw wrongType(name, "a list of structures", node);
            }
            list.add(new AwsInput(node, text));
        }
        return list;
    }

    /** Returns the strings of a list; empty if the member is missing. */
    public List<String> strings(String name) {
        List<String> list = new ArrayList<>();
        for (JsonNode node : list(name)) {
            if (!node.isTextual()) {
                throw wrongType(name, "a list of strings", node);
            }
            list.add(node.textValue());
        }
        return list;
    }

    /** Returns the members as they were sent. */
    public JsonNode node() {
        return members;
    }

    private Iterable<JsonNode> list(String name) {
        Optional<JsonNode> node = member(name).filter(present -> !isEmptyText(present));
        if (node.isPresent() && !node.get().isArray()) {
            throw wrongType(name, "a list", node.get());
        }
        return node.<Iterable<JsonNode>>map(list -> list).orElse(List.of());
    }

    /** Returns whether the node is an empty list of the query protocol, which clients write as {@code Name=}. */
    private boolean isEmptyText(JsonNode node) {
        return text && node.isTextual() && node.textValue().isEmpty();
    }

    private Optional<JsonNode> member(String name) {
        JsonNode node = members.get(name);
        return node == null || node.isNull() ? Optional.empty() : Optional.of(node);
    }

    private static Long parsed(String name, JsonNode node) {
        try {
            return Long.valueOf(node.textValue());
        } catch (NumberFormatException malformed) {
            throw wrongType(name, "an integer", node);
        }
    }

    private double finite(String name, JsonNode node) {
        try {
            double value = text && node.isTextual() ? Double.parseDouble(node.textValue()) : node.doubleValue();
            if ((node.isNumber() || text) && Double.isFinite(value)) {
                return value;
            }
        } catch (NumberFormatException malformed) {
            throw wrongType(name, "a number", node);
        }
        throw wrongType(name, "a finite number", node);
    }

    private static byte[] bytes(String name, JsonNode node) {
        try {
            byte[] bytes = node.isTextual() || node.isBinary() ? node.binaryValue() : null;
            if (bytes == null) {
                throw wrongType(name, "binary data", node);
            }
            return bytes;
        } catch (IOException notBase64) {
            throw wrongType(name, "base64", node);
        }
    }

    private static Instant instant(String name, JsonNode node) {
        try {
            if (node instanceof POJONode pojo && pojo.getPojo() instanceof Instant at) {
                return at;
            }
            if (node.isNumber()) {
                BigDecimal millis = node.decimalValue().movePointRight(3);
                return Instant.ofEpochMilli(
                        millis.setScale(0, RoundingMode.DOWN).longValueExact());
            }
            if (node.isTextual()) {
                return Instant.parse(node.textValue());
            }
        } catch (DateTimeException | ArithmeticException malformed) {
            throw wrongType(name, "a timestamp", node);
        }
        throw wrongType(name, "a timestamp", node);
    }

    private static ServiceException wrongType(String name, String expected, JsonNode node) {
        return ServiceException.badRequest(
                "SerializationException",
                "%s must be %s, found %s"
                        .formatted(name, expected, node.getNodeType().name().toLowerCase(Locale.ROOT)));
    }
}
