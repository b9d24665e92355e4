package dev.ingestkit.local.template.api;

import dev.ingestkit.local.template.spec.RuntimeNames;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns the URL of an API on AWS into its local URL, so that one template serves both. */
public final class ApiUrls {

    private static final Pattern ON_AWS =
            Pattern.compile("https?://([A-Za-z0-9-]+)\\.execute-api\\.[a-z0-9-]+\\.amazonaws\\.com(\\.cn)?");

    private final RuntimeNames names;
    private final List<String> ids;

    /** @param ids the ids of the stack's own APIs */
    public ApiUrls(RuntimeNames names, List<String> ids) {
        this.names = names;
        this.ids = List.copyOf(ids);
    }

    /** Returns the text with the URLs of this stack's own APIs replaced; others stay. */
    public String local(String text) {
        if (!text.contains(".execute-api.")) {
            return text;
        }
        String base = names.endpoint().toString().replaceFirst("/+$", "") + "/_aws/execute-api/";
        return ON_AWS.matcher(text)
                .replaceAll(match ->
                        Matcher.quoteReplacement(ids.contains(match.group(1)) ? base + match.group(1) : match.group()));
    }
}
