package dev.ingestkit.local.table.expression;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ingestkit.local.table.error.TableException;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every refusal that does not need a table, with DynamoDB's text. */
class ExpressionMessagesTest {
    private static final String DISTINCT =
            "The first operand must be distinct from the remaining operands for this operator or function; operator: ";
    private static final String OPERANDS =
            "Incorrect number of operands for operator or function; operator or function: ";
    private static final String TYPE = "Incorrect operand type for operator or function; operator or function: ";
    private static final String CLAUSE_TYPE = "Incorrect operand type for operator or function; operator: ";
    private static final String NEEDS_PATH = "Operator or function requires a document path; operator or function: ";
    private static final String MISUSED =
            "The function is not allowed to be used this way in an expression; function: ";
    private static final String NAME =
            "An expression attribute name used in the document path is not defined; attribute name: ";
    private static final String VALUE =
            "An expression attribute value used in expression is not defined; attribute value: ";
    private static final String PARENTHESES = "The expression has redundant parentheses;";
    private static final String RESERVED = "Attribute name is a reserved keyword; reserved keyword: ";
    private static final String OVERLAP =
            "Two document paths overlap with each other; must remove or rewrite one of these paths; path one: ";
    private static final String CONFLICT =
            "Two document paths conflict with each other; must remove or rewrite one of these paths; path one: ";
    private static final String NESTED =
            "Invalid KeyConditionExpression: " + "KeyConditionExpressions cannot have conditions on nested attributes";
    private static final String MULTIPLE =
            "Invalid condition in KeyConditionExpression: Multiple attribute names used in one condition";

    record Case(String expression, String message) {
        @Override
        public String toString() {
            return expression.length() > 60 ? expression.substring(0, 60) + "..." : expression;
        }
    }

    private static Case c(String expression, String message) {
        return new Case(expression, message);
    }

    private static String syntax(String token, String near) {
        return "Syntax error; token: \"" + token + "\", near: \"" + near + "\"";
    }

    @ParameterizedTest
    @MethodSource("conditionSyntax")
    @MethodSource("conditions")
    @MethodSource("conditionOperands")
    @MethodSource("operandTypes")
    void conditionsAndFiltersAreRefused(Case refused) {
        assertRefused(
                "Invalid ConditionExpression: " + refused.message,
                () -> Expressions.condition(refused.expression, Samples.placeholders()));
        assertRefused(
                "Invalid FilterExpression: " + refused.message,
                () -> Expressions.filter(refused.expression, Samples.placeholders()));
    }

    static Stream<Case> conditionSyntax() {
        return Stream.of(
                c("", "The expression can not be empty;"),
                c("foo", syntax("<EOF>", "foo")),
                c("attribute_not_exists(", syntax("<EOF>", "(")),
                c("contains (a, :S", syntax("<EOF>", ":S")),
                c("a = = :S", syntax("=", "= = :S")),
                c("a > 4", syntax("4", "> 4")),
                c("_hidden = :S", syntax("_", "_hidden")),
                c("a[-1] = :S", syntax("-", "[-1")),
                c("a[01] = :S", syntax("1", "01]")),
                c("([1] = :S", syntax("[", "([1")),
                c("a = {", syntax("{", "= {")),
                c("things are not gonna be ok", syntax("are", "things are not")),
                c("a = :S)", syntax(")", ":S)")),
                c("(a) AND b = :S", syntax("AND", ") AND b")),
                c("NOT (a)", syntax("<EOF>", ")")),
                c("a BETWEEN :N OR :M2", syntax("OR", ":N OR :M2")),
                c("a IN :S", syntax(":S", "IN :S")),
                c("a IN ()", syntax(")", "()")),
                c("(size(a))[0] > a", syntax("[", ")[0")),
                c("# = :S", syntax("#", "# =")),
                c("a = :", syntax(":", "= :")),
                c("((a = :S))", PARENTHESES),
                c("a = :S and a > ((c))", PARENTHESES),
                c("(a)between(((b.c)).d)and(c)", PARENTHESES),
                c("a=:S AND ((a=:S AND a=:T)) AND a=:S", PARENTHESES),
                c("((a=:S)) = = nonsense", PARENTHESES));
    }

