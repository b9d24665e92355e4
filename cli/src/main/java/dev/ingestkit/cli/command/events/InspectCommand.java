package dev.ingestkit.cli.command.events;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.ingestkit.cli.aws.AwsClients;
import dev.ingestkit.cli.aws.StackOutputs;
import dev.ingestkit.cli.aws.Target;
import dev.ingestkit.cli.context.CliContext;
import dev.ingestkit.cli.event.EventList;
import dev.ingestkit.cli.event.EventSummary;
import dev.ingestkit.cli.event.EventTable;
import dev.ingestkit.cli.event.PayloadTree;
import dev.ingestkit.cli.event.ScanCost;
import dev.ingestkit.cli.event.TableScan;
import dev.ingestkit.cli.event.TimeIndex;
import dev.ingestkit.cli.option.InstantConverter;
import dev.ingestkit.cli.option.TargetOptions;
import dev.ingestkit.cli.output.CliException;
import dev.ingestkit.cli.output.Column;
import dev.ingestkit.cli.output.ExitCode;
import dev.ingestkit.cli.output.Output;
import dev.ingestkit.core.item.StoredEvent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows events as the table has them. */
@Command(
        name = "inspect",
        description = {
            "Shows a stored event, or lists the latest ones.",
            "A list reads the whole table, which has no order of time: on AWS that has its price."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:shown, or listed, also when there is none",
            "1:no such event, or not one that the writer stored",
            "4:the table cannot be read"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ingest-cli inspect",
            "  ingest-cli inspect order-17",
            "  ingest-cli inspect order-17 --payload | jq .total",
            "  ingest-cli inspect --since 5m -o ndjson",
            "  ingest-cli inspect --limit 0 --max-items 10000 -o csv"
        })
public final class InspectCommand implements Runnable {

    private static final List<Column> COLUMNS = List.of(
            Column.of("ID", "id"),
            Column.time("ARRIVED", "arrivedAt"),
            Column.number("SIZE", "size"),
            Column.word("ENCODING", "encoding"),
            Column.tail("SHARD", "shard"));

    private final CliContext context;

    @Mixin
    TargetOptions target = new TargetOptions();

    @Parameters(arity = "0..1", paramLabel = "ID", description = "The event's id. Without one, events are listed.")
    @Nullable
    String id;

    @Option(names = "--payload", description = "Prints the payload alone, byte for byte as far as the table keeps it.")
    boolean payload;

    @Option(
            names = {"-n", "--limit"},
            paramLabel = "N",
            defaultValue = "20",
            description = "So many of the latest, at most (default: ${DEFAULT-VALUE}; 0: all, in the table's order).")
    int limit;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            converter = InstantConverter.class,
            description =
                    "Only what arrived since: 5m, today, 2026-01-31T12:00:00Z. A stack with a time index is asked by"
                            + " it, for the last 31 days; another's table is read whole.")
    Instant since = Instant.MIN;

    @Option(
            names = "--max-items",
            paramLabel = "N",
            description = "Reads so many of the table's items at most, whichever: bounds the price, not what is shown.")
    long maxItems = Long.MAX_VALUE;

    public InspectCommand(CliContext context) {
        this.context = requireNonNull(context, "context");
    }

    @Override
    public void run() {
        if (limit < 0 || maxItems < 1 || (payload && id == null)) {
            throw new CliException(
                    "USAGE",
                    ExitCode.USAGE,
                    limit < 0
                            ? "--limit must not be negative"
                            : maxItems < 1 ? "--max-items must be at least 1" : "--payload needs an ID");
        }
        Target place = context.target(target.request());
        try (AwsClients clients = new AwsClients(place)) {
            String table = StackOutputs.of(clients).tableName();
            EventTable events = new EventTable(clients, table);
            String wanted = id;
            if (wanted != null) {
                show(events.find(wanted).orElseThrow(() -> absent(wanted, table)));
                return;
            }
            Optional<TimeIndex> index = recent() ? TimeIndex.of(clients, table) : Optional.empty();
            if (index.isPresent()) {
                list(index.get());
            } else {
                if (place.kind() == Target.Kind.AWS) {
                    context.output().note(ScanCost.of(events.size(), maxItems).line() + "; --max-items N reads less");
                }
                list(new EventList(events, new TableScan.Plan(false, maxItems)));
            }
        }
    }

    /** Whether the time index, if there is one, leads to what is asked for. */
    private boolean recent() {
        Instant earliest = context.environment().clock().instant().minus(TimeIndex.REACH);
        return since.isAfter(earliest) && maxItems == Long.MAX_VALUE;
    }

    private void list(TimeIndex index) {
        try (Output.Records rows = context.output().list(COLUMNS)) {
            int[] shown = {0};
            index.visit(since, context.environment().clock().instant(), event -> {
                if (limit > 0 && shown[0] == limit) {
                    context.output().note("the latest %,d events; --limit 0 shows all since then".formatted(limit));
                    return false;
                }
                rows.add(event);
                shown[0]++;
                return true;
            });
        }
    }

    private void show(StoredEvent event) {
        if (payload) {
            context.output().bytes(event.payload());
            return;
        }
        ObjectNode record = (ObjectNode) Output.json(EventSummary.of(event.id().value(), event.metadata()));
        event.metadata().reason().ifPresent(reason -> record.put("binaryReason", reason.name()));
        context.output().one(record.set("payload", json(event.payload())));
    }

    /** What a tree cannot hold as it is (duplicate names, endless nesting) is shown as text. */
    private static JsonNode json(byte[] payload) {
        return PayloadTree.of(payload).orElseGet(() -> TextNode.valueOf(new String(payload, StandardCharsets.UTF_8)));
    }

    private void list(EventList events) {
        try (Output.Records rows = context.output().list(COLUMNS)) {
            EventList.Seen seen = limit == 0 ? events.all(since, rows::add) : events.latest(limit, since, rows::add);
            if (limit > 0 && seen.matched() > limit) {
                context.output()
                        .note("the latest %,d of %,d events; --limit 0 shows all".formatted(limit, seen.matched()));
            }
            if (seen.read() >= maxItems) {
                context.output().note("stopped after %,d items of the table (--max-items)".formatted(seen.read()));
            }
            if (seen.foreign() > 0) {
                context.output().note("%,d items are none of the writer's, and are left out".formatted(seen.foreign()));
            }
        }
    }

    private static CliException absent(String id, String table) {
        return new CliException(
                        "EVENT_NOT_FOUND", ExitCode.FAILED, "no event '%s' in the table %s".formatted(id, table))
                .hint("not stored yet? ingest-cli trace %s".formatted(id))
                .hint("given up? ingest-cli dlq list");
    }
}
