package dev.ingestkit.cli.deadletter;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.cli.aws.AwsClients;
import dev.ingestkit.cli.aws.SdkFailures;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;

/**
 * Invokes the function with the event again, and waits for its answer: the event is safe once the function has succeeded.
 * Accepted asynchronously, it would be lost if the function fails and no longer has a destination for failures.
 */
final class EventRoute implements RedriveRoute {

    private final LambdaClient lambda;
    private final FailedInvocation invocation;

    EventRoute(AwsClients clients, FailedInvocation invocation) {
        this.lambda = requireNonNull(clients, "clients").lambda();
        this.invocation = requireNonNull(invocation, "invocation");
    }

    @Override
    public Result redrive(List<ShardRecord> records, RedrivePace pace) {
        if (!pace.await(1)) {
            return new Result(List.of("stopped before the function was invoked"), List.of());
        }
        try {
            List<String> failures = new ArrayList<>();
            for (ShardRecord record : records) {
                InvokeResponse answer = lambda.invoke(request -> request.functionName(invocation.functionArn())
                        .payload(SdkBytes.fromByteArrayUnsafe(record.data())));
                if (answer.functionError() != null) {
                    failures.add("function error %s: %s"
                            .formatted(answer.functionError(), answer.payload().asUtf8String()));
                }
            }
            return new Result(failures, List.of());
        } catch (SdkException refused) {
            return new Result(
                    List.of("function '%s': %s".formatted(invocation.function(), SdkFailures.cause(refused))),
                    List.of());
        }
    }
}
