package dev.ingestkit.local.table.partiql;

import dev.ingestkit.local.table.error.TableException;
import dev.ingestkit.local.table.expression.Node;
import dev.ingestkit.local.table.item.Item;
import dev.ingestkit.local.table.item.Value;
import dev.ingestkit.local.table.partiql.Statement.Ordering;
import dev.ingestkit.local.table.partiql.Statement.Returning;
import dev.ingestkit.local.table.partiql.Statement.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Parses a statement. Errors that do not depend on the table are reported here. For a single use. */
final class StatementParser {
    private static final int MAX_PATH = 2;

    private final Tokens tokens;

    private StatementParser(Tokens tokens) {
        this.tokens = tokens;
    }

    /**
     * Parses a statement with its parameters.
     *
     * @throws TableException a ValidationException with DynamoDB's text
     */
    static Statement parse(List<StatementToken> text, List<Value> parameters) {
        StatementParser parser = new StatementParser(new Tokens(text, parameters));
        Statement statement = parser.statement();
        if (!parser.tokens.isEnd()) {
            throw Malformed.statement(Malformed.LEFT_OVER);
        }
        parser.tokens.requireAllParametersUsed();
        return statement;
    }

    private Statement statement() {
        if (tokens.acceptWord("SELECT")) {
            return select();
        }
        if (tokens.acceptWord("INSERT")) {
            return insert();
        }
        if (tokens.acceptWord("UPDATE")) {
            String table = table(true);
            return new Statement.Modify(table, new AssignmentReader(tokens).clauses(), where(), returning());
        }
        if (tokens.acceptWord("DELETE")) {
            return delete();
        }
        if (tokens.acceptWord("FROM")) {
            String table = table(true);
            Node where = where();
            return new Statement.Modify(table, new AssignmentReader(tokens).clauses(), where, returning());
        }
        if (tokens.peek().isWord("EXISTS") && tokens.peekNext().is("(")) {
            return exists();
        }
        throw Malformed.statement("Expected data manipulation");
    }

    private Statement.Select select() {
        List<Node.Path> projection = tokens.accept("*") ? List.of() : projection();
        if (!tokens.acceptWord("FROM")) {
            throw Malformed.statement("Expected FROM");
        }
        if (tokens.isEnd()) {
            throw Malformed.statement(Malformed.UNEXPECTED_TERM);
        }
        Source source = source();
        requireNoAlias();
        Node where = where();
        return new Statement.Select(projection, source, where, order());
    }

    private List<Node.Path> projection() {
        OperandReader operands = new OperandReader(tokens, Set.of());
        List<Node.Path> paths = new ArrayList<>();
        do {
            StatementToken token = tokens.peek();
            if (token.kind() == StatementToken.Kind.WORD && tokens.peekNext().is("(")) {
                throw Malformed.at("Unexpected path component", token);
            }
            if (!token.isIdentifier()) {
                throw Malformed.statement(OperandReader.reason(token));
            }
            paths.add(operands.path());
        } while (tokens.accept(","));
        return paths;
    }

    private Statement insert() {
        if (!tokens.acceptWord("INTO")) {
            throw Malformed.statement("Expected INTO");
        }
        String table = table(false);
        if (!tokens.acceptWord("VALUE")) {
            throw Malformed.statement(tokens.isEnd() ? Malformed.UNEXPECTED_TERM : Malformed.LEFT_OVER);
        }
        Item item = new LiteralReader(tokens).item();
        return new Statement.Insert(table, item);
    }

    private Statement delete() {
        if (!tokens.acceptWord("FROM")) {
            throw Malformed.statement("Expected FROM");
        }
        String table = table(true);
        Node where = where();
        Returning returning = returning();
        if (returning != null && (returning.modified() || !returning.old())) {
            throw TableException.validation("Invalid returning clause: " + returning
                    + ". Only RETURNING ALL OLD * is allowed in DELETE statements.");
        }
        return new Statement.Delete(table, where, returning);
    }

    private Statement exists() {
        tokens.next();
        tokens.next();
        if (!tokens.acceptWord("SELECT")) {
            throw Malformed.statement(Malformed.UNEXPECTED_TERM);
        }
        Statement.Select select = select();
        if (!tokens.accept(")")) {
            throw Malformed.statement("Expected RIGHT_PAREN");
        }
        return new Statement.Exists(select);
    }

    private Source source() {
        List<String> path = new ArrayList<>();
        do {
            StatementToken token = tokens.peek();
            if (!token.isIdentifier()) {
                throw Malformed.statement("Expected identifier for simple path");
            }
            path.add(tokens.next().text());
        } while (tokens.accept("."));
        if (path.contains("")) {
            throw TableException.validation("Path component cannot be an empty string");
        }
        if (path.size() > MAX_PATH) {
            throw TableException.validation("A path may contain at most 2 components in the FROM clause");
        }
        return new Source(path.get(0), path.size() == MAX_PATH ? path.get(1) : null);
    }

    private String table(boolean aliases) {
        Source source = source();
        if (source.index() != null) {
            throw TableException.validation("Only tables can be written to, not indexes: " + source.index());
        }
        if (aliases) {
            requireNoAlias();
        }
        return source.table();
    }

    private void requireNoAlias() {
        if (tokens.peek().isIdentifier() || tokens.peek().isWord("AS")) {
            throw TableException.validation("Aliasing is not supported");
        }
    }

    private @Nullable Node where() {
        return tokens.acceptWord("WHERE") ? new WhereReader(tokens).condition() : null;
    }

    private List<Ordering> order() {
        List<Ordering> order = new ArrayList<>();
        if (tokens.acceptWord("ORDER")) {
            if (!tokens.acceptWord("BY")) {
                throw Malformed.statement("Expected BY");
            }
            do {
                if (!tokens.peek().isIdentifier()) {
                    throw Malformed.statement(OperandReader.reason(tokens.peek()));
                }
                String attribute = tokens.next().text();
                boolean descending = tokens.acceptWord("DESC");
                if (!descending) {
                    tokens.acceptWord("ASC");
                }
                order.add(new Ordering(attribute, descending));
            } while (tokens.accept(","));
        }
        return order;
    }

    private @Nullable Returning returning() {
        if (!tokens.acceptWord("RETURNING")) {
            return null;
        }
        boolean modified = tokens.acceptWord("MODIFIED");
        if (!modified && !tokens.acceptWord("ALL")) {
            throw Malformed.statement("Expected ALL or MODIFIED");
        }
        boolean old = tokens.acceptWord("OLD");
        if (!old && !tokens.acceptWord("NEW")) {
            throw Malformed.statement("Expected OLD or NEW");
        }
        if (!tokens.accept("*")) {
            throw Malformed.statement("Expected STAR");
        }
        return new Returning(modified, old);
    }
}
