package dev.ingestkit.cli.command.events;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import dev.ingestkit.cli.aws.AwsClients;
import dev.ingestkit.cli.aws.ControlClient;
import dev.ingestkit.cli.aws.StackResources;
import dev.ingestkit.cli.aws.Target;
import dev.ingestkit.cli.capsule.FailedEvents;
import dev.ingestkit.cli.command.Control;
import dev.ingestkit.cli.command.EventLine;
import dev.ingestkit.cli.context.CliContext;
import dev.ingestkit.cli.deadletter.DeadLetterEvents;
import dev.ingestkit.cli.deadletter.DeadLetterQueue;
import dev.ingestkit.cli.deadletter.DeadLetterScan;
import dev.ingestkit.cli.deadletter.DeadLetterSummary;
import dev.ingestkit.cli.deadletter.DeadLetterVisitor;
import dev.ingestkit.cli.deadletter.Recovery;
import dev.ingestkit.cli.deadletter.TableChanges;
import dev.ingestkit.cli.event.EventTable;
import dev.ingestkit.cli.event.PlainTable;
import dev.ingestkit.cli.event.TableShape;
import dev.ingestkit.cli.option.ResourceOptions;
import dev.ingestkit.cli.option.TargetOptions;
import dev.ingestkit.cli.output.CliException;
import dev.ingestkit.cli.output.ExitCode;
import dev.ingestkit.cli.output.OutputFormat;
import dev.ingestkit.cli.output.Text;
import dev.ingestkit.core.deadletter.DeadLetter;
import dev.ingestkit.core.event.RecordOrigin;
import dev.ingestkit.core.item.EventMetadata;
import dev.ingestkit.core.item.StoredEvent;
import dev.ingestkit.local.journal.JournalEntry;
import dev.ingestkit.local.journal.JournalJson;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Shows one event's history. */
@Command(
        name = "trace",
        description = {
            "Shows one event's history and its current location.",
            "The history comes from the embedded runtime's journal. LocalStack and AWS keep none, so there it shows"
                    + " only the location: in the table, in the dead letter queue, and its position in the stream.",
            "In a stack of your own, ID is a partition key, a sequence number, a message's id, or an id in its body: the"
                    + " text or number of a field id, orderId or order_id, also in a topic's message or an EventBridge"
                    + " event. Any other value finds messages that have failed, are in the dead letter queue, or were"
                    + " stored under it. Messages with the same id are shown together."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:shown", "1:the event is unknown", "4:table or queue cannot be read"},
        footerHeading = "%nExamples:%n",
        footer = {"  ingest-cli trace order-1", "  ingest-cli trace order-1 -o json --query \"history[].kind\""})
public final class TraceCommand implements Runnable {

    private final CliContext context;

    @Mixin
    TargetOptions targetOptions = new TargetOptions();

    @Mixin
    ResourceOptions resources = new ResourceOptions();

    @Parameters(
            paramLabel = "ID",
            description = "The event's id, partition key or sequence number, a message's id, or an id in its body.")
    String id = "";

    public TraceCommand(CliContext context) {
        this.context = requireNonNull(context, "context");
    }

    /**
     * The components are the JSON form. {@code sources} names the sources searched: journal, table, queue,
     * stream.
     * {@code items} holds the items under the id in a table that is not of the kit's layout.
     */
    record Trace(
            String id,
            List<String> sources,

            @JsonSerialize(contentUsing = EntrySerializer.class)
            List<JournalEntry> history,

            @Nullable Stored stored,
            List<JsonNode> items,
            List<Dead> deadLetters) {}

    /** Writes a journal entry in its JSON form. */
    static final class EntrySerializer extends JsonSerializer<JournalEntry> {
        @Override
        public void serialize(JournalEntry entry, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writeTree(JournalJson.of(entry));
        }
    }

    /** The event's item in the table. */
    record Stored(String arrivedAt, String shard, String sequenceNumber, int bytes, String encoding, int parts) {
        static Stored of(StoredEvent event) {
            EventMetadata metadata = event.metadata();
            return new Stored(
                    metadata.record().arrivedAt().toString(),
                    metadata.record().shard(),
                    metadata.record().sequenceNumber(),
                    metadata.payload().size(),
                    metadata.payload().encoding().name().toLowerCase(Locale.ROOT),
                    metadata.payload().parts());
        }
    }

    /** A message about the event in the dead letter queue. */
    record Dead(
            String messageId,
            String reason,
            String text,
            @Nullable String shard,
            @Nullable String sequenceNumber) {}

    @Override
    public void run() {
        Target target = context.target(targetOptions.request());
        Trace trace;
        try (AwsClients clients = new AwsClients(target)) {
            trace = trace(target, clients, StackResources.of(clients, resources.names(context.settings())));
        }
        if (trace.history().isEmpty()
                && trace.stored() == null
                && trace.items().isEmpty()
                && trace.deadLetters().isEmpty()) {
            throw new CliException("UNKNOWN_EVENT", ExitCode.FAILED, "no trace of event '%s'".formatted(id))
                    .because("searched: " + String.join(", ", trace.sources()), null)
                    .hint("see recent events with their partition keys: ingest-cli tail --events")
                    .hint("see the messages with the ids read from their bodies: ingest-cli tail --kind queued");
        }
        if (!trace.sources().contains("journal")) {
            context.output().note("this target has no journal: showing the event's location, not its history");
        }
        if (context.output().settings().format() == OutputFormat.TABLE
                && context.output().settings().query() == null) {
            page(trace).lines().forEach(line -> context.output().line(line, EventLine.INDENT));
        } else {
            context.output().one(trace);
        }
    }

    private Trace trace(Target target, AwsClients clients, StackResources stack) {
        List<String> sources = new ArrayList<>();
        boolean journal = target.kind() == Target.Kind.EMBEDDED;
        if (journal) {
            sources.add("journal");
        }
        EventHistory history = new EventHistory(id, new TableChanges(clients)::of);
        Optional<TableShape> shape = stack.table().map(table -> TableShape.of(clients, table));
        Optional<StoredEvent> stored =
                shape.filter(TableShape::holdsEvents).flatMap(table -> new EventTable(clients, table.table()).find(id));
        stored.map(StoredEvent::metadata)
                .ifPresent(metadata -> history.addRecord(
                        metadata.record().shard(), metadata.record().sequenceNumber()));
        List<JsonNode> items = shape.filter(table -> !table.holdsEvents())
                .map(table -> new PlainTable(clients, table))
                .filter(table -> table.isKey(id))
                .map(table -> table.find(id))
                .orElse(List.of());
        shape.ifPresent(table -> sources.add("table"));
        List<Dead> dead = new ArrayList<>();
        stack.queue().ifPresent(queue -> {
            sources.add("queue");
            dead.addAll(dead(clients, queue, history));
        });
        List<JournalEntry> entries = new ArrayList<>(journal ? entries(Control.at(target), history) : List.of());
        if (StreamSearch.suits(target)) {
            stack.stream().ifPresent(stream -> {
                sources.add("stream");
                entries.addAll(new StreamSearch(clients, id).entries(stream));
            });
        }
        return new Trace(id, sources, entries, stored.map(Stored::of).orElse(null), items, dead);
    }

    private List<JournalEntry> entries(ControlClient control, EventHistory history) {
        FailedEvents.of(control).idsOf(id).forEach(history::addId);
        List<JournalEntry> entries = history.read(control);
        if (history.messages().size() > 1) {
            context.output()
                    .note("%s have the id '%s': showing all of them; each one alone: ingest-cli trace MESSAGE-ID"
                            .formatted(Text.counted(history.messages().size(), "message"), id));
        }
        return entries;
    }

    private List<Dead> dead(AwsClients clients, String queue, EventHistory history) {
        List<Dead> dead = new ArrayList<>();
        Recovery recovery = new Recovery(clients);
        new DeadLetterScan(new DeadLetterQueue(clients, queue)).visit(deadLetter -> {
            if (DeadLetterEvents.isWhole(deadLetter, id)) {
                history.addId(deadLetter.messageId());
                dead.add(whole(deadLetter));
            }
            DeadLetterEvents.find(deadLetter, id, recovery).ifPresent(origin -> {
                history.addRecord(origin.shard(), origin.sequenceNumber());
                dead.add(dead(deadLetter, origin));
            });
            return DeadLetterVisitor.Step.LEAVE;
        });
        return dead;
    }

    private static Dead whole(DeadLetterQueue.ReceivedMessage deadLetter) {
        DeadLetterSummary.Cause cause = DeadLetterSummary.of(deadLetter).cause();
        return new Dead(deadLetter.messageId(), cause.reason(), String.valueOf(cause.text()), null, null);
    }

    private static Dead dead(DeadLetterQueue.ReceivedMessage deadLetter, RecordOrigin origin) {
        DeadLetter known = deadLetter.content().orElseThrow();
        return switch (known.kind()) {
            case PARKED -> {
                DeadLetter.Parked parked = (DeadLetter.Parked) known;
                String reason = parked.code().name().toLowerCase(Locale.ROOT).replace('_', '-');
                yield new Dead(
                        deadLetter.messageId(), reason, parked.reason(), origin.shard(), origin.sequenceNumber());
            }
            case ON_FAILURE -> {
                String reason = ((DeadLetter.OnFailure) known).condition();
                String text =
                        "the mapping gave up on " + Text.counted(known.range().count(), "record");
                yield new Dead(deadLetter.messageId(), reason, text, origin.shard(), origin.sequenceNumber());
            }
        };
    }

    private String page(Trace trace) {
        StringBuilder page = new StringBuilder();
        EventLine line = new EventLine(context.environment().clock().getZone());
        trace.history().forEach(entry -> page.append(line.of(entry)).append('\n'));
        Stored stored = trace.stored();
        if (stored != null) {
            page.append("in the table: %s as %s in %s, arrived %s as %s of %s%n"
                    .formatted(
                            Text.counted(stored.bytes(), "byte"),
                            stored.encoding(),
                            Text.counted(stored.parts(), "part"),
                            stored.arrivedAt(),
                            stored.sequenceNumber(),
                            stored.shard()));
        }
        for (JsonNode item : trace.items()) {
            page.append(Text.safe("in the table: " + item)).append('\n');
        }
        for (Dead dead : trace.deadLetters()) {
            page.append(Text.safe(
                            "in the queue: %s: %s, message %s".formatted(dead.reason(), dead.text(), dead.messageId())))
                    .append('\n');
        }
        return page.toString();
    }
}
