package dev.ingestkit.local.control;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.cloudwatch.PublishedMetrics;
import dev.ingestkit.local.events.Arn;
import dev.ingestkit.local.functions.FunctionConfig;
import dev.ingestkit.local.functions.FunctionHealth;
import dev.ingestkit.local.functions.FunctionHost;
import dev.ingestkit.local.journal.Journal;
import dev.ingestkit.local.journal.JournalJson;
import dev.ingestkit.local.mapping.EventSourceMapping;
import dev.ingestkit.local.mapping.MappingMetrics;
import dev.ingestkit.local.mapping.queue.QueueMapping;
import dev.ingestkit.local.mapping.queue.QueueMappingMetrics;
import dev.ingestkit.local.template.spec.StackResource;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the runtime's state. Field names are part of the control API. Thread-safe. */
public final class RuntimeStatus implements StatusSource {

    /**
     * The facts that do not change while the runtime is running.
     *
     * @param attachedTo the endpoint whose data the runtime works on, if it is not this one
     * @param warnings the parts of the template that do not run
     * @param template the state of the template's file
     */
    public record Facts(
            URI endpoint,
            String stack,
            String region,
            Instant startedAt,
            Contents contents,
            Optional<URI> attachedTo,
            List<String> warnings,
            Supplier<TemplateState> template) {}

    /**
     * The contents of the stack.
     *
     * @param outputs the outputs' values by name
     * @param resources the template's resources, run or not
     * @param apis the URLs of the stack's APIs
     */
    public record Contents(Map<String, String> outputs, List<StackResource> resources, List<ApiUrl> apis) {}

    /**
     * The URL of one stage of an API.
     *
     * @param name the logical id of the API
     * @param kind {@code REST} or {@code HTTP}
     */
    public record ApiUrl(String name, String kind, String stage, URI url) {}

    private static final FunctionHealth UNKNOWN =
            new FunctionHealth(false, Optional.empty(), FunctionHealth.Code.CURRENT, Optional.empty());

    /** The current state of the event source mappings, from streams and from queues. */
    public record Mappings(Supplier<List<EventSourceMapping>> streams, Supplier<List<QueueMapping>> queues) {}

    /** The current state of the streams and queues. */
    public record Data(Supplier<List<StreamState>> streams, Supplier<List<QueueDepth>> queues) {}

    private final Facts facts;
    private final Journal journal;
    private final FunctionHost functions;
    private final Mappings mappings;
    private final Data data;
    private final Supplier<List<PublishedMetrics.Metric>> metrics;

    public RuntimeStatus(
            Facts facts,
            Journal journal,
            FunctionHost functions,
            Mappings mappings,
            Data data,
            Supplier<List<PublishedMetrics.Metric>> metrics) {
        this.facts = requireNonNull(facts, "facts");
        this.journal = requireNonNull(journal, "journal");
        this.functions = requireNonNull(functions, "functions");
        this.mappings = requireNonNull(mappings, "mappings");
        this.data = requireNonNull(data, "data");
        this.metrics = requireNonNull(metrics, "metrics");
    }

    @Override
    public ObjectNode status() {
        ObjectNode status = JsonNodeFactory.instance.objectNode();
        status.put("endpoint", facts.endpoint().toString());
        status.put("stack", facts.stack());
        status.put("region", facts.region());
        status.put("startedAt", facts.startedAt().toString());
        status.put("pid", ProcessHandle.current().pid());
        facts.attachedTo().ifPresent(other -> status.put("attachedTo", other.toString()));
        ObjectNode outputs = status.putObject("outputs");
        new TreeMap<>(facts.contents().outputs()).forEach(outputs::put);
        ArrayNode apis = status.putArray("apis");
        facts.contents()
                .apis()
                .forEach(api -> apis.addObject()
                        .put("name", api.name())
                        .put("kind", api.kind())
                        .put("stage", api.stage())
                        .put("url", api.url().toString()));
        facts.contents()
                .resources()
                .forEach(resource -> status.withArray("resources")
                        .addObject()
                        .put("logicalId", resource.logicalId())
                        .put("type", resource.type())
                        .put("physicalId", resource.physicalId()));
        data.streams().get().forEach(stream -> stream(status.withArray("streams"), stream));
        functions.functions().forEach(config -> function(status.withArray("functions"), config));
        mappings.streams().get().forEach(mapping -> mapping(status.withArray("mappings"), mapping));
        mappings.queues().get().forEach(mapping -> mapping(status.withArray("mappings"), mapping));
        data.queues().get().forEach(count -> queue(status.withArray("queues"), count));
        ArrayNode published = status.putArray("metrics");
        metrics.get().forEach(metric -> metric(published, metric));
        ObjectNode counts = status.putObject("counts");
        journal.counts().forEach((kind, count) -> counts.put(JournalJson.label(kind), count));
        ArrayNode warnings = status.putArray("warnings");
        facts.warnings().forEach(warnings::add);
        status.set("template", facts.template().get().json());
        status.put("lastError", lastError());
        return status;
    }

