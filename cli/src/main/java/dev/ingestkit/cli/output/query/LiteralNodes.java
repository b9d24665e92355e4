package dev.ingestkit.cli.output.query;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import software.amazon.smithy.jmespath.RuntimeType;
import software.amazon.smithy.jmespath.evaluation.JmespathRuntime;
import software.amazon.smithy.jmespath.evaluation.NumberType;

/** Builds the literals of expressions as JSON nodes, with members in the order in which they are written. */
enum LiteralNodes implements JmespathRuntime<JsonNode> {
    INSTANCE;

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    @Override
    public RuntimeType typeOf(JsonNode node) {
        return switch (node.getNodeType()) {
            case ARRAY -> RuntimeType.ARRAY;
            case OBJECT -> RuntimeType.OBJECT;
            case BOOLEAN -> RuntimeType.BOOLEAN;
            case NUMBER -> RuntimeType.NUMBER;
            case STRING, BINARY, POJO -> RuntimeType.STRING;
            case NULL, MISSING -> RuntimeType.NULL;
        };
    }

    @Override
    public JsonNode createNull() {
        return NullNode.getInstance();
    }

    @Override
    public JsonNode createBoolean(boolean value) {
        return NODES.booleanNode(value);
    }

    @Override
    public boolean asBoolean(JsonNode node) {
        return node.asBoolean();
    }

    @Override
    public JsonNode createString(String value) {
        return NODES.textNode(value);
    }

    @Override
    public String asString(JsonNode node) {
        return node.asText();
    }

    @Override
    public JsonNode createNumber(Number value) {
        if (value instanceof BigDecimal decimal) {
            return NODES.numberNode(decimal);
        }
        if (value instanceof BigInteger integer) {
            return NODES.numberNode(integer);
        }
        return value instanceof Double || value instanceof Float
                ? NODES.numberNode(value.doubleValue())
                : NODES.numberNode(value.longValue());
    }

    @Override
    public NumberType numberType(JsonNode node) {
        return switch (node.numberType()) {
            case INT -> NumberType.INTEGER;
            case LONG -> NumberType.LONG;
            case FLOAT -> NumberType.FLOAT;
            case DOUBLE -> NumberType.DOUBLE;
            case BIG_INTEGER -> NumberType.BIG_INTEGER;
            case BIG_DECIMAL -> NumberType.BIG_DECIMAL;
        };
    }

    @Override
    public Number asNumber(JsonNode node) {
        return node.numberValue();
    }

    @Override
    public ArrayBuilder<JsonNode> arrayBuilder() {
        return new Elements();
    }

    @Override
    public JsonNode element(JsonNode array, int index) {
        return array.get(index);
    }

    @Override
    public ObjectBuilder<JsonNode> objectBuilder() {
        return new Members();
    }

    @Override
    public JsonNode value(JsonNode object, JsonNode name) {
        JsonNode value = object.get(name.asText());
        return value == null ? createNull() : value;
    }

    @Override
    public int length(JsonNode node) {
        return node.isTextual()
                ? node.textValue().codePointCount(0, node.textValue().length())
                : node.size();
    }

    @Override
    public Iterable<? extends JsonNode> asIterable(JsonNode node) {
        return node.isObject()
                ? node.properties().stream()
                        .map(member -> createString(member.getKey()))
                        .toList()
                : node;
    }

    /** Collects an array. */
    private final class Elements implements ArrayBuilder<JsonNode> {
        private final ArrayNode array = NODES.arrayNode();

        @Override
        public void add(JsonNode element) {
            array.add(element);
        }

        @Override
        public void addAll(JsonNode elements) {
            asIterable(elements).forEach(array::add);
        }

        @Override
        public JsonNode build() {
            return array;
        }
    }

    /** Collects an object. */
    private static final class Members implements ObjectBuilder<JsonNode> {
        private final ObjectNode object = NODES.objectNode();

        @Override
        public void put(JsonNode name, JsonNode value) {
            object.set(name.asText(), value);
        }

        @Override
        public void putAll(JsonNode members) {
            members.properties().forEach(member -> object.set(member.getKey(), member.getValue()));
        }

        @Override
        public JsonNode build() {
            return object;
        }
    }
}
