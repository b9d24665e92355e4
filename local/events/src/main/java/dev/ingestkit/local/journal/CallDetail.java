package dev.ingestkit.local.journal;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The contents of a call that are too large for the journal's entries. A detail refers to the call's own arrays, which nobody
 * changes; nothing is parsed or copied unless a reader asks. Immutable.
 */
public sealed interface CallDetail {

    /** Returns the id of the request, or of the invocation that made the call. */
    String requestId();

    /** Returns the bytes that the detail keeps in memory, roughly. */
    long weight();

    /**
     * A request to an API.
     *
     * @param authorizer null for a method without an authorizer, or if the request did not reach it
     * @param mapping null if no mapping template was applied
     * @param integration null if the integration has not answered
     */
    record ApiRequest(
            String requestId,
            Instant startedAt,
            @Nullable Authorizer authorizer,
            @Nullable Mapping mapping,
            @Nullable Timing integration)
            implements CallDetail {
        private static final long FIXED = 200;

        public ApiRequest {
            requireNonNull(requestId, "requestId");
            requireNonNull(startedAt, "startedAt");
        }

        @Override
        public long weight() {
            return FIXED + (mapping == null ? 0L : (long) mapping.input().length + mapping.output().length);
        }
    }

    /**
     * The time of a step.
     *
     * @param after the microseconds from the request's arrival to the end of the step
     * @param micros the microseconds that the step took
     */
    record Timing(long after, long micros) {}

    /** The grounds of an authorizer's decision. */
    enum Grounds {
        /** The function was invoked. */
        FUNCTION,
        /** The answer of an earlier request was still valid, so that the function was not invoked. */
        CACHE,
        /** The token was checked with its issuer's keys. */
        TOKEN
    }

    /**
     * An authorizer's decision.
     *
     * @param principal the answer's principalId, or the token's subject; empty where there is none
     */
    record Authorizer(String name, String principal, Grounds grounds, Timing timing) {}

    /**
     * The work of a mapping template, or of an HTTP API's parameter mapping.
     *
     * @param name the template's media type, or the integration's subtype
     * @param input the request's body
     * @param output the body for the integration
     */
    record Mapping(String name, byte[] input, byte[] output, Timing timing) {}

    /**
     * A call of a function that writes to tables.
     *
     * @param requestId the invocation's
     * @param action {@code PutItem}
     * @param status the answer's HTTP status
     */
    record TableCall(String requestId, String action, byte[] input, int status, byte[] output, long micros)
            implements CallDetail {
        private static final long FIXED = 150;

        public TableCall {
            requireNonNull(requestId, "requestId");
        }

        @Override
        public long weight() {
            return FIXED + input.length + output.length;
        }
    }
}
