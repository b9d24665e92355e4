package dev.ingestkit.local.table.expression;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;

/**
 * The words that no expression may use as an attribute name without an alias.
 *
 * @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ReservedWords.html">Reserved words</a>
 */
final class ReservedWords {
    private static final int MAX_LENGTH = 14;
    private static final Set<String> WORDS = load();

    private ReservedWords() {}

    private static Set<String> load() {
        try (InputStream in = ReservedWords.class.getResourceAsStream("reserved-words.txt")) {
            if (in == null) {
                throw new IllegalStateException("reserved-words.txt is missing beside " + ReservedWords.class);
            }
            String text = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
            return Set.of(text.trim().split("\\s+"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns whether the name is reserved, in any case of its letters. */
    static boolean contains(String name) {
        return name.length() <= MAX_LENGTH && WORDS.contains(name.toUpperCase(Locale.ROOT));
    }

    static int count() {
        return WORDS.size();
    }
}
