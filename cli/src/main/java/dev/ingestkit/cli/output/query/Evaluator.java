package dev.ingestkit.cli.output.query;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.events.Json;
import java.util.Iterator;
import java.util.List;
import software.amazon.smithy.jmespath.ExpressionVisitor;
import software.amazon.smithy.jmespath.JmespathException;
import software.amazon.smithy.jmespath.JmespathExpression;
import software.amazon.smithy.jmespath.ast.AndExpression;
import software.amazon.smithy.jmespath.ast.ComparatorExpression;
import software.amazon.smithy.jmespath.ast.CurrentExpression;
import software.amazon.smithy.jmespath.ast.ExpressionTypeExpression;
import software.amazon.smithy.jmespath.ast.FieldExpression;
import software.amazon.smithy.jmespath.ast.FilterProjectionExpression;
import software.amazon.smithy.jmespath.ast.FlattenExpression;
import software.amazon.smithy.jmespath.ast.FunctionExpression;
import software.amazon.smithy.jmespath.ast.IndexExpression;
import software.amazon.smithy.jmespath.ast.LiteralExpression;
import software.amazon.smithy.jmespath.ast.MultiSelectHashExpression;
import software.amazon.smithy.jmespath.ast.MultiSelectListExpression;
import software.amazon.smithy.jmespath.ast.NotExpression;
import software.amazon.smithy.jmespath.ast.ObjectProjectionExpression;
import software.amazon.smithy.jmespath.ast.OrExpression;
import software.amazon.smithy.jmespath.ast.ProjectionExpression;
import software.amazon.smithy.jmespath.ast.SliceExpression;
import software.amazon.smithy.jmespath.ast.Subexpression;

/** Evaluates an expression on one node. Immutable. */
final class Evaluator implements ExpressionVisitor<JsonNode> {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final ObjectMapper MAPPER = Json.mapper();

    private final JsonNode current;

    private Evaluator(JsonNode current) {
        this.current = current;
    }

    static JsonNode evaluate(JmespathExpression expression, JsonNode node) {
        return expression.accept(new Evaluator(node));
    }

    private JsonNode here(JmespathExpression expression) {
        return expression.accept(this);
    }

    @Override
    public JsonNode visitComparator(ComparatorExpression expression) {
        JsonNode left = here(expression.getLeft());
        JsonNode right = here(expression.getRight());
        return switch (expression.getComparator()) {
            case EQUAL -> BooleanNode.valueOf(Values.equal(left, right));
            case NOT_EQUAL -> BooleanNode.valueOf(!Values.equal(left, right));
            case LESS_THAN -> ordered(left, right, -1, -1);
            case LESS_THAN_EQUAL -> ordered(left, right, -1, 0);
            case GREATER_THAN -> ordered(left, right, 1, 1);
            case GREATER_THAN_EQUAL -> ordered(left, right, 0, 1);
        };
    }

    /** Returns whether the order is between two signs; null for values without an order. */
    private static JsonNode ordered(JsonNode left, JsonNode right, int from, int to) {
        boolean comparable = (left.isNumber() && right.isNumber()) || (left.isTextual() && right.isTextual());
        if (!comparable) {
            return NullNode.getInstance();
        }
        int order = Integer.signum(Values.compare(left, right));
        return BooleanNode.valueOf(order >= from && order <= to);
    }

    @Override
    public JsonNode visitCurrentNode(CurrentExpression expression) {
        return current;
    }

    @Override
    public JsonNode visitExpressionType(ExpressionTypeExpression expression) {
        return NullNode.getInstance(); // a reference is a value only as an argument of a function
    }

    @Override
    public JsonNode visitFlatten(FlattenExpression expression) {
        JsonNode list = here(expression.getExpression());
        if (!list.isArray()) {
            return NullNode.getInstance();
        }
        ArrayNode flat = NODES.arrayNode();
        for (JsonNode element : list) {
            if (element.isArray()) {
                element.forEach(flat::add);
            } else {
                flat.add(element);
            }
        }
        return flat;
    }

    @Override
    public JsonNode visitFunction(FunctionExpression expression) {
        return new Functions(expression.getName(), expression.getArguments(), current).result();
    }

    @Override
    public JsonNode visitField(FieldExpression expression) {
        JsonNode value = current.isObject() ? current.get(expression.getName()) : null;
        return value == null ? NullNode.getInstance() : value;
    }

