package dev.ingestkit.local.table.partiql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The refusals of statements, with DynamoDB's texts. */
class StatementMessagesTest {
    private static final String MALFORMED = "Statement wasn't well formed, can't be processed: ";
    private static final String LEFT_OVER = MALFORMED + "Unexpected token after expression";
    private static final String TERM = MALFORMED + "Unexpected term";
    private static final String MISSING = MALFORMED + "Missing right-hand side expression of infix operator";
    private static final String KEY = "Where clause does not contain a mandatory equality on all key attributes";
    private static final String OPERAND = "Incorrect operand type for operator or function; operator or function: ";
    private static final String OVERFLOW =
            "Number overflow. Attempting to store a number with magnitude larger than supported range under ";
    private static final String ADD = "UPDATE hash SET ss = ";
    private static final String INVALID = "One or more parameter values were invalid: ";

    private final Database database = new Database();

    record Case(String statement, String message) {
        @Override
        public String toString() {
            return statement.length() > 70 ? statement.substring(0, 70) + "..." : statement;
        }
    }

    private static Case c(String statement, String message) {
        return new Case(statement, message);
    }

    /** Returns the position of a text's last occurrence in a statement. */
    private static String at(String statement, String text) {
        return " at 1:" + (statement.lastIndexOf(text) + 1) + ":" + text.length();
    }

    private static Case at(String statement, String message, String text) {
        return c(statement, message + at(statement, text));
    }

    @ParameterizedTest
    @MethodSource("grammar")
    @MethodSource("functions")
    @MethodSource("changes")
    @MethodSource("literals")
    @MethodSource("keys")
    void statementsAreRefused(Case refused) {
        assertThat(database.refused(refused.statement))
                .isEqualTo("{'__type':'com.amazon.coral.validate#ValidationException','message':'"
                        + refused.message.replace('"', '\'') + "'}");
    }

    static Stream<Case> grammar() {
        return Stream.of(
                c("SLECT * FROM hash", MALFORMED + "Expected data manipulation"),
                c("SELECT * FROM hash WHERE pk = 1 foo", LEFT_OVER),
                c("SELECT * FROM hash WHERE pk = 1 e5", LEFT_OVER),
                c("SELECT * FROM hash WHERE pk = 1)", LEFT_OVER),
                c("SELECT * FROM hash ORDER BY pk WHERE pk = 1", LEFT_OVER),
                c("INSERT INTO hash VALUE {'pk': 'y'} foo", LEFT_OVER),
                c("INSERT INTO hash t VALUE {'pk': 'y'}", LEFT_OVER),
                c("UPDATE hash SET a = 9 WHERE pk = 'y' foo", LEFT_OVER),
                c("DELETE FROM hash WHERE pk = 'y' ORDER BY pk", LEFT_OVER),
                c("FROM hash SET c = 1 WHERE pk = 'y'", LEFT_OVER),
                c("SELECT * FROM hash WHERE pk = 1e2147483648", MALFORMED),
                c("SELECT * FROM hash WHERE pk = 1.5e-2147483647", MALFORMED),
                c("SELECT * FROM hash WHERE pk = 1 # note", MALFORMED),
                c("SELECT * FROM hash WHERE pk = 1 /* note", MALFORMED),
                c("SELECT * FROM \"hash", MALFORMED),
                c("SELECT * FROM hash t WHERE pk = 'x'", "Aliasing is not supported"),
                c("SELECT * FROM hash AS t WHERE pk = 'x'", "Aliasing is not supported"),
                c("UPDATE hash t SET a = 3 WHERE pk = 'x'", "Aliasing is not supported"),
                c("DELETE FROM hash t WHERE pk = 'x'", "Aliasing is not supported"),
                c("SELECT * FROM hash WHERE", TERM),
                c("SELECT * FROM hash WHERE;", TERM),
                c("UPDATE hash SET a = 1 WHERE", TERM),
                c("DELETE FROM hash WHERE  ", TERM),
                c("SELECT * FROM hash WHERE NOT", TERM),
                c("SELECT * FROM hash WHERE (", TERM),
                c("SELECT * FROM", TERM),
                c("SELECT * FROM hash WHERE pk = 'p1' AND", MISSING),
                c("SELECT * FROM hash WHERE pk = 'p1' OR", MISSING),
                c("SELECT * FROM hash WHERE ORDER BY pk", MALFORMED + "Unexpected keyword"),
                c("SELECT * FROM hash WHERE IS NULL", MALFORMED + "Unexpected operator"),
                c("SELECT * FROM hash WHERE pk = LIKE", MALFORMED + "Unexpected operator"),
                c("SELECT * FROM hash WHERE pk = 'a' AND x IS FOO", MALFORMED + "Expected type name"),
                c("DELETE FROM", MALFORMED + "Expected identifier for simple path"),
                c("DELETE FROM;", MALFORMED + "Expected identifier for simple path"),
                c("DELETE FROM WHERE pk = 'a'", MALFORMED + "Expected identifier for simple path"),
                c("SELECT * FROM a.b.c WHERE pk = 'p'", "A path may contain at most 2 components in the FROM clause"),
                c("SELECT * FROM \"\" WHERE pk = 'x'", "Path component cannot be an empty string"),
                c("SELECT * FROM hash.\"\" WHERE pk = 'x'", "Path component cannot be an empty string"),
                c("SELECT * FROM hash WHERE pk = ?", "Number of parameters in request and statement don't match."));
    }

