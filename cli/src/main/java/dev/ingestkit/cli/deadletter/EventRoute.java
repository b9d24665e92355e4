package dev.ingestkit.cli.deadletter;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.cli.aws.AwsClients;
import dev.ingestkit.cli.aws.SdkFailures;
import java.util.List;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvocationType;

/**
 * Invokes the function asynchronously again. The event is safe once Lambda has accepted it: if the function fails, Lambda
 * retries, and reports it as another dead letter.
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
            records.forEach(record -> lambda.invoke(request -> request.functionName(invocation.functionArn())
                    .invocationType(InvocationType.EVENT)
                    .payload(SdkBytes.fromByteArrayUnsafe(record.data()))));
            return new Result(List.of(), List.of());
        } catch (SdkException refused) {
            return new Result(
                    List.of("function '%s': %s".formatted(invocation.function(), SdkFailures.cause(refused))),
                    List.of());
        }
    }
}
