package dev.ingestkit.cli.command.events;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.ingestkit.cli.aws.AwsClients;
import dev.ingestkit.cli.aws.StackResources;
import dev.ingestkit.cli.aws.Target;
import dev.ingestkit.cli.context.CliContext;
import dev.ingestkit.cli.event.EventList;
import dev.ingestkit.cli.event.EventSummary;
import dev.ingestkit.cli.event.EventTable;
import dev.ingestkit.cli.event.PayloadTree;
import dev.ingestkit.cli.event.PlainTable;
import dev.ingestkit.cli.event.ScanCost;
import dev.ingestkit.cli.event.TableScan;
import dev.ingestkit.cli.event.TableShape;
import dev.ingestkit.cli.event.TimeIndex;
import dev.ingestkit.cli.option.InstantConverter;
import dev.ingestkit.cli.option.ResourceOptions;
import dev.ingestkit.cli.option.TargetOptions;
import dev.ingestkit.cli.output.CliException;
import dev.ingestkit.cli.output.Column;
import dev.ingestkit.cli.output.ExitCode;
import dev.ingestkit.cli.output.Output;
import dev.ingestkit.core.item.StoredEvent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows events as the table stores them. */
@Command(
        name = "inspect",
        description = {
            "Shows a stored event, or lists the latest ones.",
            "In a table of your own, shows the items of a partition key, or the first items of the table.",
            "Listing reads the whole table, which is not ordered by time; on AWS this costs money.",
            "Of an event: encoding is how the table holds the payload (attributes: readable there; binary: as bytes; gzip:"
                    + " compressed); parts is the number of its items; sha256 is the payload's."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:shown or listed, even if no event matches",
            "1:no such event or item, or an item that the writer did not store",
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
    TargetOptions targetOptions = new TargetOptions();

    @Mixin
    ResourceOptions resources = new ResourceOptions();

    @Parameters(
            arity = "0..1",
            paramLabel = "ID",
            description = "The event's id; in a table of your own, the partition key. Without it, events are listed.")
    @Nullable
    String id;

    @Option(names = "--payload", description = "Prints only the payload, byte for byte as far as the table keeps it.")
    boolean payload;

    @Option(
            names = {"-n", "--limit"},
            paramLabel = "N",
            defaultValue = "20",
            description =
                    "Lists at most N of the latest events (default: ${DEFAULT-VALUE}; 0: all, in the table's order).")
    int limit;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            converter = InstantConverter.class,
            description =
                    "Lists events that arrived since this time: 5m, today, 2026-01-31T12:00:00Z. Uses the stack's time index for"
                            + " the last 31 days if there is one; otherwise reads the whole table.")
    Instant since = Instant.MIN;

    @Option(
            names = "--max-items",
            paramLabel = "N",
            description = "Reads at most N items of the table, in no particular order: limits the cost, not the list.")
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
        Target target = context.target(targetOptions.request());
        try (AwsClients clients = new AwsClients(target)) {
            String table = StackResources.of(clients, resources.names(context.settings()))
                    .tableName();
            TableShape shape = TableShape.of(clients, table);
            if (!shape.holdsEvents()) {
                inspectPlain(new PlainTable(clients, shape), shape);
                return;
            }
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
                if (target.kind() == Target.Kind.AWS) {
                    context.output().note(ScanCost.of(events.size(), maxItems).line() + "; --max-items N reads less");
                }
                list(new EventList(events, new TableScan.Plan(false, maxItems)));
            }
        }
    }

    /** Shows items of a table with keys of its own. */
    private void inspectPlain(PlainTable table, TableShape shape) {
        if (payload || since.isAfter(Instant.MIN)) {
            throw new CliException(
                            "NOT_EVENTS",
                            ExitCode.USAGE,
                            "%s needs a table of the kit's layout".formatted(payload ? "--payload" : "--since"))
                    .because(
                            "table '%s' has the partition key '%s'".formatted(shape.table(), shape.partitionKey()),
                            null);
        }
        String wanted = id;
        List<JsonNode> items = wanted == null ? List.of() : table.find(wanted);
        if (wanted != null && items.isEmpty()) {
            throw new CliException(
                            "ITEM_NOT_FOUND",
                            ExitCode.FAILED,
                            "table '%s' has no item with %s '%s'"
                                    .formatted(shape.table(), shape.partitionKey(), wanted))
                    .hint("follow the record instead: ingest-cli trace '%s'".formatted(wanted));
        }
        if (items.size() == 1) {
            context.output().one(items.get(0));
            return;
        }
        try (Output.Records rows = context.output().list(columns(shape))) {
            if (wanted != null) {
                items.forEach(rows::add);
            } else if (table.visit(maxItems == Long.MAX_VALUE ? limit : maxItems, rows::add)) {
                context.output().note("listed the first %,d items; --limit 0 lists all".formatted(limit));
            }
        }
    }

    private static List<Column> columns(TableShape shape) {
        List<Column> columns = new ArrayList<>();
        columns.add(Column.of(shape.partitionKey().toUpperCase(Locale.ROOT), shape.partitionKey()));
        shape.sortKey().ifPresent(key -> columns.add(Column.of(key.toUpperCase(Locale.ROOT), key)));
        columns.add(Column.of("ITEM", ""));
        return columns;
    }

    /** Returns whether the time index, if there is one, can answer the request. */
    private boolean recent() {
        Instant earliest = context.environment().clock().instant().minus(TimeIndex.REACH);
        return since.isAfter(earliest) && maxItems == Long.MAX_VALUE;
    }

    private void list(TimeIndex index) {
        try (Output.Records rows = context.output().list(COLUMNS)) {
            int[] listed = {0};
            index.visit(since, context.environment().clock().instant(), event -> {
                if (limit > 0 && listed[0] == limit) {
                    context.output()
                            .note("listed the latest %,d events; --limit 0 lists all since then".formatted(limit));
                    return false;
                }
                rows.add(event);
                listed[0]++;
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
        event.metadata().payload().reason().ifPresent(reason -> record.put("binaryReason", reason.name()));
        context.output().one(record.set("payload", json(event.payload())));
    }

    /** Returns text for a payload that a tree cannot represent, such as one with duplicate names or endless nesting. */
    private static JsonNode json(byte[] payload) {
        return PayloadTree.of(payload).orElseGet(() -> TextNode.valueOf(new String(payload, StandardCharsets.UTF_8)));
    }

    private void list(EventList events) {
        try (Output.Records rows = context.output().list(COLUMNS)) {
            EventList.Seen seen = limit == 0 ? events.all(since, rows::add) : events.latest(limit, since, rows::add);
            if (limit > 0 && seen.matched() > limit) {
                context.output()
                        .note("listed the latest %,d of %,d events; --limit 0 lists all"
                                .formatted(limit, seen.matched()));
            }
            if (seen.read() >= maxItems) {
                context.output().note("stopped after %,d items of the table (--max-items)".formatted(seen.read()));
            }
            if (seen.foreign() > 0) {
                context.output().note("skipped %,d items that the writer did not store".formatted(seen.foreign()));
            }
        }
    }

    private static CliException absent(String id, String table) {
        return new CliException(
                        "EVENT_NOT_FOUND", ExitCode.FAILED, "event '%s' not found in table '%s'".formatted(id, table))
                .hint("if it is not stored yet: ingest-cli trace %s".formatted(id))
                .hint("if it is a dead letter: ingest-cli dlq list");
    }
}
