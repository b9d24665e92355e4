package dev.ingestkit.cli.output.query;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import software.amazon.smithy.jmespath.JmespathException;
import software.amazon.smithy.jmespath.JmespathExpression;
import software.amazon.smithy.jmespath.ast.ExpressionTypeExpression;

/** One call of a built-in function: checks the arguments, and calculates the result. Immutable. */
final class Functions {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final String name;
    private final List<JmespathExpression> arguments;
    private final JsonNode current;

    Functions(String name, List<JmespathExpression> arguments, JsonNode current) {
        this.name = name;
        this.arguments = arguments;
        this.current = current;
    }

    JsonNode result() {
        return switch (name) {
            case "abs", "ceil", "floor", "avg", "sum", "max", "min", "sort" -> ofNumbers();
            case "length", "keys", "values", "reverse", "to_array", "to_string", "to_number", "type" -> ofOne();
            case "contains", "starts_with", "ends_with", "join" -> ofTwo();
            case "map" -> Evaluator.each(reference(0), list(1, 2));
            case "max_by" -> extreme(reference(1), list(0, 2), 1);
            case "min_by" -> extreme(reference(1), list(0, 2), -1);
            case "sort_by" -> sortedBy(reference(1), list(0, 2));
            case "merge" -> merged();
            case "not_null" -> firstNotNull();
            default -> throw new JmespathException("unknown function: " + name + "()");
        };
    }

    private JsonNode ofNumbers() {
        return switch (name) {
            case "abs" -> Values.node(number().abs(), value(0, 1).isIntegralNumber());
            case "ceil" ->
                Values.whole(number().setScale(0, RoundingMode.CEILING).toBigInteger());
            case "floor" ->
                Values.whole(number().setScale(0, RoundingMode.FLOOR).toBigInteger());
            case "avg" -> average(numbers());
            case "sum" -> sum(numbers());
            case "max" -> extreme(comparable(list(0, 1)), 1);
            case "min" -> extreme(comparable(list(0, 1)), -1);
            default -> sorted(comparable(list(0, 1)));
        };
    }

    private JsonNode ofOne() {
        JsonNode value = value(0, 1);
        return switch (name) {
            case "length" -> length(value);
            case "keys" -> {
                ArrayNode keys = NODES.arrayNode();
                require(value, JsonNode::isObject, "an object").fieldNames().forEachRemaining(keys::add);
                yield keys;
            }
            case "values" -> {
                ArrayNode values = NODES.arrayNode();
                require(value, JsonNode::isObject, "an object").forEach(values::add);
                yield values;
            }
            case "reverse" -> reversed(value);
            case "to_array" -> value.isArray() ? value : NODES.arrayNode().add(value);
            case "to_string" -> value.isTextual() ? value : TextNode.valueOf(Values.text(value));
            case "to_number" -> toNumber(value);
            default ->
                TextNode.valueOf(
                        value.isNull() ? "null" : value.getNodeType().name().toLowerCase(Locale.ROOT));
        };
    }

    private JsonNode ofTwo() {
        if (name.equals("contains")) {
            JsonNode searched =
                    require(value(0, 2), node -> node.isArray() || node.isTextual(), "an array or a string");
            return BooleanNode.valueOf(contains(searched, value(1, 2)));
        }
        String first = require(value(0, 2), JsonNode::isTextual, "a string").textValue();
        if (name.equals("join")) {
            List<String> parts = new ArrayList<>();
            list(1, 2)
                    .forEach(part -> parts.add(require(part, JsonNode::isTextual, "an array of strings")
                            .textValue()));
            return TextNode.valueOf(String.join(first, parts));
        }
        String second = require(value(1, 2), JsonNode::isTextual, "a string").textValue();
        return BooleanNode.valueOf(name.equals("starts_with") ? first.startsWith(second) : first.endsWith(second));
    }

    private static boolean contains(JsonNode searched, JsonNode wanted) {
        if (searched.isTextual()) {
            return wanted.isTextual() && searched.textValue().contains(wanted.textValue());
        }
        for (JsonNode element : searched) {
            if (Values.equal(element, wanted)) {
                return true;
            }
        }
        return false;
    }

    private JsonNode length(JsonNode value) {
        require(value, node -> node.isTextual() || node.isContainerNode(), "a string, an array or an object");
        return NODES.numberNode(
                value.isTextual()
                        ? value.textValue().codePointCount(0, value.textValue().length())
                        : value.size());
    }

    private JsonNode reversed(JsonNode value) {
        if (value.isTextual()) {
            int[] points = value.textValue().codePoints().toArray();
            StringBuilder text = new StringBuilder();
            for (int at = points.length - 1; at >= 0; at--) {
                text.appendCodePoint(points[at]);
            }
            return TextNode.valueOf(text.toString());
        }
        List<JsonNode> elements = new ArrayList<>();
        require(value, JsonNode::isArray, "an array or a string").forEach(elements::add);
        Collections.reverse(elements);
        return Evaluator.array(elements);
    }

