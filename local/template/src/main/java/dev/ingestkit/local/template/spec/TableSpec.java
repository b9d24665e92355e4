package dev.ingestkit.local.template.spec;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ingestkit.local.events.Arn;
import java.util.Optional;

/**
 * A DynamoDB table to be created.
 *
 * @param createTable the input of CreateTable, as the API accepts it
 * @param timeToLiveAttribute for UpdateTimeToLive; empty when it is off
 */
public record TableSpec(ResourceIdentity identity, JsonNode createTable, Optional<String> timeToLiveAttribute)
        implements IdentifiedSpec {

    /** The last part of a stream's ARN, on AWS the time at which it was opened: here the same at every start. */
    public static final String STREAM_LABEL = "2026-01-01T00:00:00.000";

    public TableSpec {
        requireNonNull(identity, "identity");
        requireNonNull(createTable, "createTable");
        requireNonNull(timeToLiveAttribute, "timeToLiveAttribute");
    }

    /** Returns the ARN of the table's stream; empty for a table without one. */
    public Optional<Arn> streamArn() {
        return createTable.has("StreamSpecification") ? Optional.of(streamArn(arn())) : Optional.empty();
    }

    /** Returns the ARN that the stream of a table has, if the table has a stream. */
    public static Arn streamArn(Arn table) {
        return table.withResource(table.resource() + "/stream/" + STREAM_LABEL);
    }
}
