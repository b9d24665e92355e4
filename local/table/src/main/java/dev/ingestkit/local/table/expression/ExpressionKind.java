package dev.ingestkit.local.table.expression;

import dev.ingestkit.local.table.error.TableException;

/** The members of a request that hold an expression, by whose names DynamoDB reports their errors. */
enum ExpressionKind {
    CONDITION("Invalid ConditionExpression: "),
    FILTER("Invalid FilterExpression: "),
    KEY_CONDITION("Invalid KeyConditionExpression: "),
    PROJECTION("Invalid ProjectionExpression: "),
    UPDATE("Invalid UpdateExpression: "),
    /** A part of a PartiQL statement, whose errors have no prefix. */
    STATEMENT("");

    private final String prefix;

    ExpressionKind(String prefix) {
        this.prefix = prefix;
    }

    /** Returns the ValidationException with the text after the member's name. */
    TableException refusal(String text) {
        return TableException.validation(prefix + text);
    }
}
