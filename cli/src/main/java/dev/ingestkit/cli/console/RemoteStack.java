package dev.ingestkit.cli.console;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.cli.aws.AwsClients;
import dev.ingestkit.cli.aws.QueueCounts;
import dev.ingestkit.cli.aws.ResourceKind;
import dev.ingestkit.cli.aws.StackMapping;
import dev.ingestkit.cli.aws.StackPart;
import dev.ingestkit.cli.aws.StackResources;
import dev.ingestkit.cli.aws.Target;
import dev.ingestkit.local.events.Arn;
import dev.ingestkit.local.events.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.lambda.model.GetFunctionConfigurationRequest;
import software.amazon.awssdk.services.lambda.model.GetFunctionConfigurationResponse;

/**
 * A stack at another endpoint in the form of the runtime's own status and graph. What it has read is current for {@value
 * #SECONDS} seconds, so that a page left open costs few calls. Thread-safe; reading blocks.
 */
public final class RemoteStack {

    static final int SECONDS = 10;

    /** The pages that need no runtime, in the order of the navigation. */
    static final List<String> PAGES =
            List.of("overview", "deadletters", "streams", "functions", "tables", "queues", "secrets");

    /** The parts of the console that another endpoint cannot fill, with what to do instead. */
    private static final List<Map.Entry<String, String>> UNKNOWN = List.of(
            Map.entry(
                    "Events and their timelines",
                    "only the embedded runtime keeps a journal; follow the stream with ingest-cli tail -f"),
            Map.entry(
                    "Live rates and latencies",
                    "see the stack's metrics in CloudWatch, and its counts with ingest-cli status"),
            Map.entry("Output of functions", "see CloudWatch Logs on AWS, and the container's log on LocalStack"),
            Map.entry(
                    "Faults, clock and snapshots",
                    "only the embedded runtime has them; attach one with ingest-cli up --attach URL"),
            Map.entry(
                    "The template and its lines",
                    "to compare it with the deployed stack: ingest-cli doctor --against URL"));

    private static final Duration CURRENT = Duration.ofSeconds(SECONDS);

    private final AwsClients clients;
    private final String target;
    private final boolean writes;
    private final StackResources resources;
    private final Instant startedAt = Instant.now();
    private @Nullable ObjectNode known;
    private long readAt;

    /**
     * Creates the view of the clients' stack; it reads on the first question.
     *
     * @param target describes the target in one line
     * @param writes whether pages may change data
     */
    public RemoteStack(AwsClients clients, String target, boolean writes) {
        this.clients = requireNonNull(clients, "clients");
        this.target = requireNonNull(target, "target");
        this.writes = writes;
        this.resources = StackResources.of(clients);
    }

    /** Returns the state in the form of {@code GET /_ingest/status}, as far as it is known. */
    public synchronized ObjectNode status() {
        ObjectNode before = known;
        if (before != null && System.nanoTime() - readAt < CURRENT.toNanos()) {
            return before;
        }
        ObjectNode status = Json.mapper().createObjectNode();
        status.put("stack", clients.target().stack());
        status.put("endpoint", target);
        status.put("startedAt", startedAt.toString());
        status.putObject("outputs").setAll(outputs());
        status.putArray("apis");
        resources(status.putArray("resources"));
        queues(status.putArray("queues"));
        mappings(status.putArray("mappings"));
        functions(status.putArray("functions"));
        console(status.putObject("console"));
        known = status;
        readAt = System.nanoTime();
        return status;
    }

    private ObjectNode outputs() {
        ObjectNode all = Json.mapper().createObjectNode();
        resources.outputs().forEach(all::put);
        return all;
    }

    private void console(ObjectNode json) {
        json.put("target", target);
        json.put("readOnly", !writes);
        json.put("options", options(clients.target()));
        json.put("awsOptions", awsOptions(clients.target()));
        PAGES.forEach(json.putArray("pages")::add);
        ArrayNode unknown = json.putArray("unknown");
        UNKNOWN.forEach(entry -> unknown.addObject().put("what", entry.getKey()).put("instead", entry.getValue()));
    }

    /** Returns the options by which the tool works on the same target. */
    private static String options(Target target) {
        String options = target.endpoint()
                .map(endpoint -> "--endpoint-url " + endpoint)
                .orElseGet(() -> target.profile()
                        .map(profile -> "--profile " + profile + " --region " + target.region())
                        .orElse("--aws --region " + target.region()));
        return options + " --stack " + target.stack();
    }

