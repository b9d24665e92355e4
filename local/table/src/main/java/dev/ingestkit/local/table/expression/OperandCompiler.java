package dev.ingestkit.local.table.expression;

import dev.ingestkit.local.table.error.TableException;
import dev.ingestkit.local.table.expression.Node.PathPart;
import dev.ingestkit.local.table.expression.Node.Step;
import dev.ingestkit.local.table.item.Value;
import dev.ingestkit.local.table.item.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The second check of an expression: looks up names and values, and checks numbers and types of operands while it
 * compiles them. For one expression.
 */
final class OperandCompiler {
    private static final Set<ValueType> UNSIZED = Set.of(ValueType.N, ValueType.BOOL, ValueType.NULL);

    final ExpressionKind kind;
    private final Placeholders placeholders;
    private final List<DocumentPath> paths = new ArrayList<>();

    OperandCompiler(ExpressionKind kind, Placeholders placeholders) {
        this.kind = kind;
        this.placeholders = placeholders;
    }

    /** Returns the paths compiled so far, in order. */
    List<DocumentPath> paths() {
        return paths;
    }

    DocumentPath path(Node.Path node) {
        DocumentPath path = resolve(node);
        if (path.depth() > DocumentPath.MAX_DEPTH) {
            throw kind.refusal("The document path has too many nesting levels; nesting levels: " + path.depth());
        }
        paths.add(path);
        return path;
    }

    /** Looks up the names of a path. */
    DocumentPath resolve(Node.Path node) {
        List<PathPart> parts = node.parts();
        @Nullable String[] names = new String[parts.size()];
        int[] indexes = new int[parts.size()];
        for (int i = 0; i < parts.size(); i++) {
            PathPart part = parts.get(i);
            if (part.step() == Step.INDEX) {
                indexes[i] = Integer.parseInt(part.text());
            } else {
                names[i] = part.step() == Step.ALIAS ? aliased(part.text()) : part.text();
            }
        }
        return new DocumentPath(names, indexes);
    }

    private String aliased(String alias) {
        String name = placeholders.name(alias);
        if (name == null) {
            throw kind.refusal("An expression attribute name used in the document path is not defined; "
                    + "attribute name: " + alias);
        }
        return name;
    }

    Operand operand(Node node) {
        Node bare = node.bare();
        return switch (bare.kind()) {
            case PATH -> new Operand.Path(path((Node.Path) bare));
            case PLACEHOLDER -> new Operand.Constant(value(((Node.Placeholder) bare).name()));
            case LITERAL -> new Operand.Constant(((Node.Literal) bare).value());
            case SUM -> sum((Node.Sum) bare);
            case CALL -> call((Node.Call) bare);
            case COMPARE, BETWEEN, IN, LOGICAL, NOT, PARENTHESIZED ->
                throw new IllegalStateException("not an operand: " + bare);
        };
    }

    private Value value(String placeholder) {
        Value value = placeholders.value(placeholder);
        if (value == null) {
            throw kind.refusal("An expression attribute value used in expression is not defined; " + "attribute value: "
                    + placeholder);
        }
        return value;
    }

    private Operand sum(Node.Sum sum) {
        Operand left = operand(sum.left());
        Operand right = operand(sum.right());
        String operator = sum.minus() ? "-" : "+";
        requireType(operator, left, Set.of(ValueType.N));
        requireType(operator, right, Set.of(ValueType.N));
        return new Operand.Sum(sum.minus(), left, right);
    }

    private Operand call(Node.Call call) {
        List<Operand> arguments = arguments(call, call.function().equals("size") ? 1 : 2);
        switch (call.function()) {
            case "size" -> {
                Operand of = arguments.get(0);
                if (of.type() != null && UNSIZED.contains(of.type())) {
                    throw wrongType("size", of.type().name());
                }
                return new Operand.Size(of);
            }
            case "if_not_exists" -> {
                DocumentPath path = requirePath(call, arguments);
                distinct(call.function(), arguments);
                return new Operand.IfNotExists(path, arguments.get(1));
            }
            case "list_append" -> {
                for (Operand argument : arguments) {
                    requireType(call.function(), argument, Set.of(ValueType.L));
                }
                return new Operand.ListAppend(arguments.get(0), arguments.get(1));
            }
            default -> throw new IllegalStateException("not an operand: " + call);
        }
    }

    /** Compiles the arguments of a function, then checks their number. */
    List<Operand> arguments(Node.Call call, int count) {
        List<Operand> arguments = new ArrayList<>(2);
        for (Node argument : call.arguments()) {
            arguments.add(operand(argument));
        }
        if (arguments.size() != count) {
            throw kind.refusal("Incorrect number of operands for operator or function; operator or function: "
                    + call.function() + ", number of operands: " + arguments.size());
        }
        return arguments;
    }

    /** Returns the path that is the function's first argument. */
    DocumentPath requirePath(Node.Call call, List<Operand> arguments) {
        DocumentPath path = arguments.get(0).location();
        if (path == null) {
            throw kind.refusal(
                    "Operator or function requires a document path; operator or function: " + call.function());
        }
        return path;
    }

    /** Checks that the first operand is not one of the others too. */
    void distinct(String operator, List<Operand> operands) {
        DocumentPath first = operands.get(0).location();
        if (first == null) {
            return;
        }
        for (Operand other : operands.subList(1, operands.size())) {
            if (operands.get(0).equals(other)) {
                throw kind.refusal("The first operand must be distinct from the remaining operands for this operator "
                        + "or function; operator: " + operator + ", first operand: " + first);
            }
        }
    }

    /** Checks an operand whose type does not depend on the item. */
    void requireType(String operator, Operand operand, Set<ValueType> types) {
        ValueType type = operand.type();
        if (type != null && !types.contains(type)) {
            throw wrongType(operator, type.name());
        }
    }

    TableException wrongType(String operator, String type) {
        return kind.refusal("Incorrect operand type for operator or function; operator or function: " + operator
                + ", operand type: " + type);
    }
}
