package dev.ingestkit.local.template.spec;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.local.events.EventSourceKind;
import dev.ingestkit.local.events.MappingSettings;

/**
 * An event source mapping from a stream of Kinesis or DynamoDB to a function, all values within Lambda's bounds, defaults
 * filled in. Immutable.
 *
 * @param uuid the same at every start
 * @param function the function's name or ARN, with a qualifier if the template has one
 * @param eventSourceArn the ARN of a Kinesis stream, of a consumer of one, or of a table's stream
 * @param settings how records are delivered
 */
public record MappingSpec(
        String logicalId, String uuid, String function, String eventSourceArn, MappingSettings settings) {

    public MappingSpec {
        requireNonNull(logicalId, "logicalId");
        requireNonNull(uuid, "uuid");
        requireNonNull(function, "function");
        requireNonNull(eventSourceArn, "eventSourceArn");
        requireNonNull(settings, "settings");
    }

    /** Returns the service that the records come from. */
    public EventSourceKind kind() {
        return EventSourceKind.of(eventSourceArn)
                .orElseThrow(() -> new IllegalStateException("not an event source: " + eventSourceArn));
    }
}
