package dev.ingestkit.local.template.spec;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * A DynamoDB table to be created.
 *
 * @param createTable the input of CreateTable, as the API accepts it
 * @param timeToLiveAttribute for UpdateTimeToLive; empty when it is off
 */
public record TableSpec(ResourceIdentity identity, JsonNode createTable, Optional<String> timeToLiveAttribute)
        implements IdentifiedSpec {

    public TableSpec {
        requireNonNull(identity, "identity");
        requireNonNull(createTable, "createTable");
        requireNonNull(timeToLiveAttribute, "timeToLiveAttribute");
    }
}
