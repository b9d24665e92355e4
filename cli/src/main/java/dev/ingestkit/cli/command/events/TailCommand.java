package dev.ingestkit.cli.command.events;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.cli.aws.AwsClients;
import dev.ingestkit.cli.aws.ControlClient;
import dev.ingestkit.cli.aws.StackResources;
import dev.ingestkit.cli.aws.Target;
import dev.ingestkit.cli.command.Control;
import dev.ingestkit.cli.command.EventLine;
import dev.ingestkit.cli.command.Waiting;
import dev.ingestkit.cli.context.CliContext;
import dev.ingestkit.cli.option.ResourceOptions;
import dev.ingestkit.cli.option.TargetOptions;
import dev.ingestkit.cli.output.Column;
import dev.ingestkit.cli.output.FieldFormat;
import dev.ingestkit.cli.output.Output;
import dev.ingestkit.cli.output.OutputFormat;
import dev.ingestkit.cli.status.StreamTail;
import dev.ingestkit.cli.tail.EventTrace;
import dev.ingestkit.cli.tail.EventTracker;
import dev.ingestkit.cli.tail.StackLookup;
import dev.ingestkit.local.journal.JournalEntry;
import dev.ingestkit.local.journal.JournalJson;
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

/** Follows events through a pipeline: each step, or each event with its outcome. */
@Command(
        name = "tail",
        description = {
            "Follows events through the pipeline: accepted, put, delivered, attempts, stored, dead.",
            "Targets other than the embedded runtime show only the records put into the stream.",
            "By default, prints each step as it happens. With -o, --format or --events, prints one record per event",
            "when it is finished, with its payload in data. Such records are input for send."
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
    TargetOptions targetOptions = new TargetOptions();

    @Mixin
    ResourceOptions resources = new ResourceOptions();

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
        Target target = context.target(targetOptions.request());
        if (target.kind() != Target.Kind.EMBEDDED && format == null) {
            output.note("%s has no journal: showing only the records in the stream (kind put)"
                    .formatted(target.describe()));
            try (AwsClients clients = new AwsClients(target);
                    Output.Records rows = output.stream(STEPS)) {
                String stream = stack(clients).streamName();
                records(
                        new StreamTail(clients, stream, Optional.ofNullable(options.since)),
                        plain ? this::line : entry -> rows.add(JournalJson.of(entry)),
                        rows);
            }
            return;
        }
        ControlClient control = Control.at(target);
        if (steps) {
            try (Output.Records rows = output.stream(STEPS)) {
                steps(control, plain ? this::line : entry -> rows.add(JournalJson.of(entry)));
            }
        } else {
            try (AwsClients clients = new AwsClients(target);
                    Output.Records rows = output.stream(EVENTS)) {
                events(control, new StackLookup(clients, stack(clients)), format, rows);
            }
        }
    }

    private StackResources stack(AwsClients clients) {
        return StackResources.of(clients, resources.names(context.settings()));
    }

    private void records(StreamTail tail, Consumer<JournalEntry> printer, Output.Records rows) {
        List<JournalEntry> past =
                tail.next().stream().filter(options::wantsStep).toList();
        past.stream().skip(Math.max(0, past.size() - options.max())).forEach(printer);
        rows.flush();
        while (options.follow && !Waiting.until(() -> false, POLL)) {
            tail.next().stream().filter(options::wantsStep).forEach(printer);
            rows.flush();
        }
    }

    private void steps(ControlClient control, Consumer<JournalEntry> printer) {
        Deque<JournalEntry> past = new ArrayDeque<>();
        long seen = read(control, entry -> {
            if (options.wantsStep(entry)) {
                keep(past, entry);
            }
        });
        past.forEach(printer);
        if (options.follow) {
            control.follow(seen, entry -> {
                if (options.wantsStep(entry)) {
                    printer.accept(entry);
                }
                return true;
            });
        }
    }

    private void events(ControlClient control, StackLookup lookup, @Nullable FieldFormat format, Output.Records rows) {
        Consumer<EventTrace> printer = trace -> show(lookup.record(trace), format, rows);
        Deque<EventTrace> past = new ArrayDeque<>();
        Predicate<EventTrace> wanted = options::wantsEvent;
        boolean[] live = {false};
        EventTracker tracker = new EventTracker(lookup, trace -> {
            if (wanted.test(trace)) {
                if (live[0]) {
                    printer.accept(trace);
                } else {
                    keep(past, trace);
                }
            }
        });
        long seen = read(control, tracker::take);
        if (!options.follow) {
            tracker.pause();
            tracker.pending().stream().filter(wanted).forEach(trace -> keep(past, trace));
        }
        past.forEach(printer);
        rows.flush();
        if (options.follow) {
            live[0] = true;
            control.follow(seen, entry -> {
                tracker.take(entry);
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

    /** Passes the entries to the visitor, and returns the number of the newest entry. */
    private static long read(ControlClient control, Consumer<JournalEntry> visitor) {
        long[] seen = {0};
        control.journal(0, entry -> {
            seen[0] = entry.number();
            visitor.accept(entry);
            return true;
        });
        return seen[0];
    }

    private <T> void keep(Deque<T> past, T next) {
        past.addLast(next);
        if (past.size() > options.max()) {
            past.removeFirst();
        }
    }

    private void line(JournalEntry entry) {
        EventLine line = new EventLine(context.environment().clock().getZone());
        context.output().line(line.of(entry), EventLine.INDENT);
    }
}
