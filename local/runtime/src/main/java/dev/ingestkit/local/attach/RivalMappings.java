package dev.ingestkit.local.attach;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ingestkit.local.events.FunctionReference;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Finds mappings at an endpoint that deliver a stream's records to a function. Beside one of them each record is
 * processed twice, there and here.
 */
public final class RivalMappings {

    /** A mapping that delivers the same records. */
    public record Rival(String uuid, String state) {}

    private static final Set<String> AT_REST = Set.of("Disabled", "Deleting");

    private RivalMappings() {}

    /**
     * Returns the mappings of a stream to a function that are not disabled; waits for the answer.
     *
     * @throws AttachException when the endpoint does not answer
     */
    public static List<Rival> find(AwsClient endpoint, String functionArn, String streamArn) {
        List<Rival> rivals = new ArrayList<>();
        String marker = "";
        do {
            String query = "/2015-03-31/event-source-mappings/?EventSourceArn=" + encoded(streamArn);
            JsonNode page = AttachedStack.await(
                    endpoint, endpoint.get("lambda", marker.isEmpty() ? query : query + "&Marker=" + encoded(marker)));
            for (JsonNode mapping : page.path("EventSourceMappings")) {
                String state = mapping.path("State").asText();
                String function = FunctionReference.parse(
                                mapping.path("FunctionArn").asText())
                        .name();
                boolean same =
                        function.equals(FunctionReference.parse(functionArn).name())
                                && mapping.path("EventSourceArn").asText().equals(streamArn);
                if (same && !AT_REST.contains(state)) {
                    rivals.add(new Rival(mapping.path("UUID").asText(), state));
                }
            }
            marker = page.path("NextMarker").asText("");
        } while (!marker.isEmpty() && !marker.equals("null"));
        return rivals;
    }

    /**
     * Checks that no mapping competes.
     *
     * @throws AttachException if one does, naming the mappings and the commands that disable them
     */
    public static void requireNone(AwsClient endpoint, String region, String functionArn, String streamArn) {
        List<Rival> rivals = find(endpoint, functionArn, streamArn);
        if (rivals.isEmpty()) {
            return;
        }
        List<String> hints = new ArrayList<>();
        rivals.forEach(rival -> hints.add(
                "disable it: aws --endpoint-url %s --region %s lambda update-event-source-mapping --uuid %s --no-enabled"
                        .formatted(endpoint.endpoint(), region, rival.uuid())));
        hints.add("or process each record twice, there and here: --attach-beside-mapping");
        throw new AttachException(
                "at %s the mapping %s (%s) already delivers %s to %s"
                        .formatted(
                                endpoint.endpoint(),
                                rivals.get(0).uuid(),
                                rivals.get(0).state(),
                                streamArn,
                                FunctionReference.parse(functionArn).name()),
                hints,
                null);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
