package dev.ingestkit.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ingestkit.cli.output.Text;
import dev.ingestkit.local.events.Arn;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** A journal entry as one line for people: when, what, where, and what matters of it. */
public final class EventLine {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT);

    private final ZoneId zone;

    public EventLine(ZoneId zone) {
        this.zone = zone;
    }

    public String of(JsonNode entry) {
        String time = TIME.format(Instant.parse(entry.path("at").asText()).atZone(zone));
        String kind = entry.path("kind").asText();
        return Text.safe("%s  %-11s  %s".formatted(time, kind, detail(kind, entry)));
    }

    private static String detail(String kind, JsonNode entry) {
        return switch (kind) {
            case "accepted" ->
                "%s  %s %s  %d bytes  %s"
                        .formatted(
                                text(entry, "path"),
                                shard(entry),
                                tail(entry, "sequenceNumber"),
                                entry.path("bytes").asInt(),
                                millis(entry));
            case "rejected" ->
                "%s  HTTP %d %s"
                        .formatted(text(entry, "path"), entry.path("status").asInt(), text(entry, "reason"));
            case "put" ->
                "%s %s  key=%s  %d bytes"
                        .formatted(
                                shard(entry),
                                tail(entry, "sequenceNumber"),
                                text(entry, "partitionKey"),
                                entry.path("bytes").asInt());
            case "delivered" ->
                "%s  %s  %s  attempt %d"
                        .formatted(
                                function(entry),
                                range(entry),
                                Text.counted(entry.path("records").asLong(), "record"),
                                entry.path("attempt").asInt());
            case "attempt" ->
                "%s  %s  %s%s  %s"
                        .formatted(
                                function(entry), range(entry), text(entry, "outcome"), failure(entry), millis(entry));
            case "stored" -> "%s  key=%s".formatted(text(entry, "table"), text(entry, "key"));
            case "parked" -> "%s  message %s".formatted(text(entry, "queue"), text(entry, "messageId"));
            case "dead-letter" -> deadLetter(entry);
            case "fault" -> "%s:%s  %s".formatted(text(entry, "stage"), text(entry, "fault"), text(entry, "target"));
            case "function" -> "%s  %s  %s".formatted(function(entry), text(entry, "what"), text(entry, "detail"));
            default -> entry.toString();
        };
    }

    private static String deadLetter(JsonNode entry) {
        return "%s  %s  %s  message %s"
                .formatted(
                        text(entry, "condition"),
                        range(entry),
                        Text.counted(entry.path("records").asLong(), "record"),
                        text(entry, "messageId"));
    }

    private static String failure(JsonNode entry) {
        String error =
                entry.path("error").isNull() ? "" : " " + entry.path("error").asText();
        int failed = entry.path("failed").asInt();
        return failed == 0
                ? error
                : " (%d of %d again)%s".formatted(failed, entry.path("records").asInt(), error);
    }

    private static String range(JsonNode entry) {
        String first = tail(entry, "firstSequenceNumber");
        String last = tail(entry, "lastSequenceNumber");
        return shard(entry) + " " + (first.equals(last) ? first : first + ".." + last);
    }

    /** {@code shardId-000000000003} as {@code shard-3}. */
    private static String shard(JsonNode entry) {
        String id = text(entry, "shardId");
        return id.matches("shardId-\\d{12}") ? "shard-" + Long.parseLong(id.substring(8)) : id;
    }

    /** The end of a sequence number: the part that differs. */
    private static String tail(JsonNode entry, String name) {
        String number = text(entry, name);
        return number.length() > 9 ? ".." + number.substring(number.length() - 7) : number;
    }

    /** The name, with the alias that it is called by. */
    private static String function(JsonNode entry) {
        return Arn.qualifiedNameIn(text(entry, "function"));
    }

    private static String millis(JsonNode entry) {
        return String.format(Locale.ROOT, "%.1f ms", entry.path("micros").asLong() / 1e3);
    }

    private static String text(JsonNode entry, String name) {
        JsonNode value = entry.path(name);
        return value.isMissingNode() || value.isNull() ? "-" : value.asText();
    }
}
