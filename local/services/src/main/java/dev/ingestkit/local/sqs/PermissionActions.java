package dev.ingestkit.local.sqs;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.events.Arn;
import dev.ingestkit.local.protocol.AwsInput;
import dev.ingestkit.local.protocol.AwsOutput;
import dev.ingestkit.local.protocol.ServiceRequest;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Statements of a queue's policy: stored and shown, not enforced, since a local run has one user. Thread-safe. */
final class PermissionActions {

    private static final int MAX_ACTIONS = 7;
    private static final Set<String> GRANTABLE = Set.of(
            "*",
            "ChangeMessageVisibility",
            "DeleteMessage",
            "GetQueueAttributes",
            "GetQueueUrl",
            "ListDeadLetterSourceQueues",
            "PurgeQueue",
            "ReceiveMessage",
            "SendMessage");
    private static final Set<String> OWNERS_ONLY = Set.of(
            "AddPermission",
            "CancelMessageMoveTask",
            "CreateQueue",
            "DeleteQueue",
            "ListMessageMoveTasks",
            "ListQueues",
            "ListQueueTags",
            "RemovePermission",
            "SetQueueAttributes",
            "StartMessageMoveTask",
            "TagQueue",
            "UntagQueue");

    private final QueueLocator locator;

    PermissionActions(QueueLocator locator) {
        this.locator = requireNonNull(locator, "locator");
    }

    synchronized JsonNode addPermission(ServiceRequest request) {
        Queue queue = locator.queue(request);
        AwsInput input = AwsInput.of(request);
        String label = input.string("Label").orElseThrow(() -> SqsErrors.missing("Label"));
        List<String> accounts = input.strings("AWSAccountIds");
        List<String> actions = input.strings("Actions");
        if (accounts.isEmpty() || actions.isEmpty()) {
            throw SqsErrors.missing(accounts.isEmpty() ? "AWSAccountIds" : "Actions");
        }
        checkActions(actions);
        ObjectNode policy = policy(queue);
        for (JsonNode statement : policy.path("Statement")) {
            if (statement.path("Sid").asText().equals(label)) {
                throw SqsErrors.invalidValue("Label", label, "Already exists.");
            }
        }
        ObjectNode statement =
                policy.withArray("Statement").addObject().put("Sid", label).put("Effect", "Allow");
        ArrayNode principals = statement.putObject("Principal").putArray("AWS");
        accounts.forEach(account -> principals.add(new Arn("aws", "iam", "", account, "root").toString()));
        if (actions.size() == 1) {
            statement.put("Action", "SQS:" + actions.get(0));
        } else {
            ArrayNode allowed = statement.putArray("Action");
            actions.forEach(action -> allowed.add("SQS:" + action));
        }
        statement.put("Resource", queue.arn.toString());
        queue.settings = queue.settings.with(Map.of("Policy", policy.toString()));
        return AwsOutput.object();
    }

    synchronized JsonNode removePermission(ServiceRequest request) {
        Queue queue = locator.queue(request);
        String label = AwsInput.of(request).string("Label").orElseThrow(() -> SqsErrors.missing("Label"));
        ObjectNode policy = policy(queue);
        ArrayNode statements = policy.withArray("Statement");
        for (int index = 0; index < statements.size(); index++) {
            if (statements.get(index).path("Sid").asText().equals(label)) {
                statements.remove(index);
                String remaining = statements.isEmpty() ? "" : policy.toString();
                queue.settings = queue.settings.with(Map.of("Policy", remaining));
                return AwsOutput.object();
            }
        }
        throw SqsErrors.invalidValue("Label", label, "Can't find label on existing policy.");
    }

    private static void checkActions(List<String> actions) {
        if (actions.size() > MAX_ACTIONS) {
            throw SqsErrors.overLimit(
                    "%d Actions were found, maximum allowed is %d.".formatted(actions.size(), MAX_ACTIONS));
        }
        for (String action : actions) {
            if (!GRANTABLE.contains(action)) {
                String reason = OWNERS_ONLY.contains(action)
                        ? "Only the queue owner is allowed to invoke this action."
                        : "Please refer to the appropriate WSDL for a list of valid actions.";
                throw SqsErrors.invalidValue("ActionName", "SQS:" + action, reason);
            }
        }
    }

    private static ObjectNode policy(Queue queue) {
        return queue.settings
                .document("Policy")
                .filter(ObjectNode.class::isInstance)
                .map(ObjectNode.class::cast)
                .orElseGet(() ->
                        AwsOutput.object().put("Version", "2012-10-17").put("Id", queue.arn + "/SQSDefaultPolicy"));
    }
}
