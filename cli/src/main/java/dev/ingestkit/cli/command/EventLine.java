package dev.ingestkit.cli.command;

import dev.ingestkit.cli.output.Text;
import dev.ingestkit.local.events.Arn;
import dev.ingestkit.local.events.ShardId;
import dev.ingestkit.local.journal.AttemptResult;
import dev.ingestkit.local.journal.JournalEntry;
import dev.ingestkit.local.journal.JournalEvent;
import dev.ingestkit.local.journal.JournalJson;
import dev.ingestkit.local.journal.RecordRange;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Formats a journal entry as one line for people: time, kind, location and details. Immutable. */
public final class EventLine {

    /** The column of the kind, where a line that is wrapped continues. */
    public static final int INDENT = 14;

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT);

    private final ZoneId zone;

    /** Creates a formatter that prints times of a zone. */
    public EventLine(ZoneId zone) {
        this.zone = zone;
    }

    /** Returns the line of an entry, without control characters and without a line end. */
    public String of(JournalEntry entry) {
        String time = TIME.format(entry.at().atZone(zone));
        String kind = JournalJson.label(entry.event().kind());
        return Text.safe("%s  %-11s  %s".formatted(time, kind, detail(entry.event())));
    }

    private static String detail(JournalEvent event) {
        return switch (event.kind()) {
            case ACCEPTED -> accepted((JournalEvent.Accepted) event);
            case REJECTED -> rejected((JournalEvent.Rejected) event);
            case PUT -> put((JournalEvent.Put) event);
            case QUEUED -> queued((JournalEvent.Queued) event);
            case DELIVERED -> delivered((JournalEvent.Delivered) event);
            case ATTEMPT -> attempt((JournalEvent.Attempt) event);
            case STORED -> stored((JournalEvent.Stored) event);
            case PARKED -> parked((JournalEvent.Parked) event);
            case DEAD_LETTER -> deadLetter((JournalEvent.DeadLetter) event);
            case FILTERED -> filtered((JournalEvent.Filtered) event);
            case EXPIRED -> expired((JournalEvent.Expired) event);
            case DROPPED -> dropped((JournalEvent.Dropped) event);
            case FAULT -> fault((JournalEvent.Fault) event);
            case FUNCTION -> function((JournalEvent.Function) event);
            case INVOKED -> invoked((JournalEvent.Invoked) event);
        };
    }

    private static String accepted(JournalEvent.Accepted event) {
        return "%s  %s %s  %d bytes  %s"
                .formatted(
                        event.path(),
                        shard(event.shardId()),
                        tail(event.sequenceNumber()),
                        event.bytes(),
                        millis(event.micros()));
    }

    private static String rejected(JournalEvent.Rejected event) {
        return "%s  HTTP %d %s".formatted(event.path(), event.status(), event.reason());
    }

    private static String put(JournalEvent.Put event) {
        return "%s %s  key=%s  %d bytes"
                .formatted(shard(event.shardId()), tail(event.sequenceNumber()), event.partitionKey(), event.bytes());
    }

    private static String queued(JournalEvent.Queued event) {
        return "%s  message %s  %s%s"
                .formatted(
                        event.queue(),
                        event.messageId(),
                        event.from() == null ? Text.counted(event.bytes(), "byte") : "moved from " + event.from(),
                        ids(event.bodyIds()));
    }

    private static String ids(List<String> bodyIds) {
        return bodyIds.isEmpty() ? "" : "  ids " + String.join(", ", bodyIds);
    }

    private static String delivered(JournalEvent.Delivered event) {
        return "%s  %s  %s  attempt %d"
                .formatted(
                        Arn.qualifiedNameIn(event.function()),
                        range(event.range()),
                        Text.counted(event.range().records(), "record"),
                        event.attempt());
    }

    private static String attempt(JournalEvent.Attempt event) {
        return "%s  %s  %s%s  %s"
                .formatted(
                        Arn.qualifiedNameIn(event.function()),
                        range(event.range()),
                        event.result().outcome().name().toLowerCase(Locale.ROOT),
                        failure(event),
                        millis(event.result().micros()));
    }

    private static String failure(JournalEvent.Attempt event) {
        AttemptResult result = event.result();
        String error = result.error() == null ? "" : " " + result.error();
        return result.failed() == 0
                ? error
                : " (%d of %d again)%s".formatted(result.failed(), event.range().records(), error);
    }

    private static String stored(JournalEvent.Stored event) {
        return "%s  key=%s".formatted(event.table(), event.key());
    }

    private static String parked(JournalEvent.Parked event) {
        return "%s  message %s".formatted(event.queue(), event.messageId());
    }

    private static String deadLetter(JournalEvent.DeadLetter event) {
        return "%s  %s  %s  message %s"
                .formatted(
                        event.condition(),
                        range(event.range()),
                        Text.counted(event.range().records(), "record"),
                        text(event.messageId()));
    }

    private static String filtered(JournalEvent.Filtered event) {
        return "%s  %s dropped"
                .formatted(
                        shard(event.shardId()),
                        Text.counted(event.sequenceNumbers().size(), "record"));
    }

    private static String expired(JournalEvent.Expired event) {
        return "%s %s  %s"
                .formatted(
                        shard(event.shardId()),
                        tail(event.lastSequenceNumber()),
                        Text.counted(event.records(), "record"));
    }

    private static String dropped(JournalEvent.Dropped event) {
        String messages = event.messageIds().isEmpty()
                ? "all messages"
                : Text.counted(event.messageIds().size(), "message");
        return "%s  %s  %s"
                .formatted(event.queue(), messages, event.cause().name().toLowerCase(Locale.ROOT));
    }

    private static String fault(JournalEvent.Fault event) {
        return "%s:%s  %s".formatted(event.stage(), event.fault(), event.target());
    }

    private static String function(JournalEvent.Function event) {
        return "%s  %s  %s".formatted(Arn.qualifiedNameIn(event.function()), event.what(), text(event.detail()));
    }

    private static String invoked(JournalEvent.Invoked event) {
        AttemptResult result = event.result();
        String failed = result.failed() == 0
                ? ""
                : " (%d of %d)".formatted(result.failed(), event.ids().size());
        return "%s  %s  %s  %s%s%s  %s"
                .formatted(
                        Arn.qualifiedNameIn(event.function()),
                        Arn.nameIn(event.source()),
                        Text.counted(event.ids().size(), "event"),
                        result.outcome().name().toLowerCase(Locale.ROOT),
                        failed,
                        result.error() == null ? "" : " " + result.error(),
                        millis(result.micros()));
    }

    private static String range(RecordRange range) {
        String first = tail(range.firstSequenceNumber());
        String last = tail(range.lastSequenceNumber());
        return shard(range.shardId()) + " " + (first.equals(last) ? first : first + ".." + last);
    }

    private static String shard(@Nullable String id) {
        return id == null ? "-" : ShardId.tryParse(id).map(ShardId::label).orElse(id);
    }

    /** Returns the end of a sequence number, in which numbers differ. */
    private static String tail(@Nullable String number) {
        return number != null && number.length() > 9 ? ".." + number.substring(number.length() - 7) : text(number);
    }

    private static String millis(long micros) {
        return String.format(Locale.ROOT, "%.1f ms", micros / 1e3);
    }

    private static String text(@Nullable String value) {
        return value == null ? "-" : value;
    }
}
