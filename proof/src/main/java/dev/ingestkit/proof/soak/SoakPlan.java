package dev.ingestkit.proof.soak;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

/**
 * The events of a run. Event {@code i} is derived from the plan alone, so the expected contents of the table need no
 * bookkeeping. Half of the events have an id of their own; the others are versions of {@code keys} ids. Immutable.
 *
 * @param events number of events
 * @param keys number of ids with several versions; a multiple of {@code senders}
 * @param senders number of sending threads; one thread sends all versions of an id, in order
 * @param poison share of events that are not JSON, put directly into the stream
 * @param large share of events near a size limit of items or records
 * @param seed the same seed yields the same events
 */
public record SoakPlan(int events, int keys, int senders, double poison, double large, long seed) {

    private static final int[] EDGES = {390_000, 409_300, 409_600, 410_000, 1_047_500};

    public SoakPlan {
        if (events < 1 || keys < 1 || senders < 1 || keys % senders != 0) {
            throw new IllegalArgumentException(
                    "keys must be a multiple of senders, all at least 1: %d events, %d keys, %d senders"
                            .formatted(events, keys, senders));
        }
    }

    /** The kinds of events. */
    public enum Kind {
        /** The only event with its id. */
        SINGLE,
        /** One of several versions of an id. */
        VERSION,
        /** Not JSON. */
        POISON
    }

    public Kind kind(int index) {
        if (index % 2 != 0) {
            return Kind.VERSION;
        }
        return random(index).nextDouble() < poison * 2 ? Kind.POISON : Kind.SINGLE;
    }

    /** Returns the event's id, which all versions of an id share. */
    public String id(int index) {
        return kind(index) == Kind.VERSION ? key(index / 2 % keys) : "single-" + index;
    }

    /** Returns the id with that number among the ids with several versions. */
    public String key(int number) {
        return "key-" + number;
    }

    /** Returns the event's version, from 1; 1 for an event with an id of its own. */
    public int version(int index) {
        return kind(index) == Kind.VERSION ? index / 2 / keys + 1 : 1;
    }

    /** Returns the last version of a key, 0 when the run is too short to send one. */
    public int lastVersion(int key) {
        int first = 2 * key + 1;
        return first >= events ? 0 : (events - 1 - first) / (2 * keys) + 1;
    }

    /** Returns the event's body. */
    public byte[] body(int index) {
        if (kind(index) == Kind.POISON) {
            return ("poison " + index + " {").getBytes(StandardCharsets.UTF_8);
        }
        SplittableRandom random = random(index);
        random.nextDouble();
        boolean edge = random.nextDouble() < large;
        int filling = edge ? EDGES[random.nextInt(EDGES.length)] : random.nextInt(200);
        return "{\"id\":\"%s\",\"version\":%d,\"number\":%d,\"filling\":\"%s\"}"
                .formatted(id(index), version(index), index, filling(random, filling, random.nextBoolean()))
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String filling(SplittableRandom random, int length, boolean compressible) {
        if (compressible) {
            return "lorem ipsum ".repeat(length / 12);
        }
        StringBuilder text = new StringBuilder(length);
        for (int at = 0; at < length; at++) {
            text.append((char) ('A' + random.nextInt(26) + (random.nextBoolean() ? 0 : 32)));
        }
        return text.toString();
    }

    private SplittableRandom random(int index) {
        return new SplittableRandom(seed * 0x9E3779B97F4A7C15L + index);
    }
}
