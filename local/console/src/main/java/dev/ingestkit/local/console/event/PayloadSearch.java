package dev.ingestkit.local.console.event;

import dev.ingestkit.local.events.SequenceNumber;
import dev.ingestkit.local.journal.RecentFailures;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Finds a text in the payloads of events, in any letter case of ASCII: in a record's bytes, in a message's body. One search
 * reads at most {@value #MAX_RECORDS} of them and {@value #MAX_BYTES} bytes, of the events that it is asked about first; it
 * counts the others, and those whose payload is not held, and matches none of them. Not thread-safe.
 */
final class PayloadSearch implements Predicate<TrackedEvent> {

    static final int MAX_RECORDS = 10_000;
    static final long MAX_BYTES = 32L * 1024 * 1024;

    private static final int CASE = 'a' - 'A';

    private final byte[] part;
    private final EventFeed.Lookup lookup;
    private final KnownBodies bodies;
    private int records;
    private long bytes;
    private int unsearched;
    private int unheld;

    /**
     * Creates a search.
     *
     * @param text empty to match each event without reading its payload
     */
    PayloadSearch(String text, EventFeed.Lookup lookup, RecentFailures failures) {
        this.part = text.getBytes(StandardCharsets.UTF_8);
        this.lookup = lookup;
        this.bodies = new KnownBodies(lookup, failures);
        for (int at = 0; at < part.length; at++) {
            part[at] = folded(part[at]);
        }
    }

    @Override
    public boolean test(TrackedEvent event) {
        if (part.length == 0) {
            return true;
        }
        if (records >= MAX_RECORDS || bytes + bodies.parsedBytes() >= MAX_BYTES) {
            unsearched++;
            return false;
        }
        records++;
        Optional<byte[]> payload = payload(event);
        if (payload.isEmpty()) {
            unheld++;
            return false;
        }
        bytes += payload.get().length;
        return isIn(payload.get());
    }

    private Optional<byte[]> payload(TrackedEvent event) {
        SequenceNumber number = event.sequenceNumber;
        if (number != null) {
            return lookup.payload(event.stream, event.shardId, number);
        }
        MessageOrigin message = event.message;
        return message == null
                ? Optional.empty()
                : bodies.of(event, message).map(body -> body.getBytes(StandardCharsets.UTF_8));
    }

    /** Returns the number of events whose payloads were not read because of the limits. */
    int unsearched() {
        return unsearched;
    }

    /** Returns the number of events whose payloads are not held: of a rejected request it never was. */
    int unheld() {
        return unheld;
    }

    private boolean isIn(byte[] payload) {
        for (int start = 0; start <= payload.length - part.length; start++) {
            int at = 0;
            while (at < part.length && folded(payload[start + at]) == part[at]) {
                at++;
            }
            if (at == part.length) {
                return true;
            }
        }
        return false;
    }

    private static byte folded(byte letter) {
        return letter >= 'A' && letter <= 'Z' ? (byte) (letter + CASE) : letter;
    }
}
