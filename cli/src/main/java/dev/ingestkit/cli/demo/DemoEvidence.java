package dev.ingestkit.cli.demo;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ingestkit.cli.aws.AwsClients;
import dev.ingestkit.cli.aws.StackResources;
import dev.ingestkit.cli.deadletter.DeadLetterQueue;
import dev.ingestkit.cli.event.EventTable;
import dev.ingestkit.cli.event.PayloadTree;
import dev.ingestkit.cli.output.CliException;
import dev.ingestkit.cli.output.ExitCode;
import dev.ingestkit.core.deadletter.DeadLetter;
import dev.ingestkit.core.item.ItemLayout;
import dev.ingestkit.core.item.StoredEvent;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;

/** Reads the actual results: the table's event ids by a scan, the queue's messages by receiving them. */
final class DemoEvidence {

    private static final Duration HIDDEN = Duration.ofMinutes(1);
    /** The quota of BatchGetItem. */
    private static final int MAX_KEYS = 100;

    private static final int MAX_LETTERS = 10_000;

    private final AwsClients clients;
    private final DynamoDbClient dynamoDb;
    private final StackResources stack;

    DemoEvidence(AwsClients clients, StackResources stack) {
        this.clients = requireNonNull(clients, "clients");
        this.dynamoDb = clients.dynamoDb();
        this.stack = requireNonNull(stack, "stack");
    }

    /** Returns the URL of the kit's API, which the demonstration needs. */
    static URI submitUrl(StackResources stack) {
        return stack.submitUrl()
                .orElseThrow(() -> new CliException(
                                "NOT_THE_KITS_STACK",
                                ExitCode.ENVIRONMENT,
                                "the demo needs the kit's own template: this stack has no output SubmitUrl")
                        .hint("run your own stack: ingest-cli up --detach"));
    }

    /** Returns the ids of all events in the table. */
    Set<String> storedIds() {
        Set<String> ids = new HashSet<>();
        table().scanFirstParts(item -> {
            item.text(ItemLayout.EVENT_ID).ifPresent(ids::add);
            return true;
        });
        return ids;
    }

    /** Returns those of the given events that are in the table. Thread-safe. */
    Set<String> storedOf(Set<String> ids) {
        Set<String> found = new HashSet<>();
        List<String> all = List.copyOf(ids);
        for (int from = 0; from < all.size(); from += MAX_KEYS) {
            found.addAll(read(all.subList(from, Math.min(all.size(), from + MAX_KEYS))));
        }
        return found;
    }

    /** Reads one batch; ids that the service leaves unprocessed are requested again by the next poll. */
    private Set<String> read(List<String> ids) {
        List<Map<String, AttributeValue>> keys = ids.stream()
                .map(id -> Map.of(
                        ItemLayout.EVENT_ID, AttributeValue.fromS(id), ItemLayout.PART, AttributeValue.fromN("0")))
                .toList();
        KeysAndAttributes wanted = KeysAndAttributes.builder()
                .keys(keys)
                .consistentRead(true)
                .projectionExpression("#id")
                .expressionAttributeNames(Map.of("#id", ItemLayout.EVENT_ID))
                .build();
        Set<String> found = new HashSet<>();
        dynamoDb.batchGetItem(request -> request.requestItems(Map.of(stack.tableName(), wanted)))
                .responses()
                .getOrDefault(stack.tableName(), List.of())
                .forEach(item -> found.add(requireNonNull(item.get(ItemLayout.EVENT_ID), ItemLayout.EVENT_ID)
                        .s()));
        return found;
    }

    /** Returns parked events whose key ends in a mark and batches given up since an instant; all stay in the queue. */
    List<DeadLetter> deadLettersOf(String mark, Instant since) {
        return new DeadLetterQueue(clients, stack.queueUrl())
                .peek(MAX_LETTERS).stream()
                        .filter(deadLetter -> deadLetter
                                .content()
                                .filter(read -> switch (read.kind()) {
                                    case PARKED ->
                                        ((DeadLetter.Parked) read)
                                                .origin()
                                                .partitionKey()
                                                .endsWith(mark);
                                    case ON_FAILURE -> !deadLetter.sentAt().isBefore(since);
                                })
                                .isPresent())
                        .flatMap(deadLetter -> deadLetter.content().stream())
                        .toList();
    }

    private EventTable table() {
        return new EventTable(clients, stack.tableName());
    }

    /** Returns all messages of the dead letter queue, hidden from others for a minute. */
    List<DeadLetter> deadLetters() {
        return new DeadLetterQueue(clients, stack.queueUrl())
                .receive(Integer.MAX_VALUE, HIDDEN).stream()
                        .map(deadLetter -> deadLetter
                                .content()
                                .orElseThrow(() -> new IllegalStateException("message '%s' is not a dead letter: %s"
                                        .formatted(deadLetter.messageId(), deadLetter.problem()))))
                        .toList();
    }

    /** Returns the number of events in a dead letter. */
    static long events(DeadLetter deadLetter) {
        return deadLetter.range().count();
    }

    static DemoReport.DeadLetterShown summary(DeadLetter deadLetter) {
        return switch (deadLetter.kind()) {
            case PARKED -> parked((DeadLetter.Parked) deadLetter);
            case ON_FAILURE -> onFailure((DeadLetter.OnFailure) deadLetter);
        };
    }

    private static DemoReport.DeadLetterShown onFailure(DeadLetter.OnFailure failure) {
        return new DemoReport.DeadLetterShown(
                failure.condition(),
                failure.error().orElse(""),
                failure.range().shard(),
                failure.range().firstSequenceNumber(),
                "");
    }

    private static DemoReport.DeadLetterShown parked(DeadLetter.Parked parked) {
        return new DemoReport.DeadLetterShown(
                parked.code().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                parked.reason(),
                parked.origin().shard(),
                parked.origin().sequenceNumber(),
                parked.payload()
                        .map(payload -> new String(payload, StandardCharsets.UTF_8))
                        .orElse(""));
    }

    /** Returns one event, assembled from its items; empty if it is not in the table. */
    Optional<DemoReport.ItemShown> item(String id) {
        return table().find(id)
                .map(event -> new DemoReport.ItemShown(
                        event.id().value(),
                        event.metadata().record().arrivedAt().toString(),
                        event.metadata().payload().encoding().name().toLowerCase(Locale.ROOT),
                        event.metadata().payload().parts(),
                        json(event)));
    }

    private static JsonNode json(StoredEvent event) {
        return PayloadTree.of(event.payload())
                .orElseThrow(() -> new IllegalStateException("the stored event is not JSON: " + event.id()));
    }
}