    @Override
    public JsonNode visitIndex(IndexExpression expression) {
        int index = expression.getIndex() < 0 ? current.size() + expression.getIndex() : expression.getIndex();
        JsonNode element = current.isArray() && index >= 0 ? current.get(index) : null;
        return element == null ? NullNode.getInstance() : element;
    }

    @Override
    public JsonNode visitLiteral(LiteralExpression expression) {
        Object value = expression.getValue();
        if (value == null) {
            return NullNode.getInstance();
        }
        return value instanceof JsonNode node ? node : MAPPER.valueToTree(value);
    }

    @Override
    public JsonNode visitMultiSelectList(MultiSelectListExpression expression) {
        if (current.isNull()) {
            return current;
        }
        ArrayNode list = NODES.arrayNode();
        expression.getExpressions().forEach(element -> list.add(here(element)));
        return list;
    }

    @Override
    public JsonNode visitMultiSelectHash(MultiSelectHashExpression expression) {
        if (current.isNull()) {
            return current;
        }
        ObjectNode object = NODES.objectNode();
        expression.getExpressions().forEach((name, value) -> object.set(name, here(value)));
        return object;
    }

    @Override
    public JsonNode visitAnd(AndExpression expression) {
        JsonNode left = here(expression.getLeft());
        return Values.isTrue(left) ? here(expression.getRight()) : left;
    }

    @Override
    public JsonNode visitOr(OrExpression expression) {
        JsonNode left = here(expression.getLeft());
        return Values.isTrue(left) ? left : here(expression.getRight());
    }

    @Override
    public JsonNode visitNot(NotExpression expression) {
        return BooleanNode.valueOf(!Values.isTrue(here(expression.getExpression())));
    }

    @Override
    public JsonNode visitProjection(ProjectionExpression expression) {
        JsonNode list = here(expression.getLeft());
        return list.isArray() ? projected(list.elements(), expression.getRight()) : NullNode.getInstance();
    }

    @Override
    public JsonNode visitObjectProjection(ObjectProjectionExpression expression) {
        JsonNode object = here(expression.getLeft());
        return object.isObject() ? projected(object.elements(), expression.getRight()) : NullNode.getInstance();
    }

    @Override
    public JsonNode visitFilterProjection(FilterProjectionExpression expression) {
        JsonNode list = here(expression.getLeft());
        if (!list.isArray()) {
            return NullNode.getInstance();
        }
        ArrayNode selected = NODES.arrayNode();
        for (JsonNode element : list) {
            if (Values.isTrue(evaluate(expression.getComparison(), element))) {
                selected.add(element);
            }
        }
        return projected(selected.elements(), expression.getRight());
    }

    private static ArrayNode projected(Iterator<JsonNode> elements, JmespathExpression expression) {
        ArrayNode results = NODES.arrayNode();
        elements.forEachRemaining(element -> {
            JsonNode result = evaluate(expression, element);
            if (!result.isNull()) {
                results.add(result);
            }
        });
        return results;
    }

    @Override
    public JsonNode visitSlice(SliceExpression expression) {
        if (!current.isArray()) {
            return NullNode.getInstance();
        }
        int step = expression.getStep();
        if (step == 0) {
            throw new JmespathException("a slice's step must not be 0");
        }
        int size = current.size();
        long first = bound(expression.getStart().orElse(step > 0 ? 0 : size - 1), size, step);
        long end = expression.getStop().isPresent()
                ? bound(expression.getStop().getAsInt(), size, step)
                : step > 0 ? size : -1;
        ArrayNode slice = NODES.arrayNode();
        for (long at = first; step > 0 ? at < end : at > end; at += step) {
            slice.add(current.get((int) at));
        }
        return slice;
    }

    /** Returns a bound within the array; a negative one counts from its end. */
    private static int bound(int wanted, int size, int step) {
        int index = wanted < 0 ? wanted + size : wanted;
        int least = step > 0 ? 0 : -1;
        return Math.max(least, Math.min(index, step > 0 ? size : size - 1));
    }

    @Override
    public JsonNode visitSubexpression(Subexpression expression) {
        return evaluate(expression.getRight(), here(expression.getLeft()));
    }

    /** Evaluates an expression on each element, nulls included, as the function {@code map} does. */
    static ArrayNode each(JmespathExpression expression, JsonNode list) {
        ArrayNode results = NODES.arrayNode();
        list.forEach(element -> results.add(evaluate(expression, element)));
        return results;
    }

    static ArrayNode array(List<JsonNode> elements) {
        return NODES.arrayNode().addAll(elements);
    }
}
