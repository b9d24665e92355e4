package dev.ingestkit.local.pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.events.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Event patterns over an event with one member of text, which a pattern sees as JSON when it asks for members of it and
 * as text when it asks for its value. As on AWS an event whose text is not of the kind that a pattern asks for does not
 * match it. Immutable.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/with-sqs-filtering.html">Filtering of SQS messages</a>
 */
public final class PatternFilter {

    private static final ObjectMapper JSON = Json.exactMapper();

    private record Filter(EventPattern pattern, boolean needsJson) {}

    private final List<Filter> filters;
    private final String member;

    private PatternFilter(List<Filter> filters, String member) {
        this.filters = List.copyOf(filters);
        this.member = member;
    }

    /**
     * Reads patterns.
     *
     * @param member the event's member of text; empty for events that have none
     * @throws IllegalArgumentException for a pattern that AWS rejects, with its reason
     */
    public static PatternFilter compile(List<String> patterns, String member) {
        List<Filter> filters = new ArrayList<>(patterns.size());
        for (String pattern : patterns) {
            filters.add(filter(pattern, member));
        }
        return new PatternFilter(filters, member);
    }

    private static Filter filter(String pattern, String member) {
        try {
            JsonNode tree = JSON.readTree(pattern);
            return new Filter(EventPattern.parse(tree), asksForMembers(tree, member));
        } catch (IOException malformed) {
            throw new IllegalArgumentException(malformed.getMessage(), malformed);
        }
    }

    private static boolean asksForMembers(JsonNode tree, String member) {
        if (tree.path(member).isObject()) {
            return true;
        }
        for (JsonNode alternative : tree.path("$or")) {
            if (asksForMembers(alternative, member)) {
                return true;
            }
        }
        return false;
    }

    /** Returns whether an event passes: any pattern matches it, or there are none. */
    public boolean passes(ObjectNode event) {
        if (filters.isEmpty()) {
            return true;
        }
        ObjectNode parsed = null;
        for (Filter filter : filters) {
            if (!filter.needsJson()) {
                if (filter.pattern().matches(event)) {
                    return true;
                }
                continue;
            }
            if (parsed == null) {
                parsed = parsed(event);
            }
            if (parsed.path(member).isObject() && filter.pattern().matches(parsed)) {
                return true;
            }
        }
        return false;
    }

    private ObjectNode parsed(ObjectNode event) {
        ObjectNode parsed = event.deepCopy();
        try {
            parsed.set(member, JSON.readTree(event.path(member).asText()));
        } catch (IOException notJson) {
            parsed.remove(member);
        }
        return parsed;
    }
}
