package dev.ingestkit.local.table.api.request;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks names of tables, in whose place DynamoDB also takes the table's ARN. Stateless. */
public final class TableNames {
    /** The minimum length of a name, in characters. */
    public static final int MIN_LENGTH = 3;

    /** The maximum length of a name, in characters. */
    public static final int MAX_LENGTH = 255;

    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_.-]+");
    private static final Pattern ARN =
            Pattern.compile("arn:aws[a-z-]*:dynamodb:[a-z0-9-]*:\\d{12}:table/([a-zA-Z0-9_.-]{3,255})");

    private TableNames() {}

    /** Returns whether the text is the ARN of a table. */
    public static boolean isArn(String text) {
        return text.startsWith("arn:") && ARN.matcher(text).matches();
    }

    /** Returns the table's name: the text itself, or what follows {@code table/} in an ARN. */
    public static String plain(String text) {
        if (!text.startsWith("arn:")) {
            return text;
        }
        Matcher matcher = ARN.matcher(text);
        return matcher.matches() ? matcher.group(1) : text;
    }

    /** Returns whether the text is a well-formed name or ARN. */
    public static boolean isValid(String text) {
        return firstError(text, "") == null;
    }

    /** Returns whether the characters are those of a name. */
    public static boolean hasNameCharacters(String text) {
        return NAME.matcher(text).matches();
    }

    /** Returns the first constraint that a name breaks, its length before its characters, or null. */
    public static @Nullable String firstError(String name, String path) {
        if (isArn(name)) {
            return null;
        }
        if (name.length() < MIN_LENGTH) {
            return Violations.text(name, path, "Member must have length greater than or equal to " + MIN_LENGTH);
        }
        if (name.length() > MAX_LENGTH) {
            return Violations.text(name, path, "Member must have length less than or equal to " + MAX_LENGTH);
        }
        return hasNameCharacters(name)
                ? null
                : Violations.text(name, path, "Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+");
    }
}
