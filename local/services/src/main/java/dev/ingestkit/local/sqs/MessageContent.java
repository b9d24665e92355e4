package dev.ingestkit.local.sqs;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * The content of a sent message. Immutable.
 *
 * @param body the text
 * @param bodyMd5 its digest
 * @param attributes message attributes by name, in the form of AWS's JSON; an empty object if there are none
 * @param attributesMd5 null without attributes
 * @param traceHeader the system attribute AWSTraceHeader
 * @param systemMd5 the digest of the system attributes; null without any
 * @param bytes body and attributes together, the size that the queue limits
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

    /** Returns this content with a trace header, unless the message was sent with one of its own. */
    MessageContent withDefaultTraceHeader(String header) {
        return traceHeader != null
                ? this
                : new MessageContent(body, bodyMd5, attributes, attributesMd5, header, systemMd5, bytes);
    }
}
