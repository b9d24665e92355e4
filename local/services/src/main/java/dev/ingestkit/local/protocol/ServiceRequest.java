package dev.ingestkit.local.protocol;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ingestkit.local.http.HttpRequest;
import java.util.Optional;

/**
 * One call of an action, independent of its wire protocol.
 *
 * @param action as AWS spells it, {@code PutRecord}
 * @param input the members by AWS's names. Binary members are {@code BinaryNode} (CBOR) or base64 text (JSON); {@link
 *     AwsInput} reads both, and likewise timestamps
 * @param requestId the id in the response's header
 * @param wire the protocol of the call
 * @param http the request as received, for a service that passes it on or needs its headers
 */
public record ServiceRequest(String action, JsonNode input, String requestId, Wire wire, HttpRequest http) {

    /** The protocol of a call, and so of its response. */
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

    /** Returns the trace header, which attributes a call to the invocation that made it. */
    public Optional<String> traceHeader() {
        return http.header("x-amzn-trace-id");
    }
}
