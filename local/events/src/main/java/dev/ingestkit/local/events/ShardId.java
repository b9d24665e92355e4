package dev.ingestkit.local.events;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A shard's identifier in its stream, {@code shardId-000000000003}. Immutable; ordered by index, which is the order of
 * creation.
 *
 * @param index from 0, at most twelve digits
 * @see <a href="https://docs.aws.amazon.com/kinesis/latest/APIReference/API_Shard.html">Shard</a>
 */
public record ShardId(long index) implements Comparable<ShardId> {

    private static final long MAX_INDEX = 999_999_999_999L;
    private static final String PADDED = "shardId-000000000000";
    private static final Pattern CANONICAL = Pattern.compile("shardId-(\\d{12})");
    private static final Pattern LENIENT = Pattern.compile("(?:[a-zA-Z0-9_.]*-)?(\\d{1,12})");

    public ShardId {
        if (index < 0 || index > MAX_INDEX) {
            throw new IllegalArgumentException("a shard's index must be 0 to %d: %d".formatted(MAX_INDEX, index));
        }
    }

    /**
     * Reads an identifier as Kinesis writes it.
     *
     * @throws IllegalArgumentException if the text is not one
     */
    public static ShardId parse(String text) {
        return match(CANONICAL, text)
                .orElseThrow(() -> new IllegalArgumentException(
                        "'%s' is not a shard id: expected shardId- with twelve digits".formatted(text)));
    }

    /**
     * Reads an identifier as Kinesis accepts it: with fewer digits, another prefix or none ({@code shardId-3}, {@code
     * shard-3}, {@code 3}); empty for anything else.
     */
    public static Optional<ShardId> tryParse(String text) {
        return match(LENIENT, text);
    }

    private static Optional<ShardId> match(Pattern form, String text) {
        Matcher matcher = form.matcher(text);
        return matcher.matches() ? Optional.of(new ShardId(Long.parseLong(matcher.group(1)))) : Optional.empty();
    }

    /** Returns the short form for display, {@code shard-3}. */
    public String label() {
        return "shard-" + index;
    }

    @Override
    public int compareTo(ShardId other) {
        return Long.compare(index, other.index);
    }

    /** Returns the identifier as Kinesis writes it. */
    @Override
    public String toString() {
        // Not by String.format: the text is built for every record put.
        String digits = Long.toString(index);
        return PADDED.substring(0, PADDED.length() - digits.length()) + digits;
    }
}
