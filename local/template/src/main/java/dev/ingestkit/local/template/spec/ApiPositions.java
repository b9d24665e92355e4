package dev.ingestkit.local.template.spec;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.local.template.model.Location;
import java.util.Map;

/**
 * The positions in a template that the parts of an API's document come from. Immutable.
 *
 * @param api the API's own position, for parts that have none
 * @param byPath positions by path in the document, {@code $.paths['/a'].get}
 */
public record ApiPositions(Location api, Map<String, Location> byPath) {

    public ApiPositions {
        requireNonNull(api, "api");
        byPath = Map.copyOf(byPath);
    }

    /** Returns the path of a member, in the spelling of the gateway's messages. */
    public static String member(String path, String name) {
        boolean isPlain =
                !name.isEmpty() && name.chars().allMatch(c -> Character.isLetterOrDigit(c) || c == '_' || c == '-');
        return isPlain ? path + "." + name : path + "['" + name + "']";
    }

    /** Returns the position of a path, or of the nearest part around it. */
    public Location of(String path) {
        String around = path;
        while (!around.isEmpty()) {
            Location found = byPath.get(around);
            if (found != null) {
                return found;
            }
            around = parent(around);
        }
        return api;
    }

    private static String parent(String path) {
        int step = path.endsWith("']")
                ? path.lastIndexOf("['")
                : Math.max(path.lastIndexOf('.'), path.endsWith("]") ? path.lastIndexOf('[') : -1);
        return step <= 0 ? "" : path.substring(0, step);
    }
}
