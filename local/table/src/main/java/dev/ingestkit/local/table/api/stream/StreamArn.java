package dev.ingestkit.local.table.api.stream;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The table and label that a stream's ARN names. */
record StreamArn(String table, String label) {
    private static final Pattern FORM =
            Pattern.compile("arn:aws[a-z-]*:dynamodb:[a-z0-9-]*:\\d{12}:table/([a-zA-Z0-9_.-]{3,255})/stream/(.+)");

    static @Nullable StreamArn parse(String text) {
        Matcher matcher = FORM.matcher(text);
        return matcher.matches() ? new StreamArn(matcher.group(1), matcher.group(2)) : null;
    }
}
