package dev.ingestkit.local.lambda;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.events.Json;
import dev.ingestkit.local.mapping.MappingConfig;
import dev.ingestkit.local.mapping.queue.QueueMappingConfig;
import dev.ingestkit.local.protocol.AwsInput;
import dev.ingestkit.local.store.Batch;
import dev.ingestkit.local.store.ByteCursor;
import dev.ingestkit.local.store.Store;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps in a store what clients do to event source mappings: those that they create, and how they change or delete a
 * template's. A template's mapping is as the client left it until the template changes it, as with CloudFormation.
 * Without a store nothing is kept. Thread-safe.
 */
public final class MappingStorage {

    /** Keeps nothing: changes end with the process. */
    public static final MappingStorage NONE = new MappingStorage(null);

    private static final Logger LOG = LoggerFactory.getLogger(MappingStorage.class);
    private static final String MAPPINGS = "lambda/mappings";
    private static final String MAPPING = "mapping";
    private static final String TEMPLATE = "template";

    private final @Nullable Store store;
    /** The template's mappings of this process. */
    private final Map<String, ObjectNode> templates = new HashMap<>();

    private MappingStorage(@Nullable Store store) {
        this.store = store;
    }

    public static MappingStorage in(Store store) {
        return new MappingStorage(requireNonNull(store, "store"));
    }

    /** Returns a template's mapping as clients have left it; empty if they have deleted it. */
    Optional<MappingConfig> ofTemplate(MappingConfig config) {
        return ofTemplate(config.uuid(), MappingCodec.keep(config))
                .map(kept -> kept.isEmpty() ? config : MappingCodec.kept(new AwsInput(kept)));
    }

    /** Returns a template's mapping as clients have left it; empty if they have deleted it. */
    Optional<QueueMappingConfig> ofTemplate(QueueMappingConfig config) {
        return ofTemplate(config.uuid(), QueueMappingActions.keep(config))
                .map(kept -> kept.isEmpty() ? config : QueueMappingActions.kept(new AwsInput(kept)));
    }

    /** Returns an empty object for a mapping that is as in the template. */
    private synchronized Optional<JsonNode> ofTemplate(String uuid, ObjectNode template) {
        if (store == null) {
            return Optional.of(Json.mapper().createObjectNode());
        }
        templates.put(uuid, template);
        byte[] bytes = store.map(MAPPINGS).get(bytes(uuid));
        JsonNode kept = bytes == null ? Json.mapper().createObjectNode() : parsed(bytes);
        if (bytes != null && !kept.path(TEMPLATE).equals(parsed(bytes(template.toString())))) {
            forget(uuid);
            return Optional.of(Json.mapper().createObjectNode());
        }
        return bytes == null
                ? Optional.of(kept)
                : Optional.of(kept.path(MAPPING)).filter(JsonNode::isObject);
    }

    void changed(MappingConfig config) {
        changed(config.uuid(), MappingCodec.keep(config));
    }

    void changed(QueueMappingConfig config) {
        changed(config.uuid(), QueueMappingActions.keep(config));
    }

    private synchronized void changed(String uuid, @Nullable ObjectNode mapping) {
        if (store == null) {
            return;
        }
        ObjectNode kept = Json.mapper().createObjectNode();
        kept.set(MAPPING, mapping);
        ObjectNode template = templates.get(uuid);
        if (template != null) {
            kept.set(TEMPLATE, template);
        }
        store.commit(new Batch().put(MAPPINGS, bytes(uuid), bytes(kept.toString())));
    }

    /** Keeps that a client has deleted a mapping. */
    synchronized void deleted(String uuid) {
        if (templates.containsKey(uuid)) {
            changed(uuid, null);
        } else {
            forget(uuid);
        }
    }

    /** Forgets the changes of a mapping, which is as in the template from now on. */
    synchronized void forget(String uuid) {
        if (store != null) {
            store.commit(new Batch().remove(MAPPINGS, bytes(uuid)));
        }
    }

    /** Returns the mappings of streams that clients have created, once the template's have been asked for. */
    List<MappingConfig> created() {
        return createdBy(false).stream().map(MappingCodec::kept).toList();
    }

    /** Returns the mappings of queues that clients have created, once the template's have been asked for. */
    List<QueueMappingConfig> createdOfQueues() {
        return createdBy(true).stream().map(QueueMappingActions::kept).toList();
    }

    private synchronized List<AwsInput> createdBy(boolean queues) {
        Map<String, JsonNode> all = new TreeMap<>();
        if (store != null) {
            for (ByteCursor cursor = store.map(MAPPINGS).all(); cursor.next(); ) {
                all.put(new String(cursor.key(), StandardCharsets.UTF_8), parsed(cursor.value()));
            }
        }
        all.forEach((uuid, kept) -> {
            if (kept.has(TEMPLATE) && !templates.containsKey(uuid)) {
                // The template no longer has the mapping.
                forget(uuid);
            }
        });
        return all.values().stream()
                .filter(kept -> !kept.has(TEMPLATE))
                .map(kept -> new AwsInput(kept.path(MAPPING)))
                .filter(mapping -> QueueMappingActions.isQueue(mapping) == queues)
                .toList();
    }

    /** Starts a client's mapping; one whose source is gone is kept, and reported. */
    static void start(String source, Runnable start) {
        try {
            start.run();
        } catch (IllegalArgumentException gone) {
            LOG.warn("the mapping of {} that a client created does not run: {}", source, gone.getMessage());
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static JsonNode parsed(byte[] json) {
        return Json.stored(json, "a mapping");
    }
}
