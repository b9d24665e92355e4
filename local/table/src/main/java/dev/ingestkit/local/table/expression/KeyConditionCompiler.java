package dev.ingestkit.local.table.expression;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.local.table.engine.KeyCondition.Operator;
import dev.ingestkit.local.table.error.TableException;
import dev.ingestkit.local.table.item.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns a condition into one comparison for each key attribute, or refuses it as a key condition. */
final class KeyConditionCompiler {
    private static final String IN_CONDITION = "Invalid condition in KeyConditionExpression: ";

    private final Map<String, KeyTerm> terms = new LinkedHashMap<>();
    private final OperandCompiler operands;

    private KeyConditionCompiler(Placeholders placeholders) {
        this.operands = new OperandCompiler(ExpressionKind.KEY_CONDITION, placeholders);
    }

    /** Compiles a condition that {@link ConditionCompiler} has checked already. */
    static KeyExpression compile(Node node, Placeholders placeholders) {
        KeyConditionCompiler compiler = new KeyConditionCompiler(placeholders);
        compiler.add(node);
        return new KeyExpression(List.copyOf(compiler.terms.values()));
    }

    private void add(Node node) {
        Node bare = node.bare();
        switch (bare.kind()) {
            case LOGICAL -> logical((Node.Logical) bare);
            case NOT -> throw operator("NOT");
            case IN -> throw operator("IN");
            case BETWEEN -> between((Node.Between) bare);
            case COMPARE -> compare((Node.Compare) bare);
            case CALL -> function((Node.Call) bare);
            case PATH, PLACEHOLDER, LITERAL, SUM, PARENTHESIZED ->
                throw new IllegalStateException("not a condition: " + bare);
        }
    }

    private void logical(Node.Logical logical) {
        if (!logical.and()) {
            throw operator("OR");
        }
        add(logical.left());
        add(logical.right());
    }

    private void between(Node.Between between) {
        requireFirst("BETWEEN", between.operand());
        term(Operator.BETWEEN, List.of(between.operand(), between.low(), between.high()));
    }

    private void compare(Node.Compare compare) {
        if (compare.operator() == Comparator.NOT_EQUAL) {
            throw operator("<>");
        }
        boolean exchanged =
                compare.right().bare() instanceof Node.Path && !(compare.left().bare() instanceof Node.Path);
        Comparator comparator = exchanged ? compare.operator().exchanged() : compare.operator();
        term(operator(comparator), List.of(compare.left(), compare.right()));
    }

    private void function(Node.Call call) {
        if (!call.function().equals("begins_with")) {
            throw operator(call.function());
        }
        requireFirst(call.function(), call.arguments().get(0));
        term(Operator.BEGINS_WITH, call.arguments());
    }

    private static void requireFirst(String operator, Node operand) {
        if (!(operand.bare() instanceof Node.Path)) {
            throw TableException.validation(
                    IN_CONDITION + operator + " operator must have the key attribute as its first operand");
        }
    }

    private void term(Operator operator, List<Node> nodes) {
        DocumentPath path = null;
        List<Value> values = new ArrayList<>(2);
        for (Node node : nodes) {
            Node bare = node.bare();
            if (bare instanceof Node.Call) {
                throw ExpressionKind.KEY_CONDITION.refusal("KeyConditionExpressions cannot contain nested operations");
            }
            Operand operand = operands.operand(bare);
            Value value = operand.constant();
            if (value == null) {
                path = scalar(path, requireNonNull(operand.location(), "neither a value nor a path"));
            } else {
                values.add(value);
            }
        }
        if (path == null) {
            throw TableException.validation(IN_CONDITION + "No key attribute specified");
        }
        put(new KeyTerm(path.attribute(), operator, values.get(0), values.size() > 1 ? values.get(1) : null));
    }

    private static DocumentPath scalar(@Nullable DocumentPath other, DocumentPath path) {
        if (other != null) {
            throw TableException.validation(IN_CONDITION + "Multiple attribute names used in one condition");
        }
        if (path.isNested()) {
            throw ExpressionKind.KEY_CONDITION.refusal(
                    "KeyConditionExpressions cannot have conditions on nested attributes");
        }
        return path;
    }

    private void put(KeyTerm term) {
        if (terms.put(term.attribute(), term) != null) {
            throw ExpressionKind.KEY_CONDITION.refusal(
                    "KeyConditionExpressions must only contain one condition per key");
        }
    }

    private static Operator operator(Comparator comparator) {
        return switch (comparator) {
            case LESS -> Operator.LT;
            case LESS_OR_EQUAL -> Operator.LE;
            case GREATER -> Operator.GT;
            case GREATER_OR_EQUAL -> Operator.GE;
            default -> Operator.EQ;
        };
    }

    private static TableException operator(String operator) {
        return TableException.validation("Invalid operator used in KeyConditionExpression: " + operator);
    }
}