    private void function(ArrayNode list, FunctionConfig config) {
        List<Long> processes = functions.processes(config.name());
        ObjectNode function = list.addObject();
        function.put("name", config.name());
        function.put("handler", config.code().handler());
        function.put("memoryMb", config.limits().memoryMegabytes());
        function.put("timeoutSeconds", config.limits().timeout().toSeconds());
        FunctionHealth health = functions.health(config.name()).orElse(UNKNOWN);
        function.put("state", state(health, processes));
        health.error().ifPresent(error -> function.put("error", error));
        function.put("code", health.code().name().toLowerCase(Locale.ROOT));
        health.codeError().ifPresent(error -> function.put("codeError", error));
        function.put("environments", processes.size());
        ArrayNode pids = function.putArray("processes");
        processes.forEach(pids::add);
        function.put("debugPort", config.debugPort());
    }

    private static String state(FunctionHealth health, List<Long> processes) {
        if (health.error().isPresent()) {
            return "failed";
        }
        if (processes.isEmpty()) {
            return "idle";
        }
        return health.starting() ? "starting" : "running";
    }

    private static void mapping(ArrayNode list, EventSourceMapping mapping) {
        MappingMetrics metrics = mapping.metrics();
        ObjectNode json = list.addObject();
        json.put("uuid", mapping.config().uuid());
        json.put("function", Arn.qualifiedNameIn(mapping.config().functionArn()));
        json.put("stream", mapping.config().kind().nameIn(mapping.config().streamArn()));
        json.put("source", mapping.config().eventSourceArn());
        json.put("onFailure", mapping.config().settings().onFailure().orElse(null));
        json.put("lanes", mapping.config().settings().batching().parallelizationFactor());
        json.put("state", mapping.state().label());
        json.put("lastResult", metrics.lastProcessingResult());
        json.put("iteratorAgeMillis", metrics.iteratorAgeMillis());
        json.put("delivered", metrics.delivered());
        json.put("failed", metrics.failedInvocations());
        json.put("filtered", metrics.filtered());
        json.put("dropped", metrics.dropped());
        json.put("deadLetters", metrics.destinationMessages());
        ArrayNode shards = json.putArray("shards");
        metrics.shards()
                .forEach(shard -> shards.addObject()
                        .put("shardId", shard.shardId())
                        .put("iteratorAgeMillis", shard.iteratorAgeMillis())
                        .put("inFlight", shard.inFlight()));
    }

    private static void mapping(ArrayNode list, QueueMapping mapping) {
        QueueMappingMetrics metrics = mapping.metrics();
        list.addObject()
                .put("uuid", mapping.config().uuid())
                .put("function", Arn.qualifiedNameIn(mapping.config().functionArn()))
                .put("queue", Arn.nameIn(mapping.config().queueArn()))
                .put("source", mapping.config().queueArn())
                .put("state", mapping.state().label())
                .put("lastResult", metrics.lastResult())
                .put("delivered", metrics.delivered())
                .put("failed", metrics.failed())
                .put("filtered", metrics.filtered())
                .put("inFlight", metrics.inFlight());
    }

    private static void stream(ArrayNode list, StreamState stream) {
        list.addObject()
                .put("name", stream.name())
                .put("state", stream.status())
                .put("openShards", stream.openShards());
    }

    private static void queue(ArrayNode list, QueueDepth count) {
        list.addObject()
                .put("name", count.name())
                .put("url", count.url())
                .put("visible", count.visible())
                .put("inFlight", count.inFlight());
    }

    private static void metric(ArrayNode list, PublishedMetrics.Metric metric) {
        ObjectNode json = list.addObject()
                .put("namespace", metric.key().namespace())
                .put("name", metric.key().name());
        ObjectNode dimensions = json.putObject("dimensions");
        metric.key().dimensions().forEach(dimensions::put);
        json.put("unit", metric.unit())
                .put("samples", metric.statistics().samples())
                .put("sum", metric.statistics().sum())
                .put("minimum", metric.statistics().minimum())
                .put("maximum", metric.statistics().maximum())
                .put("at", metric.at().toString());
    }

    private @Nullable String lastError() {
        return Stream.concat(
                        mappings.streams().get().stream().flatMap(mapping -> mapping.metrics().error().stream()),
                        mappings.queues().get().stream().flatMap(mapping -> mapping.metrics().error().stream()))
                .findFirst()
                .orElse(null);
    }
}
