package dev.ingestkit.local.table.partiql;

import java.util.Locale;
import java.util.Set;

/** The words that a statement may use as identifiers only in double quotes. */
final class Keywords {
    private static final Set<String> RESERVED = Set.of(
            "ALTER",
            "AND",
            "AS",
            "ASC",
            "BETWEEN",
            "BY",
            "CASE",
            "CAST",
            "CREATE",
            "CROSS",
            "DELETE",
            "DESC",
            "DISTINCT",
            "DROP",
            "ELSE",
            "END",
            "ESCAPE",
            "EXCEPT",
            "EXISTS",
            "FALSE",
            "FROM",
            "FULL",
            "GROUP",
            "HAVING",
            "IN",
            "INNER",
            "INSERT",
            "INTERSECT",
            "INTO",
            "IS",
            "JOIN",
            "LEFT",
            "LIKE",
            "MISSING",
            "NATURAL",
            "NOT",
            "NULL",
            "ON",
            "OR",
            "ORDER",
            "OUTER",
            "REMOVE",
            "RETURNING",
            "RIGHT",
            "SELECT",
            "SET",
            "TABLE",
            "THEN",
            "TRUE",
            "UNION",
            "UNIQUE",
            "UPDATE",
            "USING",
            "VALUE",
            "VALUES",
            "WHEN",
            "WHERE",
            "WITH");
    private static final Set<String> OPERATORS = Set.of("AND", "BETWEEN", "IN", "IS", "LIKE", "OR");

    private Keywords() {}

    static boolean isReserved(String word) {
        return RESERVED.contains(word.toUpperCase(Locale.ROOT));
    }

    static boolean isOperator(String word) {
        return OPERATORS.contains(word.toUpperCase(Locale.ROOT));
    }
}
