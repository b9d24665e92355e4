package dev.ingestkit.contract;

/**
 * Where a target is known not to do what AWS does. A contract asserts what the target does instead, so that a newer
 * version that behaves otherwise is noticed, for better or worse.
 */
enum Difference {
    /** A request template is chosen by the whole Content-Type: with a charset parameter none fits, which is 415. */
    CHARSET_IS_ANOTHER_CONTENT_TYPE,
    /** A failed batch is not halved: when its retries are used up, all of it is given up, good records too. */
    FAILED_BATCH_IS_NOT_BISECTED,
    /** A request without a body passes the validator, and the template sees an empty object: 200, not 400. */
    EMPTY_BODY_IS_AN_EMPTY_OBJECT,
    /** The stream's error for a record above its limit has another text than AWS's: 400, not 413. */
    TOO_LARGE_IS_AN_INVALID_REQUEST
}
