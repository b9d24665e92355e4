package dev.ingestkit.local.console.event;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The conditions of a search, all of which hold for each event found. Immutable.
 *
 * <ul>
 * <li>{@code text}: part of an id, the reason or the sequence number, in any letter case
 * <li>{@code id}, {@code shard}, {@code queue}: the whole value; a queue's message has its own id and those in its body
 * <li>{@code state}: one or more states, separated by commas
 * <li>{@code reason}: part of the reason
 * <li>{@code payload}: part of the record's bytes or of the message's body, which are read for a limited number of events; see
 * {@link PayloadSearch}
 * <li>{@code from}, {@code to}: the arrival, ISO 8601 or milliseconds since 1970
 * <li>{@code before}: a number of an event: only older events, for the next page
 * <li>{@code limit}: 1 to 1,000 events, 200 without it
 * </ul>
 */
final class EventQuery {

    static final int DEFAULT_LIMIT = 200;
    static final int MAX_LIMIT = 1_000;

    private static final Set<String> KNOWN = Set.of(
            "text", "id", "shard", "queue", "state", "reason", "payload", "from", "to", "before", "after", "limit");

    private final Map<String, String> values;
    private final Set<EventState> states = EnumSet.noneOf(EventState.class);
    private final @Nullable Instant from;
    private final @Nullable Instant to;
    private final long before;
    private final int limit;
    private final String text;
    private final boolean digits;
    private final String reason;
    /** The conditions on values that an event never changes. */
    private final Predicate<TrackedEvent> fixed;

    private EventQuery(Map<String, String> values) {
        this.values = values;
        for (String label : values.getOrDefault("state", "").split(",", -1)) {
            if (!label.isBlank()) {
                states.add(EventState.of(label.strip()).orElseThrow(() -> notAState(label)));
            }
        }
        this.from = instant("from");
        this.to = instant("to");
        this.before = number("before", Long.MAX_VALUE);
        this.limit = (int) number("limit", DEFAULT_LIMIT);
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new IllegalArgumentException("limit must be 1 to %d, found '%d'".formatted(MAX_LIMIT, limit));
        }
        this.text = values.getOrDefault("text", "").toLowerCase(Locale.ROOT);
        this.digits = !text.isEmpty() && text.chars().allMatch(digit -> digit >= '0' && digit <= '9');
        this.reason = values.getOrDefault("reason", "").toLowerCase(Locale.ROOT);
        this.fixed = fixed(values, from, to);
    }

    /**
     * Reads a request's query.
     *
     * @throws IllegalArgumentException if a parameter is unknown or its value is invalid; the message names it
     */
    static EventQuery parse(String rawQuery) {
        Map<String, String> values = new HashMap<>();
        for (String pair : rawQuery.split("&", -1)) {
            if (pair.isEmpty()) {
                continue;
            }
            int equals = pair.indexOf('=');
            String name = decode(equals < 0 ? pair : pair.substring(0, equals));
            if (!KNOWN.contains(name)) {
                throw new IllegalArgumentException("'%s' is not a parameter of a search; allowed are %s"
                        .formatted(name, String.join(", ", KNOWN)));
            }
            values.put(name, equals < 0 ? "" : decode(pair.substring(equals + 1)));
        }
        return new EventQuery(values);
    }

    int limit() {
        return limit;
    }

    long before() {
        return before;
    }

    /** Returns the number in {@code after}, from which a follower resumes. */
    Optional<Long> after() {
        return values.containsKey("after") ? Optional.of(number("after", 0)) : Optional.empty();
    }

    /** Returns the text that payloads must hold; empty if any payload will do. */
    String payload() {
        return values.getOrDefault("payload", "");
    }

    /** Returns the conditions on an event, without {@code payload}, {@code before} and {@code limit}. */
    Predicate<TrackedEvent> condition() {
        return fixed.and(this::holdsNow);
    }

    /** Returns whether an event does not match, but may have matched before its state or its reason changed. */
    boolean mayHaveMatched(TrackedEvent event) {
        return !holdsNow(event)
                && fixed.test(event)
                && (event.hadReason() || (reason.isEmpty() && (text.isEmpty() || hasFixedText(event))));
    }

    /** Returns whether an event meets all conditions but the one on its body, which is known for a while only. */
    boolean mayHaveLostBody(TrackedEvent event) {
        return event.message != null && !payload().isEmpty() && condition().test(event);
    }

    /** Returns whether an event meets the conditions on its state and its reason, which change, and on its text. */
    private boolean holdsNow(TrackedEvent event) {
        return (states.isEmpty() || states.contains(event.state()))
                && (reason.isEmpty() || holds(event.reason(), reason))
                && (text.isEmpty() || hasFixedText(event) || holds(event.reason(), text));
    }

    private static Predicate<TrackedEvent> fixed(
            Map<String, String> values, @Nullable Instant from, @Nullable Instant to) {
        Predicate<TrackedEvent> all = event -> true;
        String id = values.get("id");
        if (id != null) {
            all = all.and(event -> event.id.equals(id) || (event.message != null && event.message.isNamed(id)));
        }
        String shard = values.get("shard");
        if (shard != null) {
            all = all.and(event -> event.shardId.equals(shard));
        }
        String queue = values.get("queue");
        if (queue != null) {
            all = all.and(event -> event.message != null && event.message.isFrom(queue));
        }
        if (from != null) {
            all = all.and(event -> !event.at.isBefore(from));
        }
        if (to != null) {
            all = all.and(event -> event.at.isBefore(to));
        }
        return all;
    }

    /** Returns whether an event's id or sequence number holds the text; neither changes. */
    private boolean hasFixedText(TrackedEvent event) {
        return event.foldedId.contains(text)
                || (digits
                        && event.sequenceNumber != null
                        && event.sequenceNumber.text().contains(text));
    }

    /** Returns whether a value holds a lower-case text, without a copy of the value: a search asks 100,000 times. */
    private static boolean holds(@Nullable String value, String part) {
        if (value == null) {
            return false;
        }
        for (int at = 0; at <= value.length() - part.length(); at++) {
            if (value.regionMatches(true, at, part, 0, part.length())) {
                return true;
            }
        }
        return false;
    }

    private static IllegalArgumentException notAState(String label) {
        StringBuilder allowed = new StringBuilder();
        for (EventState state : EventState.values()) {
            allowed.append(allowed.isEmpty() ? "" : ", ").append(state.label());
        }
        return new IllegalArgumentException("'%s' is not a state; allowed are %s".formatted(label, allowed));
    }

    private long number(String name, long missing) {
        String value = values.get(name);
        if (value == null || value.isEmpty()) {
            return missing;
        }
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException notNumber) {
            throw new IllegalArgumentException(
                    "%s must be a whole number, found '%s'".formatted(name, value), notNumber);
        }
    }

    private @Nullable Instant instant(String name) {
        String value = values.get(name);
        if (value == null || value.isEmpty()) {
            return null;
        }
        try {
            return value.chars().allMatch(Character::isDigit)
                    ? Instant.ofEpochMilli(Long.parseLong(value))
                    : Instant.parse(value);
        } catch (DateTimeParseException | NumberFormatException malformed) {
            throw new IllegalArgumentException(
                    "%s must be a time such as 2026-01-31T10:00:00Z, or milliseconds since 1970, found '%s'"
                            .formatted(name, value),
                    malformed);
        }
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
