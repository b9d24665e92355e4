package dev.ingestkit.cli.event;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.core.item.Item;
import dev.ingestkit.core.item.ItemDecoder;
import dev.ingestkit.core.item.ItemFormatException;
import dev.ingestkit.core.item.ItemLayout;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.Consumer;

/**
 * Lists stored events. The table is not ordered by time, so the latest events are found by reading all first parts, and
 * memory holds only the listed ones. Thread-safe; visitors are called by the calling thread.
 */
public final class EventList {

    private static final Comparator<EventSummary> OLDEST_FIRST =
            Comparator.comparing(EventSummary::arrivedAt).thenComparing(EventSummary::sequenceNumber);

    private final EventTable table;
    private final TableScan.Plan plan;

    /** Creates a list that reads strongly consistently. */
    public EventList(EventTable table) {
        this(table, TableScan.Plan.CONSISTENT);
    }

    /** Creates a list that scans by a plan. */
    public EventList(EventTable table, TableScan.Plan plan) {
        this.table = requireNonNull(table, "table");
        this.plan = requireNonNull(plan, "plan");
    }

    /**
     * The numbers of a listing.
     *
     * @param matched the number of events in the requested time
     * @param foreign the number of items that the writer did not store
     * @param read the number of items read
     */
    public record Seen(long matched, long foreign, long read) {}

    /**
     * Visits the latest events, newest first.
     *
     * @param limit the maximum of events
     * @param since the earliest arrival; {@link Instant#MIN} for all
     */
    public Seen latest(int limit, Instant since, Consumer<EventSummary> visitor) {
        PriorityQueue<EventSummary> kept = new PriorityQueue<>(OLDEST_FIRST);
        Seen seen = all(since, event -> {
            kept.add(event);
            if (kept.size() > limit) {
                kept.remove();
            }
        });
        kept.stream().sorted(OLDEST_FIRST.reversed()).forEach(visitor);
        return seen;
    }

    /** Visits all events in the table's order, without holding them. */
    public Seen all(Instant since, Consumer<EventSummary> visitor) {
        long[] counts = new long[2];
        long read = table.scanFirstParts(plan, item -> {
            Optional<EventSummary> event = summary(item);
            if (event.isEmpty()) {
                counts[1]++;
            } else if (!event.get().arrivedAt().isBefore(since)) {
                counts[0]++;
                visitor.accept(event.get());
            }
            return true;
        });
        return new Seen(counts[0], counts[1], read);
    }

    /** Returns the summary of an item; empty if the writer did not store it. */
    static Optional<EventSummary> summary(Item item) {
        try {
            return Optional.of(EventSummary.of(item.text(ItemLayout.EVENT_ID).orElse(""), ItemDecoder.metadata(item)));
        } catch (ItemFormatException foreign) {
            return Optional.empty();
        }
    }
}
