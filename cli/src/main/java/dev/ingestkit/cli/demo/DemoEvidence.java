package dev.ingestkit.cli.demo;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ingestkit.cli.aws.AwsClients;
import dev.ingestkit.cli.aws.StackOutputs;
import dev.ingestkit.cli.deadletter.DeadLetterQueue;
import dev.ingestkit.cli.event.EventTable;
import dev.ingestkit.cli.event.PayloadTree;
import dev.ingestkit.core.deadletter.DeadLetter;
import dev.ingestkit.core.item.ItemLayout;
import dev.ingestkit.core.item.StoredEvent;
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

/** What is really there: the table's event ids by a scan, the queue's messages by receiving them. */
final class DemoEvidence {

    private static final Duration HIDDEN = Duration.ofMinutes(1);
    /** BatchGetItem's quota. */
    private static final int MOST_KEYS = 100;

    private static final int MOST_LETTERS = 10_000;

    private final AwsClients clients;
    private final DynamoDbClient dynamoDb;
    private final StackOutputs outputs;

    DemoEvidence(AwsClients clients, StackOutputs outputs) {
        this.clients = requireNonNull(clients, "clients");
        this.dynamoDb = clients.dynamoDb();
        this.outputs = requireNonNull(outputs, "outputs");
    }

    /** Ids of all events in the table. */
    Set<String> storedIds() {
        Set<String> ids = new HashSet<>();
        table().scanFirstParts(item -> {
            item.text(ItemLayout.EVENT_ID).ifPresent(ids::add);
            return true;
        });
        return ids;
    }

    /** Those of the events that the table holds. May be called by any thread. */
    Set<String> storedOf(Set<String> ids) {
        Set<String> found = new HashSet<>();
        List<String> all = List.copyOf(ids);
        for (int from = 0; from < all.size(); from += MOST_KEYS) {
            found.addAll(read(all.subList(from, Math.min(all.size(), from + MOST_KEYS))));
        }
        return found;
    }

    /** What the service leaves unread for its limits is asked for again at the next look. */
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
        dynamoDb.batchGetItem(request -> request.requestItems(Map.of(outputs.tableName(), wanted)))
                .responses()
                .getOrDefault(outputs.tableName(), List.of())
                .forEach(item -> found.add(requireNonNull(item.get(ItemLayout.EVENT_ID), ItemLayout.EVENT_ID)
                        .s()));
        return found;
    }

    /** Parked events whose key ends in a mark, and batches given up since an instant; all of them are given back. */
    List<DeadLetter> deadLettersOf(String mark, Instant since) {
        return new DeadLetterQueue(clients, outputs.queueUrl())
                .peek(MOST_LETTERS).stream()
                        .filter(letter -> letter.letter()
                                .filter(read -> read instanceof DeadLetter.Parked parked
                                        ? parked.origin().partitionKey().endsWith(mark)
                                        : !letter.sentAt().isBefore(since))
                                .isPresent())
                        .flatMap(letter -> letter.letter().stream())
                        .toList();
    }

    private EventTable table() {
        return new EventTable(clients, outputs.tableName());
    }

    /** All messages of the dead letter queue, hidden from others for a minute. */
    List<DeadLetter> deadLetters() {
        return new DeadLetterQueue(clients, outputs.queueUrl())
                .receive(Integer.MAX_VALUE, HIDDEN).stream()
                        .map(letter -> letter.letter()
                                .orElseThrow(() -> new IllegalStateException("message %s is no dead letter: %s"
                                        .formatted(letter.messageId(), letter.problem()))))
                        .toList();
    }

    /** How many events a message stands for. */
    static long events(DeadLetter letter) {
        return letter instanceof DeadLetter.OnFailure range ? range.range().count() : 1;
    }

    static DemoReport.DeadLetterShown shown(DeadLetter letter) {
        if (letter instanceof DeadLetter.OnFailure range) {
            return new DemoReport.DeadLetterShown(
                    range.condition(),
                    range.error().orElse(""),
                    range.range().shard(),
                    range.range().firstSequenceNumber(),
                    "");
        }
        DeadLetter.Parked parked = (DeadLetter.Parked) letter;
        return new DemoReport.DeadLetterShown(
                parked.code().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                parked.reason(),
                parked.origin().shard(),
                parked.origin().sequenceNumber(),
                parked.payload()
                        .map(payload -> new String(payload, StandardCharsets.UTF_8))
                        .orElse(""));
    }

    /** One event, put together from its items; empty if it is not there. */
    Optional<DemoReport.ItemShown> item(String id) {
        return table().find(id)
                .map(event -> new DemoReport.ItemShown(
                        event.id().value(),
                        event.metadata().arrivedAt().toString(),
                        event.metadata().encoding().name().toLowerCase(Locale.ROOT),
                        event.metadata().parts(),
                        json(event)));
    }

    private static JsonNode json(StoredEvent event) {
        return PayloadTree.of(event.payload())
                .orElseThrow(() -> new IllegalStateException("the table's event is no JSON: " + event.id()));
    }
}
