package dev.ingestkit.local.table.partiql;

import dev.ingestkit.local.table.error.TableException;
import dev.ingestkit.local.table.item.Item;
import dev.ingestkit.local.table.item.ItemJson;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** The NextToken of a SELECT: the key of the last item evaluated, for the same statement only. */
final class NextToken {
    private static final char SEPARATOR = ':';

    private NextToken() {}

    static String of(Item lastKey, String statement) {
        String text = Integer.toHexString(statement.hashCode()) + SEPARATOR + ItemJson.text(lastKey);
        return Base64.getUrlEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Returns the key after which to continue, or null without a token. */
    static @Nullable Item key(@Nullable String token, String statement) {
        if (token == null) {
            return null;
        }
        try {
            String text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
            int separator = text.indexOf(SEPARATOR);
            if (separator > 0 && text.substring(0, separator).equals(Integer.toHexString(statement.hashCode()))) {
                return ItemJson.item(text.substring(separator + 1));
            }
        } catch (IllegalArgumentException | UncheckedIOException | TableException e) {
            throw invalid();
        }
        throw invalid();
    }

    private static TableException invalid() {
        return TableException.validation("NextToken does not match request");
    }
}
