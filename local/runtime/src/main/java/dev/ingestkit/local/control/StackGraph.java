package dev.ingestkit.local.control;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.events.Arn;
import dev.ingestkit.local.events.Json;
import dev.ingestkit.local.http.HttpHandler;
import dev.ingestkit.local.http.HttpRequest;
import dev.ingestkit.local.http.HttpResponse;
import dev.ingestkit.local.template.spec.FunctionSpec;
import dev.ingestkit.local.template.spec.IdentifiedSpec;
import dev.ingestkit.local.template.spec.Stack;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * A template's resources and their connections: {@code GET /_ingest/stack}. {@code nodes} are the resources that run,
 * {@code edges} lead from what sends to what receives, {@code resources} lists the whole template with file and line.
 * Immutable.
 *
 * <p>An API is connected with what its integrations and authorizers name, a mapping's source with its function, a
 * function with the resources that its environment names, and a queue with the one that its redrive policy names.
 */
public final class StackGraph implements HttpHandler {

    /** The path of the graph. */
    public static final String PATH = "/_ingest/stack";

    private static final String INTEGRATION = "x-amazon-apigateway-integration";

    private final Stack stack;
    private final Supplier<List<String>> notRun;
    private final List<IdentifiedSpec> data = new ArrayList<>();

    /**
     * Creates the graph of a stack.
     *
     * @param notRun the parts of the template that do not run
     */
    public StackGraph(Stack stack, Supplier<List<String>> notRun) {
        this.stack = requireNonNull(stack, "stack");
        this.notRun = requireNonNull(notRun, "notRun");
        data.addAll(stack.data().streams());
        data.addAll(stack.data().tables());
        data.addAll(stack.data().queues());
        data.addAll(stack.data().secrets());
        data.addAll(stack.data().buckets());
        data.addAll(stack.events().topics());
    }

    @Override
    public CompletionStage<HttpResponse> handle(HttpRequest request) {
        return CompletableFuture.completedFuture(
                request.method().equals("GET") && request.rawPath().equals(PATH)
                        ? JsonAnswers.of(200, json())
                        : JsonAnswers.error(
                                404,
                                "'%s %s' is not a resource of this API"
                                        .formatted(request.method(), request.rawPath())));
    }

    /** Returns the graph as JSON. */
    ObjectNode json() {
        ObjectNode json = Json.mapper().createObjectNode();
        json.put("stack", stack.names().stackName());
        json.put("description", stack.source().description());
        nodes(json.putArray("nodes"));
        Edges edges = new Edges(json.putArray("edges"));
        stack.compute().apis().forEach(api -> api(edges, api.logicalId(), api.body()));
        stack.compute().httpApis().forEach(api -> api(edges, api.logicalId(), api.body()));
        mappings(edges);
        redrivePolicies(edges);
        stack.compute().functions().forEach(function -> environment(edges, function));
        ArrayNode resources = json.putArray("resources");
        stack.resources()
                .forEach(resource -> resources
                        .addObject()
                        .put("logicalId", resource.logicalId())
                        .put("type", resource.type())
                        .put("physicalId", resource.physicalId())
                        .put("file", resource.at().file())
                        .put("line", resource.at().line()));
        ArrayNode left = json.putArray("notRun");
        notRun.get().forEach(left::add);
        return json;
    }

    private void nodes(ArrayNode nodes) {
        stack.compute().apis().forEach(api -> node(nodes, api.logicalId(), "api", api.name()));
        stack.compute().httpApis().forEach(api -> node(nodes, api.logicalId(), "api", api.name()));
        stack.events().rules().forEach(rule -> node(nodes, rule.logicalId(), "rule", rule.name()));
        stack.events().topics().forEach(topic -> node(nodes, topic.logicalId(), "topic", topic.name()));
        stack.data().streams().forEach(spec -> node(nodes, spec.logicalId(), "stream", spec.name()));
        stack.compute().functions().forEach(spec -> node(nodes, spec.logicalId(), "function", spec.name()));
        stack.data().tables().forEach(spec -> node(nodes, spec.logicalId(), "table", spec.name()));
        stack.data().queues().forEach(spec -> node(nodes, spec.logicalId(), "queue", spec.name()));
        stack.data().buckets().forEach(spec -> node(nodes, spec.logicalId(), "bucket", spec.name()));
        stack.data().secrets().forEach(spec -> node(nodes, spec.logicalId(), "secret", spec.name()));
    }

    private static void node(ArrayNode nodes, String id, String kind, String name) {
        nodes.addObject().put("id", id).put("kind", kind).put("name", name);
    }

