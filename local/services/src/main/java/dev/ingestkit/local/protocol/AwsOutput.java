package dev.ingestkit.local.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/** Creates nodes of a response whose form depends on the codec. Stateless. */
public final class AwsOutput {

    private AwsOutput() {}

    /**
     * Returns a timestamp: epoch seconds with milliseconds in JSON, tagged epoch milliseconds in CBOR, ISO-8601 in
     * query.
     */
    public static JsonNode timestamp(Instant at) {
        return JsonNodeFactory.instance.pojoNode(at);
    }

    /** Returns an empty structure. */
    public static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