    static Stream<Case> conditions() {
        return Stream.of(
                c("a=:S and whatever((:nowhere)) > a", "Invalid function name; function: whatever"),
                c("attRIbute_exIsts((views), #x)", "Invalid function name; function: attRIbute_exIsts"),
                c(
                        "if_not_exists(a, :S) = :S",
                        "The function is not allowed in a condition expression; function: if_not_exists"),
                c("attribute_exists((views), (#a)) > b", MISUSED + "attribute_exists"),
                c("size(contains(a, b)) > a", MISUSED + "contains"),
                c("size(a)", MISUSED + "size"),
                c("a in (b, attribute_exists(c))", MISUSED + "attribute_exists"),
                c("attribute_exists(views, #x)", RESERVED + "views"),
                c(":x < abOrT", RESERVED + "abOrT"),
                c("a.b.Status = :S", RESERVED + "Status"),
                c("a[2147483648] = :S", "List index is not within the allowable range; index: [2147483648]"),
                c("attribute_exists(#x.a, :x) and a=a", NAME + "#x"),
                c("(a)between(b.c[45].#q)and(:x)", NAME + "#q"),
                c("#4g > a", NAME + "#4g"),
                c("begins_with(:hello, #x, #y)", VALUE + ":hello"),
                c(":_ > a", VALUE + ":_"));
    }

    static Stream<Case> conditionOperands() {
        return Stream.of(
                c("attribute_exists(a, b) and a=a", OPERANDS + "attribute_exists, number of operands: 2"),
                c("begins_with(a)", OPERANDS + "begins_with, number of operands: 1"),
                c("begins_with(a, size(b), c)", OPERANDS + "begins_with, number of operands: 3"),
                c("size(a, b) > c", OPERANDS + "size, number of operands: 2"),
                c("a = a AND #a = b AND :views > a", DISTINCT + "=, first operand: [a]"),
                c("#a <> a", DISTINCT + "<>, first operand: [a]"),
                c("contains(ab.bc[1].a, ab.bc[1].#a)", DISTINCT + "contains, first operand: [ab, bc, [1], a]"),
                c("a BETWEEN b AND a", DISTINCT + "BETWEEN, first operand: [a]"),
                c("a IN (b, #a)", DISTINCT + "IN, first operand: [a]"),
                c("attribute_exists(:S) and a=:x", NEEDS_PATH + "attribute_exists"),
                c("attribute_not_exists(size(:S))", NEEDS_PATH + "attribute_not_exists"),
                c(
                        "attribute_type(a, :none)",
                        "Invalid attribute type name found; type: X, valid types: {N,BS,L,B,NULL,M,S,SS,NS,BOOL}"),
                c(
                        "a BETWEEN :S AND :N",
                        "The BETWEEN operator requires same data type for lower and upper bounds; lower bound operand:"
                                + " AttributeValue: {S:a}, upper bound operand: AttributeValue: {N:1}"),
                c(
                        "a BETWEEN :T AND :S",
                        "The BETWEEN operator requires upper bound to be greater than or equal to lower bound; lower"
                                + " bound operand: AttributeValue: {S:b}, upper bound operand: AttributeValue: {S:a}"),
                c(
                        "a IN (" + ":S,".repeat(100) + ":S)",
                        "The IN operator is provided with too many operands; number of operands: 101"),
                c("x" + ".a".repeat(32) + " = :S", "The document path has too many nesting levels; nesting levels: 33"),
                c("a=:S" + " OR a=:S".repeat(150), "The expression contains too many operators; operator count: 301"),
                c(
                        "a = :S" + " ".repeat(4091),
                        "Expression size has exceeded the maximum allowed size; expression size: 4097"));
    }

