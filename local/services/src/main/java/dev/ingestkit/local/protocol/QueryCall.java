package dev.ingestkit.local.protocol;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A call in the query protocol that does not come over HTTP, such as an integration's of API Gateway. Immutable.
 *
 * @param action as AWS spells it, {@code SendMessage}
 * @param input the members by the names of the JSON protocol; a value whose type the dialect does not know is a string
 */
public record QueryCall(String action, ObjectNode input) {

    /**
     * Reads a form, {@code Action=SendMessage&MessageBody=a}.
     *
     * @throws ServiceException if the text is not a form or names no action
     */
    public static QueryCall parse(QueryDialect dialect, String form) {
        QueryForm fields = QueryForm.parse(form);
        String action = fields.field("Action")
                .filter(name -> !name.isEmpty())
                .orElseThrow(() -> ServiceException.badRequest("MissingAction", "The request has no Action"));
        return new QueryCall(action, dialect.input().apply(action, fields.tree()));
    }
}
