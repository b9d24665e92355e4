package dev.ingestkit.cli.capsule;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.cli.aws.AwsClients;
import dev.ingestkit.cli.aws.ControlClient;
import dev.ingestkit.local.capsule.Capsule;
import dev.ingestkit.local.events.Json;
import dev.ingestkit.local.journal.JournalEntry;
import dev.ingestkit.local.journal.JournalJson;
import java.util.List;
import java.util.function.Predicate;

/** What surrounds a failure: the function with its code, the mapping, the faults and the clock. Not thread-safe. */
final class CapsuleCircumstances {

    private final ControlClient control;
    private final AwsClients clients;
    private final JsonNode status;

    /** Reads a runtime's status. */
    CapsuleCircumstances(ControlClient control, AwsClients clients) {
        this.control = requireNonNull(control, "control");
        this.clients = requireNonNull(clients, "clients");
        this.status = control.status();
    }

    /** Returns a function with its logical id and the hash of its code. */
    Capsule.Source function(String name) {
        String hash = clients.lambda()
                .getFunctionConfiguration(request -> request.functionName(name))
                .codeSha256();
        return new Capsule.Source(logicalId(name), hash == null ? "" : hash);
    }

    private String logicalId(String function) {
        JsonNode resource = first(
                status.path("resources"),
                each -> each.path("type").asText().equals("AWS::Lambda::Function")
                        && each.path("physicalId").asText().equals(function));
        return resource.path("logicalId").asText(function);
    }

    /** Returns the mapping with an id; null in JSON if there is none. */
    JsonNode mapping(String uuid) {
        return first(status.path("mappings"), each -> each.path("uuid").asText().equals(uuid));
    }

    /** Returns the mapping from a source to a function; null in JSON if there is none. */
    JsonNode mapping(String source, String function) {
        return first(
                status.path("mappings"),
                each -> each.path("source").asText().equals(source)
                        && each.path("function").asText().split(":", -1)[0].equals(function));
    }

    /** Returns all circumstances as a capsule holds them. */
    ObjectNode of(List<JournalEntry> attempts, JsonNode mapping, String function) {
        ObjectNode all = Json.mapper().createObjectNode();
        ArrayNode list = all.putArray("attempts");
        attempts.forEach(attempt -> list.add(JournalJson.of(attempt)));
        all.set("mapping", mapping);
        all.set(
                "function",
                first(
                        status.path("functions"),
                        each -> each.path("name").asText().equals(function)));
        all.set("faults", control.faults());
        all.set("clock", control.clock());
        return all;
    }

    private static JsonNode first(JsonNode list, Predicate<JsonNode> property) {
        for (JsonNode one : list) {
            if (property.test(one)) {
                return one;
            }
        }
        return Json.mapper().nullNode();
    }
}