    static Stream<Case> operandTypes() {
        Stream<Case> begins = Stream.of("N", "BOOL", "NULL", "L", "M", "SS", "NS", "BS")
                .flatMap(type -> Stream.of(
                        c("begins_with(a, :" + type + ")", TYPE + "begins_with, operand type: " + type),
                        c("begins_with(:" + type + ", a)", TYPE + "begins_with, operand type: " + type)));
        Stream<Case> types = Stream.of("N", "B", "BOOL", "NULL", "L", "M", "SS", "NS", "BS")
                .map(type -> c("attribute_type(a, :" + type + ")", TYPE + "attribute_type, operand type: " + type));
        Stream<Case> ordered = Stream.of("BOOL", "NULL", "L", "M", "SS", "NS", "BS")
                .flatMap(type -> Stream.of(
                        c("a < :" + type, TYPE + "<, operand type: " + type),
                        c(":" + type + " >= a", TYPE + ">=, operand type: " + type),
                        c("a BETWEEN :" + type + " AND :" + type, TYPE + "BETWEEN, operand type: " + type)));
        Stream<Case> sizes = Stream.of("N", "BOOL", "NULL")
                .map(type -> c("size(:" + type + ") > a", TYPE + "size, operand type: " + type));
        Stream<Case> others = Stream.of(
                c("attribute_type(a, size(a)) and a=a", TYPE + "attribute_type, operand type: N"),
                c("attribute_type(a, b)", TYPE + "attribute_type, operand type: {NS,SS,L,BS,N,M,B,BOOL,NULL,S}"),
                c("size(size(a)) > :x", TYPE + "size, operand type: N"));
        return Stream.of(begins, types, ordered, sizes, others).flatMap(cases -> cases);
    }

    @ParameterizedTest
    @MethodSource("updates")
    @MethodSource("updateOperands")
    @MethodSource("updateTypes")
    void updatesAreRefused(Case refused) {
        assertRefused(
                "Invalid UpdateExpression: " + refused.message,
                () -> Expressions.update(refused.expression, Samples.placeholders()));
    }

    static Stream<Case> updates() {
        return Stream.of(
                c("", "The expression can not be empty;"),
                c("INVALID SYNTAX HERE", syntax("INVALID", "INVALID SYNTAX")),
                c("SET a = :S,", syntax("<EOF>", ",")),
                c("SET _123 = :S", syntax("_", "SET _123")),
                c("SET path = VALUE 1", syntax("1", "VALUE 1")),
                c("SET NewAttr = {\"NULL\": true}", syntax("{", "= {\"")),
                c("set a=set", syntax("set", "=set")),
                c("remove a = b", syntax("=", "a = b")),
                c("add a b", syntax("b", "a b")),
                c("delete a if_not_exist(b)", syntax("if_not_exist", "a if_not_exist(")),
                c("set :S = b", syntax(":S", "set :S =")),
                c("set a = b / c", syntax("/", "b / c")),
                c("set a = b + c + d", syntax("+", "c + d")),
                c("set (a = (b + c))", syntax("(", "set (a")),
                c("set a = (b.c).d + e", syntax(".", ").d")),
                c("SET if_not_exist(a, b) = a", syntax("(", "if_not_exist(a")),
                c("set #x = :x set abOrt = b", RESERVED + "abOrt"),
                c("remove Absolute", RESERVED + "Absolute"),
                c("set #x = if_not_exist(:x) set c = d", "Invalid function name; function: if_not_exist"),
                c("set a = size(b)", "The function is not allowed in an update expression; function: size"),
                c("set a = #x set c = :x", "The \"SET\" section can only be used once in an update expression;"),
                c(
                        "remove #x set a = b remove e",
                        "The \"REMOVE\" section can only be used once in an update expression;"),
                c("add #x :x set a = b add e :x", "The \"ADD\" section can only be used once in an update expression;"),
                c(
                        "delete #x :x set a = b delete #y :x",
                        "The \"DELETE\" section can only be used once in an update expression;"));
    }

