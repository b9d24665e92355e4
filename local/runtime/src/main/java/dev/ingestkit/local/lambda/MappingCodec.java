package dev.ingestkit.local.lambda;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.events.MappingSettings;
import dev.ingestkit.local.events.StartingPosition;
import dev.ingestkit.local.mapping.MappingConfig;
import dev.ingestkit.local.protocol.AwsInput;
import dev.ingestkit.local.protocol.ServiceException;
import java.util.List;
import java.util.Optional;

/** Mappings of streams in the members of Lambda's API. */
final class MappingCodec {

    private static final String CONSTRAINT =
            "1 validation error detected: Value %s at 'startingPosition' failed to satisfy constraint: %s";

    private MappingCodec() {}

    static StartingPosition position(AwsInput input) {
        String label = input.string("StartingPosition")
                .orElseThrow(() -> invalid(CONSTRAINT.formatted("null", "Member must not be null.")));
        return switch (label) {
            case "TRIM_HORIZON" -> StartingPosition.trimHorizon();
            case "LATEST" -> StartingPosition.latest();
            case "AT_TIMESTAMP" ->
                StartingPosition.atTimestamp(input.timestamp("StartingPositionTimestamp")
                        .orElseThrow(() -> invalid("StartingPositionTimestamp is missing.")));
            default ->
                throw ServiceException.badRequest(
                        "ValidationException",
                        CONSTRAINT.formatted(
                                "'" + label + "'",
                                "Member must satisfy enum value set: [LATEST, AT_TIMESTAMP, TRIM_HORIZON]"));
        };
    }

    /** Applies the settings that an input has. */
    static MappingConfig.Builder settings(MappingConfig.Builder builder, AwsInput input) {
        input.bool("Enabled").ifPresent(builder::enabled);
        integer(input, "BatchSize").ifPresent(builder::batchSize);
        integer(input, "MaximumBatchingWindowInSeconds").ifPresent(builder::batchingWindowSeconds);
        integer(input, "MaximumRetryAttempts").ifPresent(builder::maximumRetryAttempts);
        integer(input, "MaximumRecordAgeInSeconds").ifPresent(builder::maximumRecordAgeSeconds);
        input.bool("BisectBatchOnFunctionError").ifPresent(builder::bisectBatchOnFunctionError);
        integer(input, "ParallelizationFactor").ifPresent(builder::parallelizationFactor);
        integer(input, "TumblingWindowInSeconds").ifPresent(builder::tumblingWindowSeconds);
        if (input.has("FunctionResponseTypes")) {
            builder.reportBatchItemFailures(
                    input.strings("FunctionResponseTypes").contains("ReportBatchItemFailures"));
        }
        input.object("FilterCriteria")
                .ifPresent(criteria -> builder.filterPatterns(criteria.objects("Filters").stream()
                        .map(filter -> required(filter, "Pattern"))
                        .toList()));
        input.object("DestinationConfig")
                .ifPresent(destination -> builder.onFailureDestination(destination
                        .object("OnFailure")
                        .flatMap(failure -> failure.string("Destination"))
                        .filter(arn -> !arn.isEmpty())
                        .orElse(null)));
        return builder;
    }

    static Optional<Integer> integer(AwsInput input, String name) {
        return input.integer(name).map(value -> {
            if (value != value.intValue()) {
                throw invalid("%s is out of range: %d".formatted(name, value));
            }
            return value.intValue();
        });
    }

    /** Returns the members that describe a mapping whatever its state. */
    static ObjectNode write(MappingConfig config) {
        MappingSettings settings = config.settings();
        ObjectNode node = JsonNodeFactory.instance
                .objectNode()
                .put("UUID", config.uuid())
                .put("StartingPosition", settings.startingPosition().kind().name())
                .put("BatchSize", settings.batching().size())
                .put("MaximumBatchingWindowInSeconds", settings.batching().windowSeconds())
                .put("ParallelizationFactor", settings.batching().parallelizationFactor())
                .put("EventSourceArn", config.eventSourceArn())
                .put("FunctionArn", config.functionArn())
                .put("MaximumRecordAgeInSeconds", settings.retries().maxRecordAgeSeconds())
                .put("BisectBatchOnFunctionError", settings.retries().bisectBatch())
                .put("MaximumRetryAttempts", settings.retries().maxAttempts())
                .put("TumblingWindowInSeconds", settings.tumblingWindowSeconds());
        settings.startingPosition()
                .timestamp()
                .ifPresent(from -> node.put("StartingPositionTimestamp", from.toEpochMilli() / 1000.0));
        ArrayNode responseTypes = node.putArray("FunctionResponseTypes");
        if (settings.reportBatchItemFailures()) {
            responseTypes.add("ReportBatchItemFailures");
        }
        ObjectNode onFailure = node.putObject("DestinationConfig").putObject("OnFailure");
        settings.onFailure().ifPresent(arn -> onFailure.put("Destination", arn));
        List<String> patterns = settings.filterPatterns();
        if (!patterns.isEmpty()) {
            ArrayNode filters = node.putObject("FilterCriteria").putArray("Filters");
            patterns.forEach(pattern -> filters.addObject().put("Pattern", pattern));
        }
        return node;
    }

    /** Returns the mapping that {@link #keep} has written. */
    static MappingConfig kept(AwsInput input) {
        MappingConfig.Builder builder = MappingConfig.builder(
                        required(input, "UUID"), required(input, "FunctionArn"), required(input, "EventSourceArn"))
                .startingPosition(position(input))
                .roleArn(required(input, "Role"));
        return settings(builder, input).build();
    }

    /** Returns all of a mapping, which {@link #kept} reads. */
    static ObjectNode keep(MappingConfig config) {
        return write(config)
                .put("Role", config.roleArn())
                .put("Enabled", config.settings().enabled());
    }

    static String required(AwsInput input, String name) {
        return input.string(name).orElseThrow(() -> invalid(name + " is missing."));
    }

    static ServiceException invalid(String message) {
        return ServiceException.badRequest("InvalidParameterValueException", message);
    }
}
