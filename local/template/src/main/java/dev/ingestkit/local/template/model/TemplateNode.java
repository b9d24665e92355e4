package dev.ingestkit.local.template.model;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A node of a template, with its position. A resolved node has no {@link Call} in it. Immutable. */
public sealed interface TemplateNode {

    Location at();

    /** Returns the kind, for switches that cover every case. */
    Kind kind();

    /** The kinds of nodes. */
    enum Kind {
        SCALAR,
        SEQUENCE,
        MAPPING,
        CALL
    }

    /** Returns a noun for the node's kind, for messages: "a list". */
    String description();

    /** Returns the node as JSON; only for resolved nodes. */
    JsonNode json();

    /** Text, number, boolean or null. */
    record Scalar(Location at, JsonNode value) implements TemplateNode {

        public Scalar {
            requireNonNull(at, "at");
            requireNonNull(value, "value");
        }

        public static Scalar text(Location at, String text) {
            return new Scalar(at, TextNode.valueOf(text));
        }

        public static Scalar empty(Location at) {
            return new Scalar(at, NullNode.getInstance());
        }

        /** Returns the value as CloudFormation converts it to a string. */
        public String text() {
            return value.asText();
        }

        public boolean isNull() {
            return value.isNull();
        }

        @Override
        public Kind kind() {
            return Kind.SCALAR;
        }

        @Override
        public String description() {
            if (value.isTextual()) {
                return "a string";
            }
            return value.isBoolean() ? "a boolean" : value.isNull() ? "null" : "a number";
        }

        @Override
        public JsonNode json() {
            return value;
        }
    }

    /** A list. */
    record Sequence(Location at, List<TemplateNode> items) implements TemplateNode {

        public Sequence {
            requireNonNull(at, "at");
            items = List.copyOf(items);
        }

        @Override
        public Kind kind() {
            return Kind.SEQUENCE;
        }

        @Override
        public String description() {
            return "a list";
        }

        @Override
        public JsonNode json() {
            ArrayNode array = JsonNodeFactory.instance.arrayNode(items.size());
            items.forEach(item -> array.add(item.json()));
            return array;
        }
    }

    /** A map in the order of the document. */
    record Mapping(Location at, Map<String, TemplateNode> entries) implements TemplateNode {

        public Mapping {
            requireNonNull(at, "at");
            entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
        }

        public static Mapping empty(Location at) {
            return new Mapping(at, Map.of());
        }

        public @Nullable TemplateNode get(String key) {
            return entries.get(key);
        }

        public boolean has(String key) {
            return entries.containsKey(key);
        }

        /** Returns the map with one more entry, or with another value for an entry. */
        public Mapping with(String key, TemplateNode value) {
            Map<String, TemplateNode> more = new LinkedHashMap<>(entries);
            more.put(key, value);
            return new Mapping(at, more);
        }

        @Override
        public Kind kind() {
            return Kind.MAPPING;
        }

        @Override
        public String description() {
            return "a map";
        }

        @Override
        public JsonNode json() {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            entries.forEach((key, value) -> object.set(key, value.json()));
            return object;
        }
    }

    /**
     * An intrinsic function, in its short or its long form.
     *
     * @param function the long form's name: {@code Ref}, {@code Condition}, {@code Fn::Sub}
     */
    record Call(Location at, String function, TemplateNode argument) implements TemplateNode {

        public Call {
            requireNonNull(at, "at");
            requireNonNull(function, "function");
            requireNonNull(argument, "argument");
        }

        public static Call ref(Location at, String name) {
            return new Call(at, "Ref", Scalar.text(at, name));
        }

        @Override
        public Kind kind() {
            return Kind.CALL;
        }

        @Override
        public String description() {
            return "the function " + function;
        }

        @Override
        public JsonNode json() {
            throw new IllegalStateException("not resolved: " + function + " at " + at);
        }
    }
}
