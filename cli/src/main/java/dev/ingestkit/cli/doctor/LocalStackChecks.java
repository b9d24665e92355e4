package dev.ingestkit.cli.doctor;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ingestkit.local.events.Json;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.lambda.model.EventSourceMappingConfiguration;

/**
 * Checks a LocalStack: its version, the results of its init scripts, and the features of the template that it lacks.
 */
final class LocalStackChecks {

    private static final ObjectMapper MAPPER = Json.mapper();
    private static final String KNOWN = "4.14.0";
    private static final int MILLIS = 5_000;

    private final URI endpoint;

    LocalStackChecks(URI endpoint) {
        this.endpoint = requireNonNull(endpoint, "endpoint");
    }

    /** @param mapping the writer's mapping, if there is one */
    List<Check> all(Optional<EventSourceMappingConfiguration> mapping) {
        List<Check> checks = new ArrayList<>();
        try {
            checks.add(version(read("/_localstack/health")));
            checks.add(scripts(read("/_localstack/init")));
        } catch (IOException silent) {
            checks.add(Check.fail(
                    "localstack",
                    "%s does not report its health: %s".formatted(endpoint, silent.getMessage()),
                    "see its log: docker compose logs localstack"));
        }
        mapping.ifPresent(found -> lacks(found).forEach(lack -> checks.add(lack)));
        return checks;
    }

    private JsonNode read(String path) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) endpoint.resolve(path).toURL().openConnection();
        connection.setConnectTimeout(MILLIS);
        connection.setReadTimeout(MILLIS);
        try (InputStream answer = connection.getInputStream()) {
            return MAPPER.readTree(answer);
        }
    }

    private static Check version(JsonNode health) {
        String version = health.path("version").asText("?");
        String found =
                "LocalStack %s, %s".formatted(version, health.path("edition").asText("?"));
        return version.equals(KNOWN)
                ? Check.ok("localstack", found)
                : Check.warn(
                        "localstack",
                        found + ": the hooks support only " + KNOWN + " and are inactive",
                        "unset LOCALSTACK_IMAGE, or see the differences in docs/reference/fidelity.md");
    }

    private static Check scripts(JsonNode init) {
        List<String> unfinished = new ArrayList<>();
        for (JsonNode script : init.path("scripts")) {
            String state = script.path("state").asText();
            if (!state.equals("SUCCESSFUL")) {
                unfinished.add(script.path("name").asText() + " is " + state);
            }
        }
        if (!unfinished.isEmpty()) {
            return Check.fail("init", String.join(", ", unfinished), "see its log: docker compose logs localstack");
        }
        return init.path("scripts").isEmpty()
                ? Check.warn(
                        "init",
                        "no init scripts: this LocalStack was not started by the kit's docker-compose.yml",
                        "start it: docker compose up -d --wait")
                : Check.ok(
                        "init",
                        "%d init scripts succeeded"
                                .formatted(init.path("scripts").size()));
    }

    /** Returns the settings of the mapping that LocalStack stores but does not apply. */
    private static List<Check> lacks(EventSourceMappingConfiguration mapping) {
        List<Check> lacks = new ArrayList<>();
        if (Boolean.TRUE.equals(mapping.bisectBatchOnFunctionError())) {
            lacks.add(lack(
                    "bisect",
                    "failed batches are not bisected: when the retries run out, good records are given up too"));
        }
        Integer lanes = mapping.parallelizationFactor();
        if (lanes != null && lanes > 1) {
            lacks.add(lack(
                    "parallelization", "only one batch at a time is processed, over all shards, whatever the factor"));
        }
        Integer window = mapping.tumblingWindowInSeconds();
        if (window != null && window > 0) {
            lacks.add(lack("tumbling-window", "tumbling windows are missing: each batch comes without state"));
        }
        lacks.add(
                lack(
                        "requests",
                        "application/json with a charset returns 415, a missing body passes as an empty object, an event over 1 MiB returns 400"));
        lacks.add(
                lack("checkpoint", "a mapping that is updated or enabled again redelivers the stream from its start"));
        return lacks;
    }

    private static Check lack(String what, String effect) {
        return Check.warn(
                "lacks-" + what,
                effect,
                "for AWS's behavior use ingest-cli up --attach URL, or ingest-cli up without LocalStack");
    }
}
