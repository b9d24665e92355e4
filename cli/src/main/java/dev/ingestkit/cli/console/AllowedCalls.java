package dev.ingestkit.cli.console;

import dev.ingestkit.local.http.HttpRequest;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The calls of AWS's APIs that a console may make with the user's credentials: those of its pages, and of these only
 * reads unless the user allows more. Values of secrets are never read. Immutable.
 */
final class AllowedCalls {

    private static final Map<String, String> SERVICES = Map.of(
            "Kinesis_20131202", "kinesis",
            "DynamoDB_20120810", "dynamodb",
            "AmazonSQS", "sqs",
            "secretsmanager", "secretsmanager");

    /**
     * Receiving hides a message from other readers for a moment and counts as a receive, as {@code dlq list} does; it
     * changes no message.
     */
    private static final Set<String> READS = Set.of(
            "Kinesis_20131202.DescribeStreamSummary",
            "Kinesis_20131202.GetRecords",
            "Kinesis_20131202.GetShardIterator",
            "Kinesis_20131202.ListShards",
            "DynamoDB_20120810.DescribeTable",
            "DynamoDB_20120810.Query",
            "DynamoDB_20120810.Scan",
            "AmazonSQS.GetQueueUrl",
            "AmazonSQS.ReceiveMessage",
            "AmazonSQS.ChangeMessageVisibility",
            "secretsmanager.ListSecrets");

    private static final Set<String> WRITES = Set.of(
            "Kinesis_20131202.PutRecord",
            "Kinesis_20131202.SplitShard",
            "Kinesis_20131202.MergeShards",
            "DynamoDB_20120810.PutItem",
            "AmazonSQS.SendMessage",
            "AmazonSQS.DeleteMessage",
            "AmazonSQS.PurgeQueue");

    private static final Pattern INVOKE = Pattern.compile("/2015-03-31/functions/[^/]+/invocations");

    private final boolean writes;

    AllowedCalls(boolean writes) {
        this.writes = writes;
    }

    /** Returns why a call is not made; empty if it is. */
    Optional<String> refusal(HttpRequest request) {
        boolean invokes = INVOKE.matcher(request.rawPath()).matches();
        String call = invokes ? "Invoke" : request.header("x-amz-target").orElse("");
        boolean changes = invokes || WRITES.contains(call);
        if (!changes && !READS.contains(call)) {
            return Optional.of(
                    "'%s' is not a call of the console's pages".formatted(call.isEmpty() ? request.rawPath() : call));
        }
        return !changes || writes
                ? Optional.empty()
                : Optional.of("the console is read only: start it with --write to allow " + call);
    }

    /** Returns the service of an allowed call, by its name in a credential scope. */
    static String service(HttpRequest request) {
        String target = request.header("x-amz-target").orElse("");
        return SERVICES.getOrDefault(target.substring(0, Math.max(0, target.indexOf('.'))), "lambda");
    }
}
