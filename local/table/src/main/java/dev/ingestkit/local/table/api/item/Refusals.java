package dev.ingestkit.local.table.api.item;

import dev.ingestkit.local.table.error.TableException;

/** The refusals that several actions share. */
final class Refusals {
    static final String INVALID = "One or more parameter values were invalid: ";
    static final String ENVELOPE = "1 validation error detected: ";

    private Refusals() {}

    /** Returns a refusal by its bare text, as reads and batches report it. */
    static TableException bare(String text) {
        return TableException.validation(text);
    }

    /** Returns a refusal in the form of a constraint violation, as PutItem, UpdateItem and DeleteItem report most. */
    static TableException enveloped(String text) {
        return TableException.validation(ENVELOPE + text);
    }
}
