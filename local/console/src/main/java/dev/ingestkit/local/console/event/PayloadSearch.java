package dev.ingestkit.local.console.event;

import dev.ingestkit.local.events.SequenceNumber;
import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;

/**
 * Finds a text in the payloads of events, in any letter case of ASCII. One search reads at most {@value #MAX_RECORDS}
 * records and {@value #MAX_BYTES} bytes, of the events that it is asked about first; it counts the others and matches
 * none of them. Not thread-safe.
 */
final class PayloadSearch implements Predicate<TrackedEvent> {

    static final int MAX_RECORDS = 10_000;
    static final long MAX_BYTES = 32L * 1024 * 1024;

    private static final int CASE = 'a' - 'A';

    private final byte[] part;
    private final EventFeed.Lookup lookup;
    private int records;
    private long bytes;
    private int unsearched;

    /**
     * Creates a search.
     *
     * @param text empty to match each event without reading its payload
     */
    PayloadSearch(String text, EventFeed.Lookup lookup) {
        this.part = text.getBytes(StandardCharsets.UTF_8);
        this.lookup = lookup;
        for (int at = 0; at < part.length; at++) {
            part[at] = folded(part[at]);
        }
    }

    @Override
    public boolean test(TrackedEvent event) {
        SequenceNumber number = event.sequenceNumber;
        if (part.length == 0) {
            return true;
        }
        if (number == null) {
            return false;
        }
        if (records >= MAX_RECORDS || bytes >= MAX_BYTES) {
            unsearched++;
            return false;
        }
        records++;
        bytes += event.bytes;
        return lookup.payload(event.stream, event.shardId, number)
                .map(this::isIn)
                .orElse(false);
    }

    /** Returns the number of events whose payloads were not read because of the limits. */
    int unsearched() {
        return unsearched;
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
