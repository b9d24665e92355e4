package dev.ingestkit.cli.compare;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.cli.aws.AwsClients;
import dev.ingestkit.cli.aws.ResourceKind;
import dev.ingestkit.cli.aws.StackPart;
import dev.ingestkit.cli.aws.StackResources;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * Compares the stacks of two endpoints, resource by resource, to show where a deployment differs from the template that
 * runs on the other endpoint. It only reads. Not thread-safe.
 */
public final class StackDrift {

    private static final String PART = "stack";
    private static final List<ResourceKind> KINDS = List.of(
            ResourceKind.STREAM,
            ResourceKind.MAPPING,
            ResourceKind.FUNCTION,
            ResourceKind.TABLE,
            ResourceKind.QUEUE,
            ResourceKind.API,
            ResourceKind.STAGE);

    private final AwsClients here;
    private final AwsClients there;

    /** Creates a comparison of the stacks that the clients' targets name. */
    public StackDrift(AwsClients here, AwsClients there) {
        this.here = requireNonNull(here, "here");
        this.there = requireNonNull(there, "there");
    }

    /**
     * Reads both stacks.
     *
     * @throws dev.ingestkit.cli.output.CliException if one endpoint has no such stack
     */
    public List<Difference> rows() {
        Map<String, String> mine = facts(here);
        Map<String, String> other = facts(there);
        List<Difference> rows = new ArrayList<>();
        TreeSet<String> subjects = new TreeSet<>(mine.keySet());
        subjects.addAll(other.keySet());
        for (String subject : subjects) {
            rows.add(Difference.of(PART, subject, mine.get(subject), other.get(subject)));
        }
        return rows;
    }

    private static Map<String, String> facts(AwsClients clients) {
        StackResources stack = StackResources.of(clients);
        ApiDocuments documents = new ApiDocuments(clients, stack);
        Map<String, String> facts = new TreeMap<>();
        for (ResourceKind kind : KINDS) {
            for (StackPart part : stack.all(kind)) {
                facts.put(part.logicalId(), part.type());
                Map<String, String> members =
                        kind == ResourceKind.API ? documents.facts(part) : describe(clients, kind, part);
                members.forEach((member, value) ->
                        facts.put(part.logicalId() + "." + member, Answer.plain(clients.target(), value)));
            }
        }
        return facts;
    }

    private static Map<String, String> describe(AwsClients clients, ResourceKind kind, StackPart part) {
        return switch (kind) {
            case STREAM ->
                Members.of(clients.kinesis()
                        .describeStreamSummary(request -> request.streamName(part.physicalId()))
                        .streamDescriptionSummary());
            case MAPPING ->
                Members.of(clients.lambda().getEventSourceMapping(request -> request.uuid(part.physicalId())));
            case FUNCTION ->
                Members.of(clients.lambda()
                        .getFunction(request -> request.functionName(part.physicalId()))
                        .configuration());
            case TABLE -> table(clients, part);
            case QUEUE -> queue(clients, part);
            case API, STAGE, SECRET -> Map.of();
        };
    }

    private static Map<String, String> table(AwsClients clients, StackPart part) {
        Map<String, String> members = Members.of(clients.dynamoDb()
                .describeTable(request -> request.tableName(part.physicalId()))
                .table());
        members.keySet().removeIf(member -> member.startsWith("ItemCount") || member.startsWith("TableSizeBytes"));
        return members;
    }

    /** Returns the queue's settings, without the counts of its messages. */
    private static Map<String, String> queue(AwsClients clients, StackPart part) {
        String url = clients.sqs()
                .getQueueUrl(request -> request.queueName(part.name()))
                .queueUrl();
        Map<String, String> attributes = new TreeMap<>(clients.sqs()
                .getQueueAttributes(request -> request.queueUrl(url).attributeNames(QueueAttributeName.ALL))
                .attributesAsStrings());
        attributes
                .keySet()
                .removeIf(name -> name.startsWith("Approximate")
                        || name.endsWith("Timestamp")
                        || name.endsWith("Arn")
                        || name.equals("Policy"));
        return attributes;
    }
}
