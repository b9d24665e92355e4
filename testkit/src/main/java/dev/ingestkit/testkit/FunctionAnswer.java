package dev.ingestkit.testkit;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.ingestkit.local.events.Json;

/**
 * A function's answer. Immutable.
 *
 * @param failed whether the answer is a function error of Lambda
 * @param payload JSON
 */
record FunctionAnswer(boolean failed, String payload) {

    /** Returns whether the function has neither failed nor reported a record of its batch as failed. */
    boolean succeeded() {
        try {
            return !failed
                    && Json.mapper().readTree(payload).path("batchItemFailures").isEmpty();
        } catch (JsonProcessingException notJson) {
            // A handler of streams may answer anything, which means success to a mapping.
            return !failed;
        }
    }
}
