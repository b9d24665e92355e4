package dev.ingestkit.contract;

/**
 * A known difference between a target and AWS. A contract asserts the target's behavior, so that a changed version of
 * the target is noticed.
 */
enum Difference {
    /**
     * The whole Content-Type selects the request template: with a charset parameter no template matches, which returns
     * 415.
     */
    CHARSET_IS_ANOTHER_CONTENT_TYPE,
    /** A failed batch is not bisected: after its retries the mapping gives up on all of it, valid records included. */
    FAILED_BATCH_IS_NOT_BISECTED,
    /** A request without a body passes validation, and the template sees an empty object: 200 instead of 400. */
    EMPTY_BODY_IS_AN_EMPTY_OBJECT,
    /** The stream's error for a record above its limit has a text that differs from AWS's: 400 instead of 413. */
    TOO_LARGE_IS_AN_INVALID_REQUEST
}
