package dev.ingestkit.local.lambda;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.events.Arn;
import dev.ingestkit.local.events.QueueMappingSettings;
import dev.ingestkit.local.http.HttpResponse;
import dev.ingestkit.local.mapping.queue.QueueMapping;
import dev.ingestkit.local.mapping.queue.QueueMappingConfig;
import dev.ingestkit.local.protocol.AwsInput;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** The actions on event source mappings of queues. Thread-safe. */
final class QueueMappingActions {

    /** The members of a mapping of a stream, which Lambda refuses for a queue. */
    private static final List<String> OF_STREAMS = List.of(
            "StartingPosition",
            "StartingPositionTimestamp",
            "MaximumRetryAttempts",
            "MaximumRecordAgeInSeconds",
            "BisectBatchOnFunctionError",
            "ParallelizationFactor",
            "TumblingWindowInSeconds",
            "DestinationConfig");

    private final FunctionActions functions;
    private final QueueMappings mappings;
    private final Supplier<String> ids;

    QueueMappingActions(FunctionActions functions, QueueMappings mappings, Supplier<String> ids) {
        this.functions = functions;
        this.mappings = mappings;
        this.ids = ids;
    }

    /** Returns whether a mapping's source is a queue. */
    static boolean isQueue(AwsInput input) {
        return input.string("EventSourceArn")
                .flatMap(Arn::tryParse)
                .filter(arn -> arn.service().equals("sqs"))
                .isPresent();
    }

    Optional<QueueMapping> named(String uuid) {
        return mappings.named(uuid);
    }

    List<QueueMapping> all() {
        return mappings.all();
    }

    CompletionStage<HttpResponse> create(AwsInput input) {
        String queue = input.string("EventSourceArn").orElseThrow();
        String name = MappingCodec.required(input, "FunctionName");
        String function = functions.target(name);
        Duration timeout = functions.named(name).config().limits().timeout();
        refuseUnsupported(input, queue);
        mappings.all().stream()
                .filter(mapping -> mapping.config().queueArn().equals(queue)
                        && mapping.config().functionArn().equals(function))
                .findFirst()
                .ifPresent(same -> {
                    throw Mappings.exists(queue, function, same.config().uuid());
                });
        QueueMappingConfig config =
                new QueueMappingConfig(ids.get(), function, queue, settings(input, QueueMappingSettings.DEFAULT));
        return visibility(queue).thenApply(visibility -> {
            if (visibility.compareTo(timeout) < 0) {
                throw MappingCodec.invalid(
                        "Queue visibility timeout: %d seconds is less than Function timeout: %d seconds"
                                .formatted(visibility.toSeconds(), timeout.toSeconds()));
            }
            return Answers.json(202, describe(mappings.create(config)));
        });
    }

    private CompletionStage<Duration> visibility(String queue) {
        try {
            return mappings.visibilityTimeout(queue);
        } catch (IllegalArgumentException noQueue) {
            return CompletableFuture.failedFuture(MappingCodec.invalid(String.valueOf(noQueue.getMessage())));
        }
    }

    CompletionStage<HttpResponse> update(QueueMapping mapping, AwsInput input) {
        QueueMappingConfig current = mapping.config();
        refuseUnsupported(input, current.queueArn());
        QueueMappingConfig next = current.withSettings(settings(input, current.settings()));
        if (input.has("FunctionName")) {
            next = next.withFunction(functions.target(MappingCodec.required(input, "FunctionName")));
        }
        var unused = mappings.update(mapping, next);
        return LambdaApi.json(202, describe(mapping));
    }

    CompletionStage<HttpResponse> delete(QueueMapping mapping) {
        var unused = mappings.delete(mapping);
        return LambdaApi.json(202, describe(mapping));
    }

    private static void refuseUnsupported(AwsInput input, String queue) {
        OF_STREAMS.stream().filter(input::has).findFirst().ifPresent(member -> {
            throw MappingCodec.invalid(
                    "Unsupported source mapping parameter: %s, for event source arn %s".formatted(member, queue));
        });
    }

    private static QueueMappingSettings settings(AwsInput input, QueueMappingSettings current) {
        return new QueueMappingSettings(
                input.bool("Enabled").orElse(current.enabled()),
                MappingCodec.integer(input, "BatchSize").orElse(current.batchSize()),
                MappingCodec.integer(input, "MaximumBatchingWindowInSeconds").orElse(current.windowSeconds()),
                input.has("FunctionResponseTypes")
                        ? input.strings("FunctionResponseTypes").contains("ReportBatchItemFailures")
                        : current.reportBatchItemFailures(),
                input.object("ScalingConfig")
                        .map(scaling -> MappingCodec.integer(scaling, "MaximumConcurrency")
                                .map(OptionalInt::of)
                                .orElseGet(OptionalInt::empty))
                        .orElse(current.maximumConcurrency()),
                input.object("FilterCriteria")
                        .map(criteria -> criteria.objects("Filters").stream()
                                .map(filter -> MappingCodec.required(filter, "Pattern"))
                                .toList())
                        .orElse(current.filterPatterns()));
    }

    static ObjectNode describe(QueueMapping mapping) {
        QueueMappingConfig config = mapping.config();
        return write(config)
                .put("EventSourceMappingArn", MappingActions.arn(config.functionArn(), config.uuid()))
                .put("LastModified", mapping.lastModified().toEpochMilli() / 1000.0)
                .put("State", mapping.state().label())
                .put("StateTransitionReason", "USER_INITIATED");
    }

    private static ObjectNode write(QueueMappingConfig config) {
        QueueMappingSettings settings = config.settings();
        ObjectNode node = JsonNodeFactory.instance
                .objectNode()
                .put("UUID", config.uuid())
                .put("BatchSize", settings.batchSize())
                .put("MaximumBatchingWindowInSeconds", settings.windowSeconds())
                .put("EventSourceArn", config.queueArn())
                .put("FunctionArn", config.functionArn());
        ArrayNode responseTypes = node.putArray("FunctionResponseTypes");
        if (settings.reportBatchItemFailures()) {
            responseTypes.add("ReportBatchItemFailures");
        }
        settings.maximumConcurrency()
                .ifPresent(value -> node.putObject("ScalingConfig").put("MaximumConcurrency", value));
        if (!settings.filterPatterns().isEmpty()) {
            ArrayNode filters = node.putObject("FilterCriteria").putArray("Filters");
            settings.filterPatterns().forEach(pattern -> filters.addObject().put("Pattern", pattern));
        }
        return node;
    }

    /** Returns all of a mapping, which {@link #kept} reads. */
    static ObjectNode keep(QueueMappingConfig config) {
        return write(config).put("Enabled", config.settings().enabled());
    }

    /** Returns the mapping that {@link #keep} has written. */
    static QueueMappingConfig kept(AwsInput input) {
        return new QueueMappingConfig(
                MappingCodec.required(input, "UUID"),
                MappingCodec.required(input, "FunctionArn"),
                MappingCodec.required(input, "EventSourceArn"),
                settings(input, QueueMappingSettings.DEFAULT));
    }
}
