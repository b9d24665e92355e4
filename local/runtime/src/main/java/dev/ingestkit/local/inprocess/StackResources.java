package dev.ingestkit.local.inprocess;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ingestkit.local.events.Json;
import dev.ingestkit.local.protocol.ServiceException;
import dev.ingestkit.local.store.Batch;
import dev.ingestkit.local.store.ByteCursor;
import dev.ingestkit.local.store.Store;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The resources of the template that a data directory was last used with: distinguishes a changed template from a
 * resource that a client has changed, and what became of each resource. Used by one thread at the start of a runtime.
 */
public final class StackResources {

    private static final String RESOURCES = "stack/resources";

    private final Store store;
    private final boolean firstRun;
    private final Map<String, JsonNode> before = new TreeMap<>();
    private final Set<String> seen = new HashSet<>();
    private final List<String> changes = new ArrayList<>();

    /** Reads the resources of the last run. */
    public StackResources(Store store) {
        this.store = requireNonNull(store, "store");
        this.firstRun = store.map(RESOURCES).size() == 0;
        ByteCursor cursor = store.map(RESOURCES).all();
        while (cursor.next()) {
            before.put(new String(cursor.key(), StandardCharsets.UTF_8), parsed(cursor.value()));
        }
    }

    private static JsonNode parsed(byte[] properties) {
        return Json.stored(properties, "a resource");
    }

    /** Applies the changed properties of a resource that exists. */
    @FunctionalInterface
    public interface Update {
        void apply(JsonNode before, JsonNode now);
    }

    /**
     * Creates a resource, or keeps it with its data and applies the template's changes.
     *
     * @param kind as people call it, such as {@code stream}
     * @param exists whether the resource is among the data
     */
    public void resource(
            String kind, String name, JsonNode properties, boolean exists, Runnable create, Update update) {
        String key = kind + " " + name;
        Optional<JsonNode> last = Optional.ofNullable(before.remove(key));
        if (!exists || !seen.add(key)) {
            create.run();
            if (!firstRun) {
                changes.add("%s was added".formatted(key));
            }
        } else if (last.isPresent()
                && !last.get().equals(properties)
                && !updated(key, last.get(), properties, update)) {
            return;
        }
        if (last.isEmpty() || !last.get().equals(properties)) {
            store.commit(new Batch()
                    .put(
                            RESOURCES,
                            key.getBytes(StandardCharsets.UTF_8),
                            properties.toString().getBytes(StandardCharsets.UTF_8)));
        }
    }

    /**
     * Applies a change; a change that the service refuses leaves the resource as it was, for the next start to try
     * again.
     */
    private boolean updated(String key, JsonNode last, JsonNode properties, Update update) {
        String difference = difference(key, last, properties);
        try {
            update.apply(last, properties);
        } catch (ServiceException refused) {
            changes.add("%s cannot be changed and stays as it was (%s): %s"
                    .formatted(key, difference, refused.getMessage()));
            return false;
        }
        changes.add("%s was changed and keeps its data: %s".formatted(key, difference));
        return true;
    }

    private static String difference(String key, JsonNode before, JsonNode now) {
        Set<String> members = new LinkedHashSet<>();
        before.fieldNames().forEachRemaining(members::add);
        now.fieldNames().forEachRemaining(members::add);
        List<String> differences = new ArrayList<>();
        for (String member : members) {
            if (!before.path(member).equals(now.path(member))) {
                differences.add(
                        key.startsWith("secret ")
                                ? member
                                : "%s %s → %s".formatted(member, shown(before.path(member)), shown(now.path(member))));
            }
        }
        return String.join(", ", differences);
    }

    private static String shown(JsonNode value) {
        return value.isMissingNode() ? "(none)" : value.isValueNode() ? value.asText() : value.toString();
    }

    /** Reports the resources that the template no longer has, and returns all changes, one line each. */
    public List<String> finish() {
        for (String gone : before.keySet()) {
            changes.add(
                    "%s is no longer in the template; it is kept with its data until it is deleted by its service's API"
                            .formatted(gone));
        }
        return List.copyOf(changes);
    }
}