    /** Returns the options by which {@code aws} works on the same endpoint. */
    private static String awsOptions(Target target) {
        String endpoint =
                target.endpoint().map(url -> "--endpoint-url " + url + " ").orElse("");
        String profile = target.profile().map(name -> "--profile " + name + " ").orElse("");
        return endpoint + profile + "--region " + target.region();
    }

    private void resources(ArrayNode list) {
        for (ResourceKind kind : ResourceKind.values()) {
            resources
                    .all(kind)
                    .forEach(part -> list.addObject()
                            .put("logicalId", part.logicalId())
                            .put("type", part.type())
                            .put("physicalId", part.physicalId()));
        }
    }

    private void queues(ArrayNode list) {
        for (StackPart queue : resources.all(ResourceKind.QUEUE)) {
            String url = resources.atEndpoint(queue.physicalId());
            QueueCounts counts = QueueCounts.read(clients.sqs(), url);
            list.addObject()
                    .put("name", queue.name())
                    .put("url", url)
                    .put("visible", counts.visible())
                    .put("inFlight", counts.hidden());
        }
    }

    private void mappings(ArrayNode list) {
        for (StackMapping mapping : resources.mappings()) {
            ObjectNode json = list.addObject()
                    .put("uuid", mapping.uuid())
                    .put("stream", Arn.sourceNameIn(mapping.source()))
                    .put("function", mapping.function())
                    .put("onFailure", mapping.onFailure().orElse(null));
            json.putArray("shards");
        }
    }

    private void functions(ArrayNode list) {
        for (StackPart function : resources.all(ResourceKind.FUNCTION)) {
            GetFunctionConfigurationResponse configuration = clients.lambda()
                    .getFunctionConfiguration(GetFunctionConfigurationRequest.builder()
                            .functionName(function.physicalId())
                            .build());
            list.addObject()
                    .put("name", function.name())
                    .put(
                            "state",
                            Optional.ofNullable(configuration.stateAsString())
                                    .orElse("Active")
                                    .toLowerCase(Locale.ROOT))
                    .put("memoryMb", configuration.memorySize())
                    .put("timeoutSeconds", configuration.timeout())
                    .put("runtime", configuration.runtimeAsString())
                    .put("handler", configuration.handler())
                    .put("environments", 0);
        }
    }

    /** Returns the resources and their connections in the form of {@code GET /_ingest/stack}, as far as they are known. */
    public ObjectNode graph() {
        ObjectNode status = status();
        ObjectNode graph = Json.mapper().createObjectNode();
        graph.put("stack", clients.target().stack());
        graph.put("description", "");
        ArrayNode nodes = graph.putArray("nodes");
        node(nodes, ResourceKind.STREAM);
        node(nodes, ResourceKind.FUNCTION);
        node(nodes, ResourceKind.TABLE);
        node(nodes, ResourceKind.QUEUE);
        node(nodes, ResourceKind.SECRET);
        ArrayNode edges = graph.putArray("edges");
        synchronized (this) {
            resources.mappings().forEach(mapping -> {
                String function = id(ResourceKind.FUNCTION, Arn.functionNameIn(mapping.function()));
                edge(edges, id(ResourceKind.STREAM, Arn.sourceNameIn(mapping.source())), function, "delivers");
                mapping.onFailure()
                        .ifPresent(arn -> edge(
                                edges,
                                function,
                                id(ResourceKind.QUEUE, Arn.parse(arn).resource()),
                                "on-failure"));
            });
            resources
                    .redrivePolicies()
                    .forEach((queue, target) ->
                            edge(edges, id(ResourceKind.QUEUE, queue), id(ResourceKind.QUEUE, target), "moves"));
        }
        graph.set("resources", status.path("resources"));
        graph.putArray("notRun");
        return graph;
    }

    private synchronized void node(ArrayNode nodes, ResourceKind kind) {
        resources
                .all(kind)
                .forEach(part -> nodes.addObject()
                        .put("id", part.logicalId())
                        .put("kind", kind.noun())
                        .put("name", part.name()));
    }

    private String id(ResourceKind kind, String name) {
        return resources.all(kind).stream()
                .filter(part -> part.name().equals(name))
                .map(StackPart::logicalId)
                .findFirst()
                .orElse("");
    }

    private static void edge(ArrayNode edges, String from, String to, String kind) {
        if (!from.isEmpty() && !to.isEmpty()) {
            edges.addObject().put("from", from).put("to", to).put("kind", kind);
        }
    }
}
