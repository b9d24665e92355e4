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
    /** A body above 10 MB is not refused by the gateway itself; the stream refuses it, which the API answers with 413. */
    GATEWAY_HAS_NO_PAYLOAD_LIMIT
}