    static Stream<Case> functions() {
        String where = "SELECT * FROM hash WHERE pk = 'x' AND ";
        return Stream.of(
                c(
                        where + "attribute_exists('ss')",
                        "Operator or function requires a document path; operator or function: attribute_exists"),
                c(
                        where + "attribute_exists()",
                        "Incorrect number of operands for operator or function; "
                                + "operator or function: attribute_exists, number of operands: 0"),
                c(where + "attribute_exists(m.inner)", MALFORMED + "Invalid path dot component"),
                c(where + "attribute_type(l, 1)", OPERAND + "attribute_type, operand type: N"),
                c(where + "val < true", OPERAND + "<, operand type: BOOL"),
                c(where + "attribute_exists(n) > false", OPERAND + ">, operand type: BOOL"),
                at(where + "EXISTS(ss)", "Unrecognized function: exists", "EXISTS"),
                at(where + "set_add(ss, <<'x'>>) = ss", "Unrecognized function: set_add", "set_add"),
                at("SELECT attribute_exists(ss) FROM hash", "Unexpected path component", "attribute_exists"),
                c("SELECT l[-1] FROM hash", "List index is not within the allowable range; index: [-1] at 1:11:1"));
    }

    static Stream<Case> changes() {
        String end = " WHERE pk = 'x'";
        return Stream.of(
                at(
                        "UPDATE hash SET t = set_add(ss, <<'x'>>)" + end,
                        "The first argument to SET_ADD must equal the assignment value",
                        "set_add"),
                at(
                        ADD + "set_add(<<'a'>>, <<'b'>>)" + end,
                        "The first argument to SET_ADD must equal the assignment value",
                        "set_add"),
                at(ADD + "set_delete(ss)" + end, "SET_DELETE must have exactly two arguments", "set_delete"),
                c(
                        ADD + "set_add(ss, 'x')" + end,
                        "The second argument to SET_ADD must be a value with type SET at 1:30:2"),
                c(
                        "UPDATE hash\nSET \"ss\" = set_add(\"ss\", ['x'])" + end,
                        "The second argument to SET_ADD must be a value with type SET at 2:20:4"),
                c(ADD + "'a' + 1" + end, OPERAND + "+, operand type: S"),
                c(
                        "DELETE FROM hash WHERE pk = 'x' RETURNING MODIFIED OLD *",
                        "Invalid returning clause: RETURNING MODIFIED OLD *. "
                                + "Only RETURNING ALL OLD * is allowed in DELETE statements."),
                c(
                        "DELETE FROM hash WHERE pk = 'x' RETURNING ALL NEW *",
                        "Invalid returning clause: RETURNING ALL NEW *. "
                                + "Only RETURNING ALL OLD * is allowed in DELETE statements."),
                c(
                        "EXISTS(SELECT * FROM hash WHERE pk = 'x' AND a IS MISSING)",
                        "EXISTS can only be used in ExecuteTransaction write requests."));
    }

    static Stream<Case> literals() {
        String set = "UPDATE hash SET d = ";
        String end = " WHERE pk = 'x'";
        String call = "INSERT INTO hash VALUE {'pk': 'i', 'ss': set_add(<<'a'>>, <<'b'>>)}";
        return Stream.of(
                c("SELECT * FROM hash WHERE pk = 1e126", OVERFLOW + "root"),
                c("INSERT INTO hash VALUE {'pk': 'a', 'm': {'x': 1e126}}", OVERFLOW + "root.x"),
                c("INSERT INTO hash VALUE {'pk': 'a', 'l': [1, 1e126]}", OVERFLOW + "root[1]"),
                c(
                        "SELECT * FROM hash WHERE pk = 123456789012345678901234567890123456789",
                        "Attempting to store more than 38 significant digits in a Number under root"),
                c(set + "<<>>" + end, "Empty bags are not supported"),
                c(set + "<<'x', 'x'>>" + end, INVALID + "Input collection [x, x] contains duplicates."),
                c(set + "<<2, 2.0>>" + end, INVALID + "Input collection [2, 2.0] contains duplicates! under root"),
                at(call, "Unsupported data type: set_add under key root", "set_add"),
                at(set + "[?]" + end, "Unsupported data type: Parameter under key root[0]", "?"),
                c(
                        set + "{'a':".repeat(32) + "1" + "}".repeat(32) + end,
                        "Nesting Levels have exceeded supported limits under root" + ".a".repeat(32)),
                c(
                        set + "{'a':" + "[".repeat(31) + "1" + "]".repeat(31) + "}" + end,
                        "Nesting Levels have exceeded supported limits under root.a" + "[0]".repeat(31)));
    }

