package dev.ingestkit.local.table.api.request;

import dev.ingestkit.local.table.error.TableException;

/**
 * An attribute value, or a map of them, that is JSON of the right form and that DynamoDB does not take: an empty set, a
 * number out of range. The refusal is kept, since DynamoDB reports it after it has checked the members around it.
 *
 * @param refusal the error to report
 */
public record InvalidValue(TableException refusal) {
    /** Returns the refusal's text. */
    public String message() {
        return String.valueOf(refusal.getMessage());
    }
}
