package dev.ingestkit.local.table.expression;

import dev.ingestkit.local.table.error.TableException;
import java.util.ArrayList;
import java.util.List;

/**
 * Compiles the expressions of a request. Every method throws a {@link TableException} with DynamoDB's text, which names
 * the member, for an expression that DynamoDB refuses regardless of the table. After the last expression of a request,
 * call {@link Placeholders#requireAllUsed()}.
 *
 * @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.html">Expressions</a>
 */
public final class Expressions {
    private Expressions() {}

    /** Compiles a ConditionExpression. */
    public static Condition condition(String text, Placeholders placeholders) {
        return condition(ExpressionKind.CONDITION, text, placeholders);
    }

    /** Compiles a FilterExpression. */
    public static Condition filter(String text, Placeholders placeholders) {
        return condition(ExpressionKind.FILTER, text, placeholders);
    }

    private static Condition condition(ExpressionKind kind, String text, Placeholders placeholders) {
        return ConditionCompiler.compile(kind, new ConditionParser(kind, text).parse(), placeholders);
    }

    /**
     * Compiles the conditions of a PartiQL statement's WHERE clause, in which names are resolved already; errors do not
     * name a member.
     */
    public static Condition statementCondition(Node node) {
        return ConditionCompiler.compile(ExpressionKind.STATEMENT, node, Placeholders.none());
    }

    /**
     * Compiles the SET and REMOVE clauses of a PartiQL statement, in which names are resolved already; errors do not
     * name a member.
     */
    public static Update statementUpdate(List<Assignment> assignments) {
        return UpdateCompiler.compile(assignments);
    }

    /** Returns the path of a node in which names are resolved already. */
    public static DocumentPath statementPath(Node.Path node) {
        return new OperandCompiler(ExpressionKind.STATEMENT, Placeholders.none()).path(node);
    }

    /** Compiles a KeyConditionExpression. */
    public static KeyExpression keyCondition(String text, Placeholders placeholders) {
        ExpressionKind kind = ExpressionKind.KEY_CONDITION;
        Node node = new ConditionParser(kind, text).parse();
        ConditionCompiler.compile(kind, node, placeholders);
        return KeyConditionCompiler.compile(node, placeholders);
    }

    /** Compiles a ProjectionExpression. */
    public static Projection projection(String text, Placeholders placeholders) {
        ExpressionKind kind = ExpressionKind.PROJECTION;
        List<Node.Path> nodes = new ProjectionParser(text).parse();
        UseCheck check = new UseCheck(kind);
        nodes.forEach(node -> check.path(node.parts()));
        OperandCompiler operands = new OperandCompiler(kind, placeholders);
        List<DocumentPath> paths = new ArrayList<>();
        for (Node.Path node : nodes) {
            paths.add(operands.path(node));
        }
        Overlaps.check(kind, paths);
        return new Projection(paths);
    }

    /** Compiles an UpdateExpression. */
    public static Update update(String text, Placeholders placeholders) {
        return UpdateCompiler.compile(new UpdateParser(text).parse(), placeholders);
    }
}
