package dev.ingestkit.local.protocol;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ingestkit.local.http.HttpRequest;
import java.util.Optional;

/**
 * One call of an action, freed from its wire protocol.
 *
 * @param action as AWS spells it, {@code PutRecord}
 * @param input the members by AWS's names. Binary members are {@code BinaryNode} (CBOR) or base64 text (JSON):
 *     {@link AwsInput} reads both; so are timestamps
 * @param requestId the id that the answer's header carries
 * @param http the request as it came, for a service that passes it on or needs its headers
 */
public record ServiceRequest(String action, JsonNode input, String requestId, Wire wire, HttpRequest http) {

    /** How the call came, and so how the answer is written. */
    public enum Wire {
        JSON_1_0,
        JSON_1_1,
        CBOR,
        QUERY
    }

    public ServiceRequest {
        requireNonNull(action, "action");
        requireNonNull(input, "input");
        requireNonNull(requestId, "requestId");
        requireNonNull(wire, "wire");
        requireNonNull(http, "http");
    }

    /** The trace header, by which a call is attributed to the invocation that made it. */
    public Optional<String> traceHeader() {
        return http.header("x-amzn-trace-id");
    }
}
