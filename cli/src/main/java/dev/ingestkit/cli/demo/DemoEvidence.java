package dev.ingestkit.cli.demo;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ingestkit.cli.deadletter.DeadLetterQueue;
import dev.ingestkit.cli.event.EventTable;
import dev.ingestkit.cli.target.AwsClients;
import dev.ingestkit.cli.target.StackOutputs;
import dev.ingestkit.core.deadletter.DeadLetter;
import dev.ingestkit.core.item.ItemLayout;
import dev.ingestkit.core.item.StoredEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What is really there: the table's event ids by a scan, the queue's messages by receiving them. */
final class DemoEvidence {

    private static final Duration HIDDEN = Duration.ofMinutes(1);
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private final AwsClients clients;
    private final StackOutputs outputs;

    DemoEvidence(AwsClients clients, StackOutputs outputs) {
        this.clients = requireNonNull(clients, "clients");
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
        try {
            return MAPPER.readTree(event.payload());
        } catch (IOException impossible) {
            throw new UncheckedIOException("the table's event is no JSON", impossible);
        }
    }
}