    private static JsonNode toNumber(JsonNode value) {
        if (value.isNumber()) {
            return value;
        }
        if (!value.isTextual()) {
            return NullNode.getInstance();
        }
        String text = value.textValue().strip();
        try {
            BigDecimal number = new BigDecimal(text);
            return Values.node(number, text.matches("[+-]?\\d+"));
        } catch (NumberFormatException otherText) {
            return NullNode.getInstance();
        }
    }

    private JsonNode average(List<JsonNode> numbers) {
        if (numbers.isEmpty()) {
            return NullNode.getInstance();
        }
        BigDecimal total = total(numbers);
        return DoubleNode.valueOf(total.divide(BigDecimal.valueOf(numbers.size()), MathContext.DECIMAL64)
                .doubleValue());
    }

    private static JsonNode sum(List<JsonNode> numbers) {
        return Values.node(total(numbers), numbers.stream().allMatch(JsonNode::isIntegralNumber));
    }

    private static BigDecimal total(List<JsonNode> numbers) {
        return numbers.stream().map(Values::number).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static JsonNode extreme(List<JsonNode> values, int sign) {
        JsonNode found = NullNode.getInstance();
        for (JsonNode value : values) {
            if (found.isNull() || sign * Values.compare(value, found) > 0) {
                found = value;
            }
        }
        return found;
    }

    private JsonNode extreme(JmespathExpression key, JsonNode list, int sign) {
        JsonNode found = NullNode.getInstance();
        JsonNode best = NullNode.getInstance();
        List<JsonNode> keys = comparable(Evaluator.each(key, list));
        for (int at = 0; at < keys.size(); at++) {
            if (best.isNull() || sign * Values.compare(keys.get(at), best) > 0) {
                best = keys.get(at);
                found = list.get(at);
            }
        }
        return found;
    }

    private static JsonNode sorted(List<JsonNode> values) {
        return Evaluator.array(values.stream().sorted(Values::compare).toList());
    }

    private JsonNode sortedBy(JmespathExpression key, JsonNode list) {
        List<JsonNode> keys = comparable(Evaluator.each(key, list));
        List<Integer> order = new ArrayList<>();
        for (int at = 0; at < keys.size(); at++) {
            order.add(at);
        }
        order.sort(Comparator.comparing(keys::get, Values::compare));
        return Evaluator.array(order.stream().map(list::get).collect(Collectors.toList()));
    }

    private JsonNode merged() {
        requireArguments(!arguments.isEmpty(), "at least 1");
        ObjectNode merged = NODES.objectNode();
        for (JmespathExpression argument : arguments) {
            require(evaluated(argument), JsonNode::isObject, "an object")
                    .properties()
                    .forEach(member -> merged.set(member.getKey(), member.getValue()));
        }
        return merged;
    }

    private JsonNode firstNotNull() {
        requireArguments(!arguments.isEmpty(), "at least 1");
        return arguments.stream()
                .map(this::evaluated)
                .filter(value -> !value.isNull())
                .findFirst()
                .orElse(NullNode.getInstance());
    }

    private BigDecimal number() {
        return Values.number(require(value(0, 1), JsonNode::isNumber, "a number"));
    }

    private List<JsonNode> numbers() {
        List<JsonNode> numbers = new ArrayList<>();
        list(0, 1).forEach(element -> numbers.add(require(element, JsonNode::isNumber, "an array of numbers")));
        return numbers;
    }

    /** Returns the elements, which must be all numbers or all strings. */
    private List<JsonNode> comparable(JsonNode list) {
        List<JsonNode> values = new ArrayList<>();
        for (JsonNode element : list) {
            boolean first = values.isEmpty() && (element.isNumber() || element.isTextual());
            boolean alike = !values.isEmpty() && values.get(0).getNodeType() == element.getNodeType();
            values.add(require(element, node -> first || alike, "numbers only or strings only"));
        }
        return values;
    }

    private JsonNode list(int index, int of) {
        return require(value(index, of), JsonNode::isArray, "an array");
    }

    private JsonNode value(int index, int of) {
        requireArguments(arguments.size() == of, Integer.toString(of));
        return evaluated(arguments.get(index));
    }

    private JsonNode evaluated(JmespathExpression argument) {
        if (argument instanceof ExpressionTypeExpression) {
            throw new JmespathException(name + "(): an expression reference is not a value");
        }
        return Evaluator.evaluate(argument, current);
    }

    private JmespathExpression reference(int index) {
        requireArguments(arguments.size() == 2, "2");
        if (arguments.get(index) instanceof ExpressionTypeExpression reference) {
            return reference.getExpression();
        }
        throw new JmespathException(
                "%s(): argument %d must be an expression reference: &name".formatted(name, index + 1));
    }

    private void requireArguments(boolean right, String expected) {
        if (!right) {
            throw new JmespathException(
                    "%s() takes %s arguments, but got %d".formatted(name, expected, arguments.size()));
        }
    }

    private JsonNode require(JsonNode value, Predicate<JsonNode> allowed, String expected) {
        if (!allowed.test(value)) {
            throw new JmespathException("%s() takes %s, but got %s"
                    .formatted(name, expected, value.getNodeType().name().toLowerCase(Locale.ROOT)));
        }
        return value;
    }
}
