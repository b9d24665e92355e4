package dev.ingestkit.cli.aws;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.lambda.model.LogType;

/**
 * Invokes functions and waits for their answers. Not thread-safe.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html">Invoke</a>
 */
public final class DirectInvocation {

    private final AwsClients clients;

    /** Creates an invoker that uses the clients of one target. */
    public DirectInvocation(AwsClients clients) {
        this.clients = requireNonNull(clients, "clients");
    }

    /**
     * The answer of a function.
     *
     * @param payload the handler's result, or Lambda's error object
     * @param error Lambda's word for the failure; empty if the function succeeded
     * @param logTail the last 4 KB of the invocation's log
     */
    public record Answer(String payload, Optional<String> error, String logTail) {

        public Answer {
            requireNonNull(payload, "payload");
            requireNonNull(error, "error");
            requireNonNull(logTail, "logTail");
        }
    }

    /** Invokes a function. */
    public Answer invoke(String function, byte[] event) {
        try {
            InvokeResponse answer = clients.lambda()
                    .invoke(request -> request.functionName(function)
                            .logType(LogType.TAIL)
                            .payload(SdkBytes.fromByteArray(event)));
            String log = answer.logResult() == null
                    ? ""
                    : new String(Base64.getDecoder().decode(answer.logResult()), StandardCharsets.UTF_8);
            return new Answer(
                    answer.payload() == null ? "" : answer.payload().asUtf8String(),
                    Optional.ofNullable(answer.functionError()),
                    log);
        } catch (SdkException refused) {
            throw SdkFailures.of("FUNCTION", "the function '" + function + "'", refused);
        }
    }
}
