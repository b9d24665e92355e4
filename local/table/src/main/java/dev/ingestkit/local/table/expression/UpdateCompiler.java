package dev.ingestkit.local.table.expression;

import dev.ingestkit.local.table.error.TableException;
import dev.ingestkit.local.table.expression.UpdateParser.Action;
import dev.ingestkit.local.table.expression.UpdateParser.Clause;
import dev.ingestkit.local.table.item.Value;
import dev.ingestkit.local.table.item.ValueType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * Compiles the clauses of an update with DynamoDB's checks in its order: words and functions and repeated clauses, then
 * the names of the paths and whether these overlap, then names, values and types of the operands from the last action
 * back to the first.
 */
final class UpdateCompiler {
    private static final Map<ValueType, String> TYPE_NAMES = Map.of(
            ValueType.S, "STRING",
            ValueType.N, "NUMBER",
            ValueType.B, "BINARY",
            ValueType.BOOL, "BOOLEAN",
            ValueType.NULL, "NULL",
            ValueType.M, "MAP",
            ValueType.L, "LIST");

    private final ExpressionKind kind;
    private final OperandCompiler operands;

    private UpdateCompiler(ExpressionKind kind, Placeholders placeholders) {
        this.kind = kind;
        this.operands = new OperandCompiler(kind, placeholders);
    }

    /** Compiles the clauses of an UpdateExpression. */
    static Update compile(List<Clause> clauses, Placeholders placeholders) {
        checkUse(clauses);
        List<Action> actions = new ArrayList<>();
        clauses.forEach(clause -> actions.addAll(clause.actions()));
        return new UpdateCompiler(ExpressionKind.UPDATE, placeholders).compileActions(actions);
    }

    /** Compiles the assignments of a statement, which has no placeholders and no reserved words. */
    static Update compile(Iterable<Assignment> assignments) {
        List<Action> actions = new ArrayList<>();
        for (Assignment assignment : assignments) {
            Clause.Kind clause = Clause.Kind.valueOf(assignment.kind().name());
            actions.add(new Action(clause, assignment.path(), assignment.operand()));
        }
        return new UpdateCompiler(ExpressionKind.STATEMENT, Placeholders.none()).compileActions(actions);
    }

    /** Checks words and functions clause by clause; the second of a kind is read with the first, then refused. */
    private static void checkUse(List<Clause> clauses) {
        UseCheck check = new UseCheck(ExpressionKind.UPDATE);
        for (int i = 0; i < clauses.size(); i++) {
            Clause.Kind clauseKind = clauses.get(i).kind();
            List<Clause> same = clauses.stream()
                    .filter(clause -> clause.kind() == clauseKind)
                    .toList();
            same.forEach(clause -> checkUse(check, clause));
            if (same.size() > 1) {
                throw ExpressionKind.UPDATE.refusal(
                        "The \"" + clauseKind + "\" section can only be used once in an update expression;");
            }
        }
    }

    private static void checkUse(UseCheck check, Clause clause) {
        for (Action action : clause.actions()) {
            check.path(action.path().parts());
            if (action.operand() != null) {
                check.operand(action.operand());
            }
        }
    }

    private Update compileActions(List<Action> actions) {
        List<DocumentPath> paths = new ArrayList<>();
        for (Action action : actions) {
            paths.add(operands.resolve(action.path()));
        }
        Overlaps.check(kind, paths);
        for (int i = actions.size() - 1; i >= 0; i--) {
            Node operand = actions.get(i).operand();
            if (operand != null) {
                resolveNames(operand);
            }
        }
        List<Change> changes = new ArrayList<>();
        for (int i = actions.size() - 1; i >= 0; i--) {
            changes.add(change(actions.get(i)));
        }
        Collections.reverse(changes);
        return new Update(changes);
    }

    private void resolveNames(Node node) {
        Node bare = node.bare();
        switch (bare.kind()) {
            case PATH -> operands.resolve((Node.Path) bare);
            case CALL -> ((Node.Call) bare).arguments().forEach(this::resolveNames);
            case SUM -> {
                Node.Sum sum = (Node.Sum) bare;
                resolveNames(sum.left());
                resolveNames(sum.right());
            }
            case PLACEHOLDER, LITERAL -> {} // without names
            case COMPARE, BETWEEN, IN, LOGICAL, NOT, PARENTHESIZED ->
                throw new IllegalStateException("not an operand: " + bare);
        }
    }

    private Change change(Action action) {
        DocumentPath path = operands.path(action.path());
        if (action.operand() == null) {
            return new Change.Remove(path);
        }
        Operand operand = operands.operand(action.operand());
        if (action.kind() == Clause.Kind.SET) {
            return new Change.Set(path, operand);
        }
        Value value = ((Operand.Constant) operand).value();
        boolean add = action.kind() == Clause.Kind.ADD;
        if (!value.type().isSet() && !(add && value.type() == ValueType.N)) {
            throw wrongType(action.kind(), value.type());
        }
        return add ? new Change.Add(path, value) : new Change.Delete(path, value);
    }

    private TableException wrongType(Clause.Kind clause, ValueType type) {
        return kind.refusal("Incorrect operand type for operator or function; operator: " + clause + ", operand type: "
                + TYPE_NAMES.get(type) + ", typeSet: ALLOWED_FOR_" + clause + "_OPERAND");
    }
}