    static Stream<Case> updateOperands() {
        return Stream.of(
                c("SET #x = if_not_exists(:x)", NAME + "#x"),
                c("SET #a = if_not_exists(:x)", VALUE + ":x"),
                c("set d[1] = a, d.b = a, c[1].a = a, #c = if_not_exists(a)", OVERLAP + "[c, [1], a], path two: [c]"),
                c("set c.b.#c = a, c = a, #d = a", OVERLAP + "[c, b, c], path two: [c]"),
                c("set a = b remove a, #c, #d", OVERLAP + "[a], path two: [a]"),
                c("set #c[3].#d = a, #c[3] = a", OVERLAP + "[c, [3], [3]], path two: [c, [3]]"),
                c("remove c, #c.a, #d", OVERLAP + "[c], path two: [c, a]"),
                c("set #c[3].#d = a, #c.#d[3] = if_not_exists(a)", CONFLICT + "[c, [3], [3]], path two: [c, [3], [3]]"),
                c("remove a.#c set a[1] = #d", CONFLICT + "[a, c], path two: [a, [1]]"),
                c(
                        "set b = list_append(:S, a), c = if_not_exists(a) add a.b :S",
                        CLAUSE_TYPE + "ADD, operand type: STRING, typeSet: ALLOWED_FOR_ADD_OPERAND"),
                c("set a = if_not_exists(c)", OPERANDS + "if_not_exists, number of operands: 1"),
                c("set a = list_append(c)", OPERANDS + "list_append, number of operands: 1"),
                c("set a = if_not_exists(:S, c)", NEEDS_PATH + "if_not_exists"),
                c("set a = if_not_exists(if_not_exists(a, b), c)", NEEDS_PATH + "if_not_exists"),
                c("set b = if_not_exists(a, a)", DISTINCT + "if_not_exists, first operand: [a]"));
    }

    static Stream<Case> updateTypes() {
        Stream<Case> clauses = Stream.of("S STRING", "B BINARY", "BOOL BOOLEAN", "NULL NULL", "M MAP", "L LIST")
                .map(pair -> pair.split(" "))
                .flatMap(pair -> Stream.of("ADD", "DELETE")
                        .map(clause -> c(
                                clause + " a.b :" + pair[0],
                                CLAUSE_TYPE + clause + ", operand type: " + pair[1] + ", typeSet: ALLOWED_FOR_" + clause
                                        + "_OPERAND")));
        Stream<Case> number = Stream.of(
                c("delete a.b :N", CLAUSE_TYPE + "DELETE, operand type: NUMBER, typeSet: ALLOWED_FOR_DELETE_OPERAND"));
        Stream<Case> lists = Stream.of("S", "N", "B", "BOOL", "NULL", "SS", "NS", "BS", "M")
                .map(type -> c("set a = list_append(:" + type + ", a)", TYPE + "list_append, operand type: " + type));
        Stream<Case> sums = Stream.of("S", "B", "BOOL", "NULL", "SS", "NS", "BS", "M", "L")
                .flatMap(type -> Stream.of(
                        c("set a = a + :" + type, TYPE + "+, operand type: " + type),
                        c("set a = :" + type + " - a", TYPE + "-, operand type: " + type)));
        return Stream.of(clauses, number, lists, sums).flatMap(cases -> cases);
    }

    @ParameterizedTest
    @MethodSource("projections")
    void projectionsAreRefused(Case refused) {
        assertRefused(
                "Invalid ProjectionExpression: " + refused.message,
                () -> Expressions.projection(refused.expression, Samples.placeholders()));
    }

    static Stream<Case> projections() {
        return Stream.of(
                c("", "The expression can not be empty;"),
                c("!!", syntax("!", "!!")),
                c("whatever(stuff)", syntax("(", "whatever(stuff")),
                c(":S", syntax(":S", ":S")),
                c("abort,", syntax("<EOF>", ",")),
                c("a,,b", syntax(",", ",,b")),
                c("a..b", syntax(".", "..b")),
                c("a[b]", syntax("b", "[b]")),
                c("(a.b).c", syntax("(", "(a")),
                c("a-b", syntax("-", "a-b")),
                c("a.abORt", RESERVED + "abORt"),
                c("#x,ABSoLUTE", RESERVED + "ABSoLUTE"),
                c("a,b,a,#x", NAME + "#x"),
                c("b[1], b.a, #a.b, a", OVERLAP + "[a, b], path two: [a]"),
                c("a, #a[1]", OVERLAP + "[a], path two: [a, [1]]"),
                c("a, a", OVERLAP + "[a], path two: [a]"),
                c("a.b, #a[1], #b", CONFLICT + "[a, b], path two: [a, [1]]"),
                c("a.b[1], #a[1], #b", CONFLICT + "[a, b, [1]], path two: [a, [1]]"),
                c("a[3].b, #a.#d.b", CONFLICT + "[a, [3], b], path two: [a, [3], b]"),
                c("a" + ".b".repeat(32), "The document path has too many nesting levels; nesting levels: 33"));
    }

