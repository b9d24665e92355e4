package dev.ingestkit.cli.command.events;

import dev.ingestkit.cli.option.InstantConverter;
import dev.ingestkit.cli.output.CliException;
import dev.ingestkit.cli.output.ExitCode;
import dev.ingestkit.cli.output.FieldFormat;
import dev.ingestkit.cli.tail.EventStatus;
import dev.ingestkit.cli.tail.EventTrace;
import dev.ingestkit.local.events.ShardId;
import dev.ingestkit.local.journal.JournalEntry;
import dev.ingestkit.local.journal.JournalEvent;
import dev.ingestkit.local.journal.JournalJson;
import java.time.Instant;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of tail: which steps or events to show, and in which form. */
final class TailOptions {

    private static final Set<String> FIELDS = Collections.unmodifiableSet(new LinkedHashSet<>(List.of(
            "id",
            "status",
            "time",
            "millis",
            "attempts",
            "reason",
            "stream",
            "shardId",
            "sequenceNumber",
            "partitionKey",
            "source",
            "messageId",
            "bodyIds",
            "bytes",
            "data",
            "payload",
            "payloadBase64")));

    @Option(
            names = {"-f", "--follow"},
            description = "Follows new events until Ctrl-C or until the runtime stops.")
    boolean follow;

    @Option(
            names = {"-n", "--limit"},
            paramLabel = "N",
            description = "Shows at most N past entries (default: 10 with -f, otherwise all that are kept).")
    @Nullable
    Integer limit;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            converter = InstantConverter.class,
            description = "Shows entries since this time: 5m, 2h, today, or ISO-8601.")
    @Nullable
    Instant since;

    @Option(names = "--events", description = "Shows one record per event, with its outcome.")
    boolean events;

    @Option(names = "--steps", description = "Shows each step as it happens, even with -o.")
    boolean steps;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "Prints each event in this form: '{time} {partitionKey} {data.type}\\n'.")
    @Nullable
    String format;

    @Option(
            names = "--id",
            paramLabel = "ID",
            description = "Shows only the event with this id or partition key, message id, or id in a message's body.")
    @Nullable
    String id;

    @Option(names = "--shard", paramLabel = "SHARD", description = "Shows only this shard: shardId-000000000001, or 1.")
    @Nullable
    String shard;

    @Option(
            names = "--status",
            paramLabel = "STATUS",
            description = "Shows only events with this status: stored, processed, unchanged, dead, rejected,"
                    + " filtered, expired, in-flight, queued.")
    List<String> statuses = List.of();

    @Option(names = "--kind", paramLabel = "KIND", description = "Shows only steps of this kind; repeatable.")
    List<String> kinds = List.of();

    /** The messages whose bodies hold the id, as their arrival told. */
    private final Set<String> messages = new HashSet<>();

    /**
     * Returns whether to show steps rather than events.
     *
     * @param plain whether the output has no structured format
     */
    boolean steps(boolean plain) {
        boolean ofSteps = steps || !kinds.isEmpty();
        boolean ofEvents = events || format != null || !statuses.isEmpty();
        check(
                !(ofSteps && ofEvents),
                "--steps and --kind show steps, so they exclude --events, --format and --status, which show events");
        check(limit == null || limit >= 0, "--limit must be at least 0: " + limit);
        List<String> known =
                Stream.of(EventStatus.values()).map(EventStatus::toString).toList();
        for (String status : statuses) {
            check(known.contains(status), "--status '%s' is not one of %s".formatted(status, String.join(", ", known)));
        }
        List<String> steps =
                Stream.of(JournalEvent.Kind.values()).map(JournalJson::label).toList();
        for (String kind : kinds) {
            check(steps.contains(kind), "--kind '%s' is not one of %s".formatted(kind, String.join(", ", steps)));
        }
        return ofSteps || (plain && !ofEvents);
    }

    private static void check(boolean valid, String message) {
        if (!valid) {
            throw new CliException("USAGE", ExitCode.USAGE, message).hint("see ingest-cli tail --help");
        }
    }

    /** Returns the form in which to print an event, or null to print a record. */
    @Nullable
    FieldFormat form() {
        return format == null ? null : FieldFormat.parse(format, FIELDS);
    }

    int max() {
        return limit != null ? limit : follow ? 10 : Integer.MAX_VALUE;
    }

    boolean wantsEvent(EventTrace trace) {
        return (since == null || !trace.time().isBefore(since))
                && (statuses.isEmpty() || statuses.contains(trace.status().toString()))
                && (id == null || id.equals(trace.id()) || id.equals(trace.partitionKey()) || trace.isMessage(id))
                && isShard(trace.shardId());
    }

    /** Returns whether to show an entry; each one of the journal is asked about in its order. */
    boolean wantsStep(JournalEntry entry) {
        boolean named = id == null || names(entry.event(), id);
        return named
                && (kinds.isEmpty()
                        || kinds.contains(JournalJson.label(entry.event().kind())))
                && (since == null || !entry.at().isBefore(since))
                && isShard(shardId(entry.event()));
    }

    /** Returns whether an entry is about the event with an id; learns the messages that carry the id. */
    private boolean names(JournalEvent event, String id) {
        return switch (event.kind()) {
            case ACCEPTED -> ((JournalEvent.Accepted) event).path().endsWith("/" + id);
            case REJECTED -> ((JournalEvent.Rejected) event).path().endsWith("/" + id);
            case PUT -> ((JournalEvent.Put) event).partitionKey().equals(id);
            case STORED -> ((JournalEvent.Stored) event).key().equals(id);
            case QUEUED ->
                carries(((JournalEvent.Queued) event).messageId(), ((JournalEvent.Queued) event).bodyIds(), id);
            case PARKED ->
                carries(((JournalEvent.Parked) event).messageId(), ((JournalEvent.Parked) event).bodyIds(), id);
            case INVOKED -> {
                JournalEvent.Invoked call = (JournalEvent.Invoked) event;
                yield call.bodyIds().contains(id)
                        || call.ids().contains(id)
                        || call.ids().stream().anyMatch(messages::contains);
            }
            case DROPPED -> ((JournalEvent.Dropped) event).messageIds().stream().anyMatch(messages::contains);
            case DELIVERED, ATTEMPT, DEAD_LETTER, FILTERED, EXPIRED, FAULT, FUNCTION -> false;
        };
    }

    private boolean carries(String messageId, List<String> bodyIds, String id) {
        if (bodyIds.contains(id)) {
            messages.add(messageId);
        }
        return messageId.equals(id) || messages.contains(messageId);
    }

    private static @Nullable String shardId(JournalEvent event) {
        return switch (event.kind()) {
            case ACCEPTED -> ((JournalEvent.Accepted) event).shardId();
            case PUT -> ((JournalEvent.Put) event).shardId();
            case DELIVERED -> ((JournalEvent.Delivered) event).range().shardId();
            case ATTEMPT -> ((JournalEvent.Attempt) event).range().shardId();
            case DEAD_LETTER -> ((JournalEvent.DeadLetter) event).range().shardId();
            case FILTERED -> ((JournalEvent.Filtered) event).shardId();
            case EXPIRED -> ((JournalEvent.Expired) event).shardId();
            case REJECTED, QUEUED, STORED, PARKED, DROPPED, FAULT, FUNCTION, INVOKED -> null;
        };
    }

    private boolean isShard(@Nullable String name) {
        if (shard == null) {
            return true;
        }
        String wanted = ShardId.tryParse(shard).map(ShardId::toString).orElse(shard);
        return wanted.equals(name);
    }
}
