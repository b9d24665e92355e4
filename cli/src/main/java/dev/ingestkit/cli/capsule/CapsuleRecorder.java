package dev.ingestkit.cli.capsule;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ingestkit.cli.aws.AwsClients;
import dev.ingestkit.cli.aws.ControlClient;
import dev.ingestkit.cli.capsule.FailedEvents.Failed;
import dev.ingestkit.cli.output.CliException;
import dev.ingestkit.cli.output.ExitCode;
import dev.ingestkit.cli.tail.StreamRecords;
import dev.ingestkit.local.capsule.Capsule;
import dev.ingestkit.local.capsule.CapsuleContents;
import dev.ingestkit.local.events.Arn;
import dev.ingestkit.local.journal.AttemptResult;
import dev.ingestkit.local.journal.JournalEntry;
import dev.ingestkit.local.journal.JournalEvent;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes a capsule of what has failed in an embedded runtime: of a batch of a Kinesis stream by the journal and the stream, of
 * any other event by the events of failed invocations that the runtime keeps. Not thread-safe.
 */
public final class CapsuleRecorder {

    private static final int NUMBER_END = 12;
    private static final int REQUEST_START = 8;

    private final ControlClient control;
    private final AwsClients clients;
    private final Clock clock;

    /** Creates a recorder for one runtime. */
    public CapsuleRecorder(ControlClient control, AwsClients clients, Clock clock) {
        this.control = requireNonNull(control, "control");
        this.clients = requireNonNull(clients, "clients");
        this.clock = requireNonNull(clock, "clock");
    }

    /**
     * Records the last failure.
     *
     * @param id names the failure: the partition key or sequence number of a record, the id of a message or invocation, or
     *     a value in the event; null for any failure
     * @param name the capsule's name; null for one made of the function and the failure's id
     */
    public Capsule record(@Nullable String id, @Nullable String name) {
        FailureJournal journal = FailureJournal.of(control);
        FailedEvents events = FailedEvents.of(control);
        Optional<FailureJournal.Batch> batch = journal.lastBatch(id);
        Optional<Failed> event = events.last(failed -> !failed.isOfStream() && (id == null || failed.holds(id)));
        if (batch.isPresent()
                && event.filter(found -> found.at().isAfter(batch.get().entry().at()))
                        .isEmpty()) {
            return ofBatch(batch.get(), journal, events, name);
        }
        return event.or(() -> events.last(failed -> id == null || failed.holds(id)))
                .map(found -> ofEvent(events.original(found), journal, name))
                .orElseThrow(() -> noFailure(id, journal));
    }

    private static CliException noFailure(@Nullable String id, FailureJournal journal) {
        if (journal.failed(id)) {
            return new CliException(
                            "EVENT_DROPPED", ExitCode.FAILED, "the event of the failed invocation has been dropped")
                    .because("the runtime keeps the last 8 MB of failed events, and none of an earlier process", null)
                    .hint("cause the failure again, and save it then");
        }
        return new CliException(
                        "NO_FAILURE",
                        ExitCode.FAILED,
                        id == null
                                ? "no invocation has failed"
                                : "no invocation for the event '%s' has failed".formatted(id))
                .hint("see what happened: ingest-cli tail");
    }

    private Capsule ofBatch(
            FailureJournal.Batch batch, FailureJournal journal, FailedEvents events, @Nullable String name) {
        JournalEvent.Attempt attempt = batch.attempt();
        CapsuleCircumstances circumstances = new CapsuleCircumstances(control, clients);
        String function = Arn.functionNameIn(attempt.function());
        JsonNode mapping = circumstances.mapping(attempt.mapping());
        Capsule.Source source = circumstances.function(function);
        String number = attempt.range().firstSequenceNumber();
        return new Capsule(
                name == null
                        ? source.function() + "-" + number.substring(Math.max(0, number.length() - NUMBER_END))
                        : name,
                clock.instant(),
                failure(attempt),
                source,
                contents(batch, mapping.path("source").asText(journal.stream(attempt.mapping())), events),
                circumstances.of(journal.attempts(attempt), mapping, function));
    }

    private static String failure(JournalEvent.Attempt attempt) {
        AttemptResult result = attempt.result();
        return result.error() != null
                ? result.error()
                : "%d of %d records failed"
                        .formatted(result.failed(), attempt.range().records());
    }

    /** Returns the records, or the event itself where records do not tell all of it or have expired. */
    private CapsuleContents contents(FailureJournal.Batch batch, String stream, FailedEvents events) {
        Optional<Failed> kept = events.of(batch.attempt().requestId());
        Optional<Failed> window = kept.filter(failed -> failed.event().has("window"));
        if (window.isPresent()) {
            return new CapsuleContents.Event(window.get().event());
        }
        StreamRecords reader = new StreamRecords(clients);
        List<CapsuleContents.Item> items = new ArrayList<>();
        for (JournalEntry entry : batch.records()) {
            JournalEvent.Put put = (JournalEvent.Put) entry.event();
            Optional<byte[]> data = reader.data(Arn.nameIn(stream), put.shardId(), put.sequenceNumber());
            if (data.isEmpty()) {
                return kept.map(failed -> new CapsuleContents.Event(failed.event()))
                        .orElseThrow(() -> new CliException(
                                "RECORD_EXPIRED",
                                ExitCode.FAILED,
                                "the record '%s' has expired from the stream".formatted(put.sequenceNumber())));
            }
            items.add(new CapsuleContents.Item(put.sequenceNumber(), put.partitionKey(), entry.at(), data.get()));
        }
        return new CapsuleContents.Batch(stream, batch.attempt().range().shardId(), items);
    }

    private Capsule ofEvent(Failed failed, FailureJournal journal, @Nullable String name) {
        CapsuleCircumstances circumstances = new CapsuleCircumstances(control, clients);
        Capsule.Source source = circumstances.function(failed.function());
        String id = failed.requestId();
        return new Capsule(
                name == null ? source.function() + "-" + id.substring(0, Math.min(REQUEST_START, id.length())) : name,
                clock.instant(),
                failed.reason(),
                source,
                new CapsuleContents.Event(failed.event()),
                circumstances.of(
                        journal.attempts(id),
                        circumstances.mapping(failed.source(), failed.function()),
                        failed.function()));
    }
}