    private void api(Edges edges, String api, JsonNode body) {
        for (JsonNode scheme : body.path("components").path("securitySchemes")) {
            String uri = scheme.path("x-amazon-apigateway-authorizer")
                    .path("authorizerUri")
                    .asText();
            functionIn(uri).ifPresent(function -> edges.add(api, function, "authorizes"));
        }
        for (JsonNode path : body.path("paths")) {
            for (JsonNode method : path) {
                integration(edges, api, method.path(INTEGRATION));
            }
        }
    }

    private void integration(Edges edges, String api, JsonNode integration) {
        String uri = integration.path("uri").asText();
        functionIn(uri).ifPresent(function -> edges.add(api, function, "invokes"));
        String text = integration.toString();
        String service = service(uri, integration.path("integrationSubtype").asText());
        List<IdentifiedSpec> candidates = data.stream()
                .filter(spec -> spec.arn().service().equals(service))
                .toList();
        List<IdentifiedSpec> named =
                candidates.stream().filter(spec -> text.contains(spec.name())).toList();
        // A template that takes the name from the request can reach each of them.
        (named.isEmpty() ? candidates : named).forEach(spec -> edges.add(api, spec.logicalId(), "puts"));
    }

    /** Returns the service that an integration calls: {@code arn:aws:apigateway:REGION:kinesis:action/PutRecord}. */
    private static String service(String uri, String subtype) {
        return Arn.tryParse(uri)
                .filter(arn -> arn.service().equals("apigateway"))
                .map(Arn::account)
                .orElseGet(() -> subtype.split("-", 2)[0].toLowerCase(Locale.ROOT));
    }

    private void mappings(Edges edges) {
        stack.compute().mappings().forEach(mapping -> {
            functionNamed(mapping.function()).ifPresent(function -> {
                source(mapping.eventSourceArn()).ifPresent(source -> edges.add(source, function, "delivers"));
                mapping.settings()
                        .onFailure()
                        .flatMap(this::source)
                        .ifPresent(queue -> edges.add(function, queue, "on-failure"));
            });
        });
        stack.events()
                .queueMappings()
                .forEach(mapping -> functionNamed(mapping.function())
                        .ifPresent(function -> source(mapping.queueArn())
                                .ifPresent(source -> edges.add(source, function, "delivers"))));
        stack.events()
                .subscriptions()
                .forEach(subscription -> source(subscription.topicArn())
                        .ifPresent(topic -> target(subscription.endpoint())
                                .ifPresent(target -> edges.add(topic, target, "publishes"))));
        stack.events()
                .rules()
                .forEach(rule -> rule.targets()
                        .forEach(target ->
                                target(target.arn()).ifPresent(to -> edges.add(rule.logicalId(), to, "fires"))));
    }

    private void redrivePolicies(Edges edges) {
        stack.data()
                .queues()
                .forEach(queue -> queue.deadLetterQueue()
                        .flatMap(this::source)
                        .ifPresent(target -> edges.add(queue.logicalId(), target, "moves")));
    }

    private void environment(Edges edges, FunctionSpec function) {
        for (Map.Entry<String, String> variable : function.environment().entrySet()) {
            data.stream()
                    .filter(spec -> names(variable.getValue(), spec))
                    .forEach(spec -> edges.add(function.logicalId(), spec.logicalId(), "uses"));
        }
    }

    /** Returns whether a value is a resource's name, its ARN, or a URL that ends with its name. */
    private static boolean names(String value, IdentifiedSpec spec) {
        return value.equals(spec.name())
                || value.startsWith(spec.arn().toString())
                || value.endsWith("/" + spec.name());
    }

    private Optional<String> target(String arn) {
        return functionNamed(arn).or(() -> source(arn));
    }

    private Optional<String> source(String arn) {
        return data.stream()
                .filter(spec -> arn.equals(spec.arn().toString()) || arn.startsWith(spec.arn() + "/"))
                .map(IdentifiedSpec::logicalId)
                .findFirst();
    }

    private Optional<String> functionNamed(String nameOrArn) {
        return stack.compute().functions().stream()
                .filter(spec -> spec.isNamed(nameOrArn))
                .map(FunctionSpec::logicalId)
                .findFirst();
    }

    private Optional<String> functionIn(String uri) {
        int end = uri.lastIndexOf("/invocations");
        int start = uri.indexOf("/functions/");
        return start < 0 || end < start
                ? functionNamed(uri)
                : functionNamed(uri.substring(start + "/functions/".length(), end));
    }

    /** The edges so far, each once. */
    private static final class Edges {
        private final ArrayNode list;
        private final Set<String> known = new HashSet<>();

        Edges(ArrayNode list) {
            this.list = list;
        }

        void add(String from, String to, String kind) {
            if (known.add(from + ' ' + to + ' ' + kind)) {
                list.addObject().put("from", from).put("to", to).put("kind", kind);
            }
        }
    }
}