    @ParameterizedTest
    @MethodSource("keyConditions")
    void keyConditionsAreRefused(Case refused) {
        assertRefused(refused.message, () -> Expressions.keyCondition(refused.expression, Samples.placeholders()));
    }

    static Stream<Case> keyConditions() {
        String invalid = "Invalid KeyConditionExpression: ";
        String operator = "Invalid operator used in KeyConditionExpression: ";
        String condition = "Invalid condition in KeyConditionExpression: ";
        return Stream.of(
                c("", invalid + "The expression can not be empty;"),
                c("a > 4", invalid + syntax("4", "> 4")),
                c("((a = :S))", invalid + PARENTHESES),
                c("attribute_type(a, :type)", operator + "attribute_type"),
                c("a > b and size(b) > c or a > c", operator + "OR"),
                c("a in (b, size(c), d)", operator + "IN"),
                c("attribute_exists(a)", operator + "attribute_exists"),
                c("attribute_not_exists(a)", operator + "attribute_not_exists"),
                c("contains(a.d, b)", operator + "contains"),
                c("not a > b", operator + "NOT"),
                c("a <> b", operator + "<>"),
                c(
                        ":S between size(b) and size(a) and b > :S",
                        condition + "BETWEEN operator must have the key attribute as its first operand"),
                c(
                        "begins_with(:S, b) and a > :S",
                        condition + "begins_with operator must have the key attribute as its first operand"),
                c(
                        "size(b) > a AND a.b > b AND b > c",
                        invalid + "KeyConditionExpressions cannot contain nested operations"),
                c("a > size(b.d)", invalid + "KeyConditionExpressions cannot contain nested operations"),
                c("b > a.b", MULTIPLE),
                c("b between c[1] and d", MULTIPLE),
                c("a between b and size(a)", MULTIPLE),
                c("begins_with(a, b)", MULTIPLE),
                c("b.d > a AND c.d > e.f", NESTED),
                c("b[0] > a", NESTED),
                c(":T > :S AND a < :T", condition + "No key attribute specified"),
                c(
                        "b > :S AND b < :S and c = :S and d = :S",
                        invalid + "KeyConditionExpressions must only contain one condition per key"),
                c("a = :S and begins_with(b, :N)", invalid + TYPE + "begins_with, operand type: N"),
                c("a = :S and b < :BOOL", invalid + TYPE + "<, operand type: BOOL"));
    }

    @Test
    void unusedPlaceholdersAreRefused() {
        Placeholders names = new Placeholders(Samples.NAMES, Map.of());
        Expressions.projection("#a, #b, #c", names);
        assertRefused(
                "Value provided in ExpressionAttributeNames unused in expressions: keys: {#d}", names::requireAllUsed);
        Placeholders values = new Placeholders(
                Map.of(), Map.of(":S", Samples.value("{'S':'a'}"), ":unused", Samples.value("{'S':'b'}")));
        Expressions.condition("a = :S", values);
        assertRefused(
                "Value provided in ExpressionAttributeValues unused in expressions: keys: {:unused}",
                values::requireAllUsed);
    }

    @Test
    void valuesOfMoreThanTwoMegabytesAreRefused() {
        Placeholders values =
                new Placeholders(Map.of(), Map.of(":S", Samples.value("{'S':'" + "a".repeat(2 << 20) + "b'}")));
        Expressions.condition("a = :S", values);
        assertRefused("ExpressionAttributeValues exceeds max size", values::requireAllUsed);
    }

    static void assertRefused(String message, ThrowingCallable code) {
        assertThatThrownBy(code)
                .isInstanceOf(TableException.class)
                .hasMessage(message)
                .extracting(e -> ((TableException) e).name())
                .isEqualTo("ValidationException");
    }
}
