package dev.ingestkit.local.template.spec;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * A DynamoDB table to be made.
 *
 * @param createTable the input of CreateTable, as the API takes it
 * @param timeToLiveAttribute for UpdateTimeToLive; empty when it is off
 */
public record TableSpec(
        String logicalId, String name, String arn, JsonNode createTable, Optional<String> timeToLiveAttribute) {

    public TableSpec {
        requireNonNull(logicalId, "logicalId");
        requireNonNull(name, "name");
        requireNonNull(arn, "arn");
        requireNonNull(createTable, "createTable");
    }
}
