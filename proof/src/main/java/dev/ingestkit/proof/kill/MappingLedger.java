package dev.ingestkit.proof.kill;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.events.Json;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/**
 * Changes an event source mapping that it has created, and now and then deletes it and creates another one. For one
 * thread.
 */
final class MappingLedger implements Ledger {

    private static final String STREAM = "mapped-by-client";
    private static final int STEPS_OF_A_MAPPING = 25;
    private static final int MAX_BATCH = 10_000;

    private final LocalCalls calls;
    private final String function;
    private final String streamArn;
    private final Set<String> deletionTried = new TreeSet<>();
    private final Set<String> deleted = new TreeSet<>();
    private String uuid = "";
    private int steps;
    private int tried;
    private int acknowledged;

    /**
     * Creates a stream for the mappings.
     *
     * @param function the name of a function
     */
    MappingLedger(LocalCalls calls, KinesisClient kinesis, String function) {
        this.calls = requireNonNull(calls, "calls");
        this.function = requireNonNull(function, "function");
        kinesis.createStream(request -> request.streamName(STREAM).shardCount(1));
        this.streamArn = "arn:aws:kinesis:us-east-1:000000000000:stream/" + STREAM;
    }

    private static ObjectNode object() {
        return Json.mapper().createObjectNode();
    }

    @Override
    public void step() {
        if (uuid.isEmpty()) {
            create();
        } else if (++steps % STEPS_OF_A_MAPPING == 0) {
            deletionTried.add(uuid);
            calls.mappings("DELETE", uuid, object());
            deleted.add(uuid);
            uuid = "";
        } else if (!deletionTried.contains(uuid)) {
            tried = steps % MAX_BATCH + 1;
            calls.mappings("PUT", uuid, object().put("BatchSize", tried));
            acknowledged = tried;
        } else {
            uuid = "";
        }
    }

    private void create() {
        tried = steps % MAX_BATCH + 1;
        JsonNode created = calls.mappings(
                "POST",
                "",
                object().put("EventSourceArn", streamArn)
                        .put("FunctionName", function)
                        .put("StartingPosition", "LATEST")
                        .put("BatchSize", tried));
        uuid = created.path("UUID").textValue();
        acknowledged = tried;
    }

    @Override
    public void close(List<String> broken) {
        boolean found = false;
        for (JsonNode mapping : all().path("EventSourceMappings")) {
            String id = mapping.path("UUID").textValue();
            int size = mapping.path("BatchSize").intValue();
            if (deleted.contains(id)) {
                broken.add("the mapping %s was deleted and is there again".formatted(id));
            }
            if (id.equals(uuid)) {
                found = true;
                if (size != acknowledged && size != tried) {
                    broken.add("the mapping's batch size is %d; %d was acknowledged and %d tried"
                            .formatted(size, acknowledged, tried));
                }
            }
        }
        if (!found && !uuid.isEmpty() && !deletionTried.contains(uuid)) {
            broken.add("the mapping %s was acknowledged and is missing".formatted(uuid));
        }
    }

    private JsonNode all() {
        try {
            return calls.mappings("GET", "?EventSourceArn=" + streamArn, object());
        } catch (SdkException unanswered) {
            return all();
        }
    }

    @Override
    public String toString() {
        return "%d changes of mappings, %d deleted".formatted(steps, deleted.size());
    }
}
