package dev.ingestkit.local.sqs;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * What a producer sent. Immutable.
 *
 * @param attributes message attributes by name, as AWS's JSON has them; an empty object if there are none
 * @param attributesMd5 null without attributes
 * @param traceHeader the system attribute AWSTraceHeader
 * @param bytes body and attributes together, what the queue's limit is about
 */
record MessageContent(
        String body,
        String bodyMd5,
        JsonNode attributes,
        @Nullable String attributesMd5,
        @Nullable String traceHeader,
        @Nullable String systemMd5,
        int bytes) {

    MessageContent {
        requireNonNull(body, "body");
        requireNonNull(bodyMd5, "bodyMd5");
        requireNonNull(attributes, "attributes");
    }
}
