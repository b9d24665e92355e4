package dev.ingestkit.cli.command.events;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.cli.aws.AwsClients;
import dev.ingestkit.cli.aws.ControlClient;
import dev.ingestkit.cli.aws.StackOutputs;
import dev.ingestkit.cli.aws.Target;
import dev.ingestkit.cli.command.Control;
import dev.ingestkit.cli.command.EventLine;
import dev.ingestkit.cli.command.Waiting;
import dev.ingestkit.cli.context.CliContext;
import dev.ingestkit.cli.option.TargetOptions;
import dev.ingestkit.cli.output.Column;
import dev.ingestkit.cli.output.FieldFormat;
import dev.ingestkit.cli.output.Output;
import dev.ingestkit.cli.output.OutputFormat;
import dev.ingestkit.cli.status.StreamTail;
import dev.ingestkit.cli.tail.EventWay;
import dev.ingestkit.cli.tail.EventWays;
import dev.ingestkit.cli.tail.StackLookup;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows events on their way through an embedded runtime: each step, or each event with what became of it. */
@Command(
        name = "tail",
        description = {
            "Shows events on their way: accepted, put, delivered, attempts, stored, dead.",
            "Elsewhere than on the embedded runtime, only what is put into the stream.",
            "Without -o, --format or --events: each step as it happens. With one of them: one record for each event",
            "when it has come to its end, with its payload in data. Such records are input for send."
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  ingest-cli tail -f",
            "  ingest-cli tail -f --events --status dead",
            "  ingest-cli tail -f --format '{time} {partitionKey} {data.type} {status} {millis} ms\\n'",
            "  ingest-cli tail -o ndjson --since 1h | jq -c 'select(.data.type==\"order-created\")' | ingest-cli send"
                    + " -",
            "  ingest-cli tail -n 20 --kind stored --kind dead-letter"
        })
public final class TailCommand implements Runnable {

    private static final List<Column> STEPS = List.of(
            Column.number("NUMBER", "number"),
            Column.time("AT", "at"),
            Column.word("KIND", "kind"),
            Column.of("SHARD", "shardId"),
            Column.of("SEQUENCE", "sequenceNumber"),
            Column.of("KEY", "key"));

    private static final List<Column> EVENTS = List.of(
            Column.of("ID", "id"),
            Column.time("TIME", "time"),
            Column.word("STATUS", "status"),
            Column.number("MILLIS", "millis"),
            Column.number("ATTEMPTS", "attempts"),
            Column.of("SHARD", "shardId"),
            Column.of("REASON", "reason"));

    private static final Duration POLL = Duration.ofMillis(500);

    private final CliContext context;

    @Mixin
    TargetOptions target = new TargetOptions();

    @Mixin
    TailOptions options = new TailOptions();

    public TailCommand(CliContext context) {
        this.context = requireNonNull(context, "context");
    }

    @Override
    public void run() {
        Output output = context.output();
        boolean plain = output.settings().format() == OutputFormat.TABLE
                && output.settings().query() == null;
        boolean steps = options.steps(plain);
        FieldFormat format = options.form();
        Target place = context.target(target.request());
        if (place.kind() != Target.Kind.EMBEDDED && format == null) {
            output.note("there is no journal at " + place.describe() + ": only what the stream holds, kind put");
            try (AwsClients clients = new AwsClients(place);
                    Output.Records rows = output.stream(STEPS)) {
                String stream = StackOutputs.of(clients).streamName();
                records(
                        new StreamTail(clients, stream, Optional.ofNullable(options.since)),
                        plain ? this::line : rows::add,
                        rows);
            }
            return;
        }
        ControlClient control = Control.at(place);
        if (steps) {
            try (Output.Records rows = output.stream(STEPS)) {
                steps(control, plain ? this::line : rows::add);
            }
        } else {
            try (AwsClients clients = new AwsClients(place);
                    Output.Records rows = output.stream(EVENTS)) {
                events(control, new StackLookup(clients), format, rows);
            }
        }
    }

    private void records(StreamTail tail, Consumer<JsonNode> shown, Output.Records rows) {
        List<JsonNode> past = tail.next().stream().filter(options::wantsStep).toList();
        past.stream().skip(Math.max(0, past.size() - options.most())).forEach(shown);
        rows.flush();
        while (options.follow && !Waiting.until(() -> false, POLL)) {
            tail.next().stream().filter(options::wantsStep).forEach(shown);
            rows.flush();
        }
    }

    private void steps(ControlClient control, Consumer<JsonNode> shown) {
        Deque<JsonNode> past = new ArrayDeque<>();
        long seen = read(control, entry -> {
            if (options.wantsStep(entry)) {
                keep(past, entry);
            }
        });
        past.forEach(shown);
        if (options.follow) {
            control.follow(seen, entry -> {
                if (options.wantsStep(entry)) {
                    shown.accept(entry);
                }
                return true;
            });
        }
    }

    private void events(ControlClient control, StackLookup lookup, @Nullable FieldFormat format, Output.Records rows) {
        Consumer<EventWay> shown = way -> show(lookup.record(way), format, rows);
        Deque<EventWay> past = new ArrayDeque<>();
        Predicate<EventWay> wanted = options::wantsEvent;
        boolean[] live = {false};
        EventWays ways = new EventWays(lookup, way -> {
            if (wanted.test(way)) {
                if (live[0]) {
                    shown.accept(way);
                } else {
                    keep(past, way);
                }
            }
        });
        long seen = read(control, ways::take);
        if (!options.follow) {
            ways.pause();
            ways.underWay().stream().filter(wanted).forEach(way -> keep(past, way));
        }
        past.forEach(shown);
        rows.flush();
        if (options.follow) {
            live[0] = true;
            control.follow(seen, entry -> {
                ways.take(entry);
                return true;
            });
        }
    }

    private void show(ObjectNode record, @Nullable FieldFormat format, Output.Records rows) {
        if (format == null) {
            rows.add(record);
        } else {
            context.output().text(format.of(record));
        }
    }

    /** Answers the number of the newest entry. */
    private static long read(ControlClient control, Consumer<JsonNode> visitor) {
        long[] seen = {0};
        control.journal(0, entry -> {
            seen[0] = entry.path("number").asLong();
            visitor.accept(entry);
            return true;
        });
        return seen[0];
    }

    private <T> void keep(Deque<T> past, T next) {
        past.addLast(next);
        if (past.size() > options.most()) {
            past.removeFirst();
        }
    }

    private void line(JsonNode entry) {
        EventLine line = new EventLine(context.environment().clock().getZone());
        context.output().text(line.of(entry) + "\n");
    }
}
