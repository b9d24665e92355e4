package dev.ingestkit.cli.command.events;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ingestkit.cli.option.InstantConverter;
import dev.ingestkit.cli.output.CliException;
import dev.ingestkit.cli.output.ExitCode;
import dev.ingestkit.cli.output.FieldFormat;
import dev.ingestkit.cli.tail.EventStatus;
import dev.ingestkit.cli.tail.EventWay;
import dev.ingestkit.local.journal.JournalEvent;
import dev.ingestkit.local.journal.JournalJson;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What of the events' ways to show, and how. */
final class TailOptions {

    private static final Set<String> FIELDS = Collections.unmodifiableSet(new LinkedHashSet<>(List.of(
            "id",
            "status",
            "time",
            "millis",
            "attempts",
            "reason",
            "shardId",
            "sequenceNumber",
            "partitionKey",
            "bytes",
            "data",
            "payload",
            "payloadBase64")));

    @Option(
            names = {"-f", "--follow"},
            description = "Goes on with what happens next, until Ctrl-C or the runtime's end.")
    boolean follow;

    @Option(
            names = {"-n", "--limit"},
            paramLabel = "N",
            description = "At most so many of what has happened (default: 10 with -f, else all that is kept).")
    @Nullable
    Integer limit;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            converter = InstantConverter.class,
            description = "Only what happened since: 5m, 2h, today, or ISO-8601.")
    @Nullable
    Instant since;

    @Option(names = "--events", description = "One record for each event, with what became of it.")
    boolean events;

    @Option(names = "--steps", description = "Each step as it happens, also with -o.")
    boolean steps;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "One event in this form: '{time} {partitionKey} {data.type}\\n'.")
    @Nullable
    String format;

    @Option(names = "--id", paramLabel = "ID", description = "Only the event of this id, or partition key.")
    @Nullable
    String id;

    @Option(names = "--shard", paramLabel = "SHARD", description = "Only this shard: shardId-000000000001, or 1.")
    @Nullable
    String shard;

    @Option(
            names = "--status",
            paramLabel = "STATUS",
            description = "Only events that are: stored, unchanged, dead, rejected, filtered, expired, under-way.")
    List<String> statuses = List.of();

    @Option(names = "--kind", paramLabel = "KIND", description = "Only steps of this kind; may be given several times.")
    List<String> kinds = List.of();

    /**
     * Whether steps are shown, not events.
     *
     * @param plain no other format was asked for
     */
    boolean steps(boolean plain) {
        boolean ofSteps = steps || !kinds.isEmpty();
        boolean ofEvents = events || format != null || !statuses.isEmpty();
        check(!(ofSteps && ofEvents), "--steps and --kind show steps; --events, --format and --status show events");
        check(limit == null || limit >= 0, "--limit must be 0 or more: " + limit);
        List<String> known =
                Stream.of(EventStatus.values()).map(EventStatus::toString).toList();
        for (String status : statuses) {
            check(known.contains(status), "--status '%s' is none of %s".formatted(status, String.join(", ", known)));
        }
        List<String> steps =
                Stream.of(JournalEvent.Kind.values()).map(JournalJson::label).toList();
        for (String kind : kinds) {
            check(steps.contains(kind), "--kind '%s' is none of %s".formatted(kind, String.join(", ", steps)));
        }
        return ofSteps || (plain && !ofEvents);
    }

    private static void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new CliException("USAGE", ExitCode.USAGE, otherwise).hint("ingest-cli tail --help");
        }
    }

    /** The form of an event; null for a record. */
    @Nullable
    FieldFormat form() {
        return format == null ? null : FieldFormat.parse(format, FIELDS);
    }

    int most() {
        return limit != null ? limit : follow ? 10 : Integer.MAX_VALUE;
    }

    boolean wantsEvent(EventWay way) {
        return (since == null || !way.time().isBefore(since))
                && (statuses.isEmpty() || statuses.contains(way.status().toString()))
                && (id == null || id.equals(way.id()) || id.equals(way.partitionKey()))
                && isShard(way.shardId());
    }

    boolean wantsStep(JsonNode entry) {
        return (kinds.isEmpty() || kinds.contains(entry.path("kind").asText()))
                && (since == null || !Instant.parse(entry.path("at").asText()).isBefore(since))
                && (id == null || names(entry, id))
                && isShard(entry.path("shardId").asText(null));
    }

    private static boolean names(JsonNode entry, String id) {
        return id.equals(entry.path("partitionKey").asText())
                || id.equals(entry.path("key").asText())
                || entry.path("path").asText().endsWith("/" + id);
    }

    private boolean isShard(@Nullable String name) {
        if (shard == null) {
            return true;
        }
        boolean number = shard.matches("\\d{1,12}");
        return (number ? "shardId-%012d".formatted(Long.parseLong(shard)) : shard).equals(name);
    }
}
