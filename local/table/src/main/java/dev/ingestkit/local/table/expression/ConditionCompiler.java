package dev.ingestkit.local.table.expression;

import dev.ingestkit.local.table.error.TableException;
import dev.ingestkit.local.table.item.Value;
import dev.ingestkit.local.table.item.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Compiles a condition from its nodes, with the checks of its operands. */
final class ConditionCompiler {
    private static final int MAX_CANDIDATES = 100;
    private static final Set<ValueType> ORDERED = Set.of(ValueType.S, ValueType.N, ValueType.B);
    private static final Set<ValueType> TEXT = Set.of(ValueType.S, ValueType.B);
    private static final String ANY_TYPE = "{NS,SS,L,BS,N,M,B,BOOL,NULL,S}";
    private static final String TYPE_NAMES = "{N,BS,L,B,NULL,M,S,SS,NS,BOOL}";

    private final ExpressionKind kind;
    private final OperandCompiler operands;

    private ConditionCompiler(OperandCompiler operands) {
        this.kind = operands.kind;
        this.operands = operands;
    }

    /** Compiles a condition. */
    static Condition compile(ExpressionKind kind, Node node, Placeholders placeholders) {
        new UseCheck(kind).condition(node);
        OperandCompiler operands = new OperandCompiler(kind, placeholders);
        Predicate predicate = new ConditionCompiler(operands).condition(node);
        return new Condition(predicate, operands.paths());
    }

    private Predicate condition(Node node) {
        Node bare = node.bare();
        return switch (bare.kind()) {
            case LOGICAL -> logical((Node.Logical) bare);
            case NOT -> new Predicate.Not(condition(((Node.Not) bare).condition()));
            case COMPARE -> compare((Node.Compare) bare);
            case BETWEEN -> between((Node.Between) bare);
            case IN -> in((Node.In) bare);
            case CALL -> function((Node.Call) bare);
            case PATH, PLACEHOLDER, LITERAL, SUM, PARENTHESIZED ->
                throw new IllegalStateException("not a condition: " + bare);
        };
    }

    private Predicate logical(Node.Logical logical) {
        List<Predicate> conditions = new ArrayList<>();
        flatten(logical, logical.and(), conditions);
        return logical.and() ? new Predicate.All(conditions) : new Predicate.Any(conditions);
    }

    private void flatten(Node node, boolean and, List<Predicate> conditions) {
        if (node.bare() instanceof Node.Logical logical && logical.and() == and) {
            flatten(logical.left(), and, conditions);
            flatten(logical.right(), and, conditions);
        } else {
            conditions.add(condition(node));
        }
    }

    private Predicate compare(Node.Compare compare) {
        Operand left = operands.operand(compare.left());
        Operand right = operands.operand(compare.right());
        String symbol = compare.operator().symbol();
        operands.distinct(symbol, List.of(left, right));
        if (compare.operator().isOrdering()) {
            operands.requireType(symbol, left, ORDERED);
            operands.requireType(symbol, right, ORDERED);
        }
        return new Predicate.Compare(compare.operator(), left, right);
    }

    private Predicate between(Node.Between between) {
        Operand operand = operands.operand(between.operand());
        Operand low = operands.operand(between.low());
        Operand high = operands.operand(between.high());
        List<Operand> all = List.of(operand, low, high);
        operands.distinct("BETWEEN", all);
        for (Operand each : all) {
            operands.requireType("BETWEEN", each, ORDERED);
        }
        Value lower = low.constant();
        Value upper = high.constant();
        if (lower != null && upper != null) {
            requireRange(lower, upper);
        }
        return new Predicate.Between(operand, low, high);
    }

    private void requireRange(Value low, Value high) {
        boolean same = low.type() == high.type();
        if (same && low.compareTo(high) <= 0) {
            return;
        }
        String requirement = same
                ? "upper bound to be greater than or equal to lower bound"
                : "same data type for lower and upper bounds";
        throw kind.refusal("The BETWEEN operator requires " + requirement + "; lower bound operand: " + shown(low)
                + ", upper bound operand: " + shown(high));
    }

    private static String shown(Value value) {
        String content;
        switch (value.type()) {
            case S -> content = value.string();
            case N -> content = value.number().toString();
            default -> {
                int length = value.payloadLength();
                content = "java.nio.HeapByteBuffer[pos=0 lim=" + length + " cap=" + length + "]";
            }
        }
        return "AttributeValue: {" + value.type() + ":" + content + "}";
    }

    private Predicate in(Node.In in) {
        Operand operand = operands.operand(in.operand());
        List<Operand> all = new ArrayList<>();
        all.add(operand);
        for (Node candidate : in.candidates()) {
            all.add(operands.operand(candidate));
        }
        List<Operand> candidates = List.copyOf(all.subList(1, all.size()));
        if (candidates.size() > MAX_CANDIDATES) {
            throw kind.refusal(
                    "The IN operator is provided with too many operands; number of operands: " + candidates.size());
        }
        operands.distinct("IN", all);
        return new Predicate.In(operand, candidates);
    }

    private Predicate function(Node.Call call) {
        switch (call.function()) {
            case "attribute_exists" -> {
                return new Predicate.Exists(operands.requirePath(call, operands.arguments(call, 1)));
            }
            case "attribute_not_exists" -> {
                return new Predicate.Not(new Predicate.Exists(operands.requirePath(call, operands.arguments(call, 1))));
            }
            case "attribute_type" -> {
                return attributeType(call);
            }
            case "begins_with" -> {
                List<Operand> texts = operands.arguments(call, 2);
                operands.distinct(call.function(), texts);
                for (Operand text : texts) {
                    operands.requireType(call.function(), text, TEXT);
                }
                return new Predicate.BeginsWith(texts.get(0), texts.get(1));
            }
            case "contains" -> {
                List<Operand> parts = operands.arguments(call, 2);
                operands.distinct(call.function(), parts);
                return new Predicate.Contains(parts.get(0), parts.get(1));
            }
            default -> throw new IllegalStateException("not a condition: " + call);
        }
    }

    private Predicate attributeType(Node.Call call) {
        List<Operand> arguments = operands.arguments(call, 2);
        operands.distinct(call.function(), arguments);
        DocumentPath path = operands.requirePath(call, arguments);
        Value second = arguments.get(1).constant();
        if (second == null || second.type() != ValueType.S) {
            ValueType type = arguments.get(1).type();
            throw operands.wrongType(call.function(), type == null ? ANY_TYPE : type.name());
        }
        String name = second.string();
        ValueType type = ValueType.named(name);
        if (type == null) {
            throw unknownType(name);
        }
        return new Predicate.HasType(path, type);
    }

    private TableException unknownType(String name) {
        return kind.refusal("Invalid attribute type name found; type: " + name + ", valid types: " + TYPE_NAMES);
    }
}
