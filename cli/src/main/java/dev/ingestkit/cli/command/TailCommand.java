package dev.ingestkit.cli.command;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ingestkit.cli.CliContext;
import dev.ingestkit.cli.option.InstantConverter;
import dev.ingestkit.cli.option.TargetOptions;
import dev.ingestkit.cli.output.Column;
import dev.ingestkit.cli.output.Output;
import dev.ingestkit.cli.output.OutputFormat;
import dev.ingestkit.cli.target.ControlClient;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows events on their way through an embedded runtime. */
@Command(
        name = "tail",
        description = {
            "Shows events on their way: accepted, put, delivered, attempts, stored, dead.",
            "json and ndjson give one object a line."
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  ingest-cli tail -f",
            "  ingest-cli tail -n 20 --kind stored --kind dead-letter",
            "  ingest-cli tail -f -o ndjson | jq -r 'select(.kind==\"stored\").key'"
        })
public final class TailCommand implements Runnable {

    private static final List<Column> COLUMNS = List.of(
            Column.number("NUMBER", "number"),
            Column.of("AT", "at"),
            Column.of("KIND", "kind"),
            Column.of("SHARD", "shardId"),
            Column.of("SEQUENCE", "sequenceNumber"),
            Column.of("KEY", "key"));

    private final CliContext context;

    @Mixin
    TargetOptions target = new TargetOptions();

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

    @Option(names = "--kind", paramLabel = "KIND", description = "Only this kind; may be given several times.")
    List<String> kinds = List.of();

    public TailCommand(CliContext context) {
        this.context = requireNonNull(context, "context");
    }

    @Override
    public void run() {
        ControlClient control = Control.at(context.target(target.request()));
        Deque<JsonNode> past = new ArrayDeque<>();
        long seen = past(control, past);
        try (Output.Records records = context.output().stream(COLUMNS)) {
            past.forEach(entry -> show(entry, records));
            if (follow) {
                control.follow(seen, entry -> {
                    if (wanted(entry)) {
                        show(entry, records);
                    }
                    return true;
                });
            }
        }
    }

    /** Keeps the last entries; answers the newest one's number. */
    private long past(ControlClient control, Deque<JsonNode> past) {
        int most = limit != null ? limit : follow ? 10 : Integer.MAX_VALUE;
        long[] seen = {0};
        control.journal(0, entry -> {
            seen[0] = entry.path("number").asLong();
            if (wanted(entry)) {
                past.addLast(entry);
                if (past.size() > most) {
                    past.removeFirst();
                }
            }
            return true;
        });
        return seen[0];
    }

    private boolean wanted(JsonNode entry) {
        boolean kind = kinds.isEmpty() || kinds.contains(entry.path("kind").asText());
        return kind
                && (since == null || !Instant.parse(entry.path("at").asText()).isBefore(since));
    }

    private void show(JsonNode entry, Output.Records records) {
        Output output = context.output();
        boolean people = output.settings().format() == OutputFormat.TABLE
                && output.settings().query() == null;
        if (people) {
            output.text(new EventLine(context.environment().clock().getZone()).of(entry) + "\n");
        } else {
            records.add(entry);
        }
    }
}
