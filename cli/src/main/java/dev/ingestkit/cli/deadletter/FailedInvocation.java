package dev.ingestkit.cli.deadletter;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ingestkit.cli.event.PayloadTree;
import dev.ingestkit.local.events.Arn;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An asynchronous invocation that Lambda gave up on and reported to its on-failure destination, with its event.
 *
 * @param functionArn the ARN of the function, with its qualifier
 * @param condition {@code RetriesExhausted} or {@code EventAgeExceeded}
 * @param error {@code Unhandled} or the like; null if the function has not answered
 * @param event the event in JSON
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html">Records of asynchronous
 *     invocations</a>
 */
public record FailedInvocation(
        String functionArn, String condition, @Nullable String error, JsonNode event) implements WholeMessage {

    /** The condition of a report to an on-success destination, whose form is the same. */
    private static final String SUCCESS = "Success";

    public FailedInvocation {
        requireNonNull(functionArn, "functionArn");
        requireNonNull(condition, "condition");
        requireNonNull(event, "event");
    }

    /** Reads a message's body; empty if it is not such a report. */
    static Optional<FailedInvocation> of(String body) {
        return PayloadTree.of(body.getBytes(StandardCharsets.UTF_8))
                .filter(report -> report.has("requestPayload"))
                .filter(report -> report.at("/requestContext/functionArn").isTextual()
                        && report.at("/requestContext/condition").isTextual()
                        && !report.at("/requestContext/condition").textValue().equals(SUCCESS))
                .map(report -> new FailedInvocation(
                        report.at("/requestContext/functionArn").textValue(),
                        report.at("/requestContext/condition").textValue(),
                        report.at("/responseContext/functionError").textValue(),
                        report.get("requestPayload")));
    }

    /** Returns the name of the function. */
    public String function() {
        return Arn.functionNameIn(functionArn);
    }

    /** Returns the event in UTF-8. */
    byte[] payload() {
        return PayloadTree.bytes(event);
    }
}