    static Stream<Case> keys() {
        String secondary = INVALID + "Secondary index ";
        return Stream.of(
                c("UPDATE hash SET a = 1", KEY),
                c("FROM hash REMOVE a", KEY),
                c("DELETE FROM \"range\" WHERE pk = 'x'", KEY),
                c(
                        "UPDATE hash SET a = 1 WHERE pk = 'x' AND pk = 'y'",
                        "Multiple conditions on same key pk. Only single item Update/Insert/Delete are supported"),
                c(
                        "UPDATE hash SET pk = 'y' WHERE pk = 'x'",
                        INVALID + "Cannot update attribute pk. This attribute is part of the key"),
                c(
                        "SELECT * FROM hash WHERE pk = 1",
                        "Key attribute's data type should match its data type in table's schema: Key pk"),
                c("SELECT * FROM \"range\".\"none\" WHERE pk = 'p'", "The table does not have the specified index"),
                c(
                        "SELECT pk FROM \"range\".gsi WHERE g = 'y' AND u = 'np1'",
                        secondary + "gsi does not project one or more filter attributes: [u]"),
                c(
                        "SELECT pk FROM \"range\".lsi WHERE pk = 'p' AND u IS MISSING",
                        secondary + "lsi does not project one or more filter attributes: [u]"),
                c(
                        "SELECT u FROM \"range\".gsi WHERE g = 'y'",
                        INVALID + "Global secondary index gsi does not project [u]"),
                c(
                        "SELECT sk FROM \"range\" ORDER BY sk",
                        "Must have WHERE clause in the statement when using ORDER BY clause."),
                c(
                        "SELECT sk FROM \"range\" WHERE pk = 'o' ORDER BY n DESC",
                        "Attribute n in ORDER BY clause must be part of the primary key"),
                c(
                        "SELECT sk FROM \"range\" WHERE pk > 'a' ORDER BY sk",
                        "Must have at least one non-optional hash key condition in WHERE clause "
                                + "when using ORDER BY clause."));
    }

    @Test
    void operandsAreCheckedBeforeTheTable() {
        assertThat(database.refused("SELECT pk FROM absent WHERE pk = 'x' AND val < null"))
                .contains(OPERAND + "<, operand type: NULL");
        assertThat(database.refused("SELECT pk FROM absent WHERE pk = 'x'"))
                .endsWith("ResourceNotFoundException','message':'Requested resource not found'}");
    }

    @Test
    void globalIndexesHaveNoConsistentReads() {
        assertThat(database.refused(
                        "ExecuteStatement",
                        "{\"Statement\": \"SELECT * FROM \\\"range\\\".gsi WHERE g = 'x'\", \"ConsistentRead\": true}"))
                .contains("Strongly consistent read is not supported on Global Secondary Indexes");
    }

    @Test
    void transactionsNameTheStatement() {
        String failed = "Validation failed in TransactStatements[1]: ";
        String first = "SELECT * FROM hash WHERE pk = 'x'";
        String write = "UPDATE hash SET a = 1 WHERE pk = 'x'";

        assertThat(database.refusedTransaction(first, "SELECT * FROM hash WHERE"))
                .contains(failed + TERM);
        assertThat(database.refusedTransaction(first, first + " AND a = 1"))
                .contains(failed + "Select statements within ExecuteTransaction must specify the primary key "
                        + "in the where clause.");
        assertThat(database.refusedTransaction(first, "SELECT * FROM \"range\".gsi WHERE g = 'x'"))
                .contains(failed + "Reads on indices are not supported within transactions.");
        assertThat(database.refusedTransaction(write, write + " RETURNING ALL NEW *"))
                .contains(failed + "RETURNING clause is not supported in ExecuteTransaction.");
        assertThat(database.refusedTransaction(write, "EXISTS(" + first + ")"))
                .contains(failed + "EXISTS() must contain a single item read with additional condition");
        assertThat(database.refusedTransaction(first, write))
                .contains("'ExecuteTransaction API does not support both read and write operations "
                        + "in the same request.'");
    }
}
