package dev.ingestkit.cli.send;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Fills in {@code {n}} (the event's number), {@code {uuid}} (version 7), {@code {time}} (ISO-8601, UTC) and {@code
 * {random}} (a whole number below 2^31). Any other text in braces stays as it is.
 */
public final class Placeholders {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{(n|uuid|time|random|id)}");

    private final Clock clock;
    private final RandomGenerator random;

    public Placeholders(Clock clock, RandomGenerator random) {
        this.clock = requireNonNull(clock, "clock");
        this.random = requireNonNull(random, "random");
    }

    /** The text for the event of that number. */
    public String fill(String template, long number) {
        return fill(template, number, "{id}");
    }

    /** The same, with {@code {id}} as well. */
    String fill(String template, long number, String id) {
        Matcher matcher = PLACEHOLDER.matcher(template);
        return matcher.replaceAll(found -> Matcher.quoteReplacement(
                switch (found.group(1)) {
                    case "n" -> Long.toString(number);
                    case "uuid" -> uuid().toString();
                    case "time" -> clock.instant().toString();
                    case "id" -> id;
                    default -> Integer.toString(random.nextInt(Integer.MAX_VALUE));
                }));
    }

    /** A UUID of version 7 (RFC 9562): in the order of time, so that ids made later sort later. */
    UUID uuid() {
        long millis = clock.millis();
        long high = (millis << 16) | 0x7000L | (random.nextLong() & 0x0FFFL);
        long low = (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }
}
