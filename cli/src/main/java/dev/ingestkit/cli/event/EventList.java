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
 * Lists stored events. The table has no order of time, so the latest ones are found by reading all first parts, of
 * which only as many as are shown are held. Thread-safe; visitors are called by the calling thread.
 */
public final class EventList {

    private static final Comparator<EventSummary> OLDEST_FIRST =
            Comparator.comparing(EventSummary::arrivedAt).thenComparing(EventSummary::sequenceNumber);

    private final EventTable table;
    private final TableScan.Plan plan;

    /** Reads strongly consistent. */
    public EventList(EventTable table) {
        this(table, TableScan.Plan.CONSISTENT);
    }

    public EventList(EventTable table, TableScan.Plan plan) {
        this.table = requireNonNull(table, "table");
        this.plan = requireNonNull(plan, "plan");
    }

    /**
     * How a listing ended.
     *
     * @param matched how many events there are in the time asked for
     * @param foreign items that the writer did not put there
     * @param read how many items were read for it
     */
    public record Seen(long matched, long foreign, long read) {}

    /**
     * Visits the latest events, the newest first.
     *
     * @param limit how many at most
     * @param since none that arrived earlier; {@link Instant#MIN} for all
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

    /** Visits all events as the table gives them; none is held. */
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

    /** Empty for an item that the writer did not put there. */
    static Optional<EventSummary> summary(Item item) {
        try {
            return Optional.of(EventSummary.of(item.text(ItemLayout.EVENT_ID).orElse(""), ItemDecoder.metadata(item)));
        } catch (ItemFormatException foreign) {
            return Optional.empty();
        }
    }
}
