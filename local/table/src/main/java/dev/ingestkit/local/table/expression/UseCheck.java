package dev.ingestkit.local.table.expression;

import dev.ingestkit.local.table.expression.Node.PathPart;
import dev.ingestkit.local.table.expression.Node.Step;
import java.util.List;
import java.util.Set;

/**
 * The first check of an expression, in the order in which it was written and before any placeholder is looked up:
 * reserved words, list indexes, and functions that do not exist or are not allowed at their position.
 */
final class UseCheck {
    private static final Set<String> CONDITIONS =
            Set.of("attribute_exists", "attribute_not_exists", "attribute_type", "begins_with", "contains");
    private static final Set<String> UPDATES = Set.of("if_not_exists", "list_append");
    private static final String SIZE = "size";
    private static final int MAX_INDEX_DIGITS = 10;

    private final ExpressionKind kind;

    UseCheck(ExpressionKind kind) {
        this.kind = kind;
    }

    /** Checks a node where a condition is expected. */
    void condition(Node node) {
        Node bare = node.bare();
        switch (bare.kind()) {
            case LOGICAL -> {
                Node.Logical logical = (Node.Logical) bare;
                condition(logical.left());
                condition(logical.right());
            }
            case NOT -> condition(((Node.Not) bare).condition());
            case CALL -> call((Node.Call) bare, true);
            case COMPARE -> {
                Node.Compare compare = (Node.Compare) bare;
                operand(compare.left());
                operand(compare.right());
            }
            case BETWEEN -> {
                Node.Between between = (Node.Between) bare;
                operand(between.operand());
                operand(between.low());
                operand(between.high());
            }
            case IN -> {
                Node.In in = (Node.In) bare;
                operand(in.operand());
                in.candidates().forEach(this::operand);
            }
            case PATH, PLACEHOLDER, LITERAL, SUM, PARENTHESIZED -> {} // refused by the compiler
        }
    }

    /** Checks a node where an operand is expected. */
    void operand(Node node) {
        Node bare = node.bare();
        switch (bare.kind()) {
            case PATH -> path(((Node.Path) bare).parts());
            case CALL -> call((Node.Call) bare, false);
            case SUM -> {
                Node.Sum sum = (Node.Sum) bare;
                operand(sum.left());
                operand(sum.right());
            }
            case PLACEHOLDER, LITERAL -> {} // nothing to check in a value
            case COMPARE, BETWEEN, IN, LOGICAL, NOT, PARENTHESIZED -> {} // refused by the compiler
        }
    }

    void path(List<PathPart> parts) {
        for (PathPart part : parts) {
            if (part.step() == Step.INDEX) {
                index(part.text());
            } else if (part.step() == Step.NAME && !part.quoted() && ReservedWords.contains(part.text())) {
                throw kind.refusal("Attribute name is a reserved keyword; reserved keyword: " + part.text());
            }
        }
    }

    private void index(String digits) {
        if (digits.length() > MAX_INDEX_DIGITS || Long.parseLong(digits) > Integer.MAX_VALUE) {
            throw kind.refusal("List index is not within the allowable range; index: [" + digits + "]");
        }
    }

    private void call(Node.Call call, boolean asCondition) {
        String function = call.function();
        boolean update = UPDATES.contains(function);
        boolean condition = CONDITIONS.contains(function);
        if (!update && !condition && !function.equals(SIZE)) {
            throw kind.refusal("Invalid function name; function: " + function);
        }
        if (kind == ExpressionKind.UPDATE ? !update : update) {
            throw kind.refusal("The function is not allowed in " + (update ? "a condition" : "an update")
                    + " expression; function: " + function);
        }
        if (asCondition != condition) {
            throw kind.refusal(
                    "The function is not allowed to be used this way in an expression; function: " + function);
        }
        call.arguments().forEach(this::operand);
    }
}
