package dev.ingestkit.cli.aws;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.cli.output.CliException;
import dev.ingestkit.cli.output.ExitCode;
import dev.ingestkit.local.events.Arn;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The resources of a stack by their roles: stream, table, queue, function, secret, API. The user's choice comes first,
 * then an output of the kit's own names, then the only resource of its type, then the one that an event source mapping
 * uses, or the redrive policy of another queue. URLs that only AWS serves are rewritten to the target's endpoint, because other endpoints return them
 * unchanged. Not thread-safe.
 */
public final class StackResources {

    /** An API's address: its id, then the path with its stage. */
    private static final Pattern API = Pattern.compile("https?://([a-z0-9-]+)\\.execute-api\\.[^/]+(/.*)");

    private static final Pattern QUEUE_PATH = Pattern.compile("(?:/queue/[^/]+)?/(\\d{12})/([^/]+)");

    private final Target target;
    private final ResourceNames names;
    private final StackReader reader;
    private final AwsClients clients;
    private @Nullable Map<String, String> redrivePolicies;

    private StackResources(AwsClients clients, ResourceNames names) {
        this.target = clients.target();
        this.clients = clients;
        this.names = names;
        this.reader = new StackReader(clients);
    }

    /** Returns the resources of the target's stack; each is looked up on first use. */
    public static StackResources of(AwsClients clients, ResourceNames names) {
        return new StackResources(requireNonNull(clients, "clients"), requireNonNull(names, "names"));
    }

    /** Returns the resources of a stack of which the user chooses none. */
    public static StackResources of(AwsClients clients) {
        return of(clients, ResourceNames.none());
    }

    /**
     * Returns all outputs by name.
     *
     * @throws CliException with {@code ENVIRONMENT} when the stack does not exist or the endpoint does not answer
     */
    public Map<String, String> outputs() {
        return Map.copyOf(reader.outputs());
    }

    /** Returns the resources of a kind. */
    public List<StackPart> all(ResourceKind kind) {
        return reader.parts().stream()
                .filter(part -> kind.includes(part.type()) && !part.physicalId().isEmpty())
                .toList();
    }

    /**
     * Returns the names of the queues that receive failures: of a mapping, of another queue, or by the stack's own
     * output.
     */
    public List<String> deadLetterQueues() {
        Set<String> receiving = new LinkedHashSet<>();
        mappings().forEach(mapping -> mapping.queue().ifPresent(receiving::add));
        receiving.addAll(redrivePolicies().values());
        String hint = reader.outputs().get(ResourceKind.QUEUE.output());
        return all(ResourceKind.QUEUE).stream()
                .filter(part -> receiving.contains(part.name())
                        || (hint != null && atEndpoint(hint).equals(atEndpoint(part.physicalId()))))
                .map(StackPart::name)
                .toList();
    }

    /** Returns the names of the queues that redrive policies name, by the names of the queues with such a policy. */
    public Map<String, String> redrivePolicies() {
        Map<String, String> known = redrivePolicies;
        if (known == null) {
            List<StackPart> queues = all(ResourceKind.QUEUE);
            known = new LinkedHashMap<>();
            if (queues.size() > 1) {
                RedrivePolicies policies = new RedrivePolicies(clients.sqs());
                for (StackPart queue : queues) {
                    Optional<String> target = policies.target(atEndpoint(queue.physicalId()));
                    if (target.isPresent()) {
                        known.put(queue.name(), target.get());
                    }
                }
            }
            redrivePolicies = known;
        }
        return known;
    }

    /** Returns the event source mappings. */
    public List<StackMapping> mappings() {
        return reader.mappings();
    }

    /** Returns the stream's name, if the stack has one and the choice is clear. */
    public Optional<String> stream() {
        return chosen(ResourceKind.STREAM);
    }

    /** Returns the table's name, if the stack has one and the choice is clear. */
    public Optional<String> table() {
        return chosen(ResourceKind.TABLE);
    }

    /** Returns the URL of the dead letter queue, if the stack has one and the choice is clear. */
    public Optional<String> queue() {
        return chosen(ResourceKind.QUEUE).map(this::atEndpoint);
    }

    /** Returns the name of the function that receives the stream's records, if the choice is clear. */
    public Optional<String> function() {
        return chosen(ResourceKind.FUNCTION);
    }

    /** Returns the ARN of the secret with the API's credentials, if the stack has one secret. */
    public Optional<String> secret() {
        return chosen(ResourceKind.SECRET);
    }

    /** Returns the name of the stream. */
    public String streamName() {
        return stream().orElseThrow(() -> unclear(ResourceKind.STREAM));
    }

    /** Returns the name of the table. */
    public String tableName() {
        return table().orElseThrow(() -> unclear(ResourceKind.TABLE));
    }

    /** Returns the ARN of the secret with the API's credentials. */
    public String secretArn() {
        return secret().orElseThrow(() -> unclear(ResourceKind.SECRET));
    }

    /** Returns the name of the function that receives the stream's records. */
    public String functionName() {
        return function().orElseThrow(() -> unclear(ResourceKind.FUNCTION));
    }

    /** Returns the URL of the dead letter queue, at the target's endpoint. */
    public String queueUrl() {
        return queue().orElseThrow(() -> unclear(ResourceKind.QUEUE));
    }

    /** Returns the URL for events of the kit's own API, up to and including {@code /submit}; empty for another API. */
    public Optional<URI> submitUrl() {
        return Optional.ofNullable(reader.outputs().get(ResourceKind.API.output()))
                .map(this::apiAtEndpoint);
    }

    /** Returns the URL of the stack's only API and stage, to which paths are appended. */
    public Optional<URI> apiUrl() {
        List<StackPart> apis = all(ResourceKind.API);
        List<StackPart> stages = all(ResourceKind.STAGE);
        if (apis.size() != 1 || stages.size() != 1) {
            return Optional.empty();
        }
        String stage = stages.get(0).physicalId();
        String path = stage.equals("$default") ? "" : "/" + stage;
        String id = apis.get(0).physicalId();
        return Optional.of(target.endpoint()
                .map(endpoint -> endpoint.resolve("/_aws/execute-api/" + id + path))
                .orElseGet(() ->
                        URI.create("https://%s.execute-api.%s.amazonaws.com%s".formatted(id, target.region(), path))));
    }

    private URI apiAtEndpoint(String url) {
        Matcher api = API.matcher(url);
        return target.endpoint().isPresent() && api.matches()
                ? target.endpoint().get().resolve("/_aws/execute-api/" + api.group(1) + api.group(2))
                : URI.create(url);
    }

    /** Returns a queue's URL at the target's endpoint. */
    public String atEndpoint(String url) {
        Optional<URI> endpoint = target.endpoint();
        String path = URI.create(url).getPath();
        Matcher queue = QUEUE_PATH.matcher(path == null ? "" : path);
        return endpoint.isPresent() && queue.matches()
                ? endpoint.get()
                        .resolve("/queue/" + target.region() + "/" + queue.group(1) + "/" + queue.group(2))
                        .toString()
                : url;
    }

    private Optional<String> chosen(ResourceKind kind) {
        Optional<ResourceNames.Choice> wanted = names.of(kind);
        if (wanted.isPresent()) {
            return Optional.of(named(kind, wanted.get()));
        }
        String hint = reader.outputs().get(kind.output());
        if (hint != null) {
            return Optional.of(hint);
        }
        List<StackPart> all = all(kind);
        return all.size() == 1 ? Optional.of(all.get(0).physicalId()) : used(kind, all);
    }

    /** Returns the physical id of the resource that the user names; one of another stack is taken as it is written. */
    private String named(ResourceKind kind, ResourceNames.Choice wanted) {
        List<StackPart> all = all(kind);
        Optional<StackPart> found = find(wanted.name(), all);
        boolean elsewhere = Arn.isArn(wanted.name()) || wanted.name().contains("://");
        if (found.isEmpty() && !elsewhere) {
            throw new CliException(
                            kind.code("NOT_FOUND"),
                            ExitCode.ENVIRONMENT,
                            "%s: stack '%s' has no %s '%s'"
                                    .formatted(wanted.origin(), target.stack(), kind.noun(), wanted.name()))
                    .because(all.isEmpty() ? "the stack has no " + kind.noun() : "the stack has: " + list(all), null)
                    .hint(
                            wanted.origin().startsWith("INGEST_")
                                    ? "if it is left over from another stack: eval \"$(ingest-cli env --unset)\""
                                    : "for a resource of another stack, give its " + elsewhere(kind));
        }
        boolean byName = kind == ResourceKind.STREAM || kind == ResourceKind.TABLE;
        return found.map(StackPart::physicalId).orElseGet(() -> byName ? Arn.nameIn(wanted.name()) : wanted.name());
    }

    private static Optional<StackPart> find(String name, List<StackPart> all) {
        return all.stream()
                .filter(part -> part.isCalled(name))
                .findFirst()
                .or(() -> LogicalIds.find(
                                name, all.stream().map(StackPart::logicalId).toList())
                        .flatMap(id -> all.stream()
                                .filter(part -> part.logicalId().equals(id))
                                .findFirst()));
    }

    private static String elsewhere(ResourceKind kind) {
        return kind == ResourceKind.QUEUE ? "URL" : "ARN";
    }

    /** Returns the one of several resources that the mappings use, if they use one only. */
    private Optional<String> used(ResourceKind kind, List<StackPart> all) {
        if (all.isEmpty()) {
            return Optional.empty();
        }
        Set<String> inUse = new LinkedHashSet<>();
        switch (kind) {
            case STREAM -> mappings().forEach(mapping -> mapping.stream().ifPresent(inUse::add));
            case FUNCTION -> relevant().forEach(mapping -> inUse.add(mapping.functionName()));
            case QUEUE -> {
                relevant().forEach(mapping -> mapping.queue().ifPresent(inUse::add));
                if (inUse.isEmpty()) {
                    inUse.addAll(redrivePolicies().values());
                }
            }
            case TABLE, SECRET, API, STAGE, MAPPING -> {
                // no mapping names one
            }
        }
        List<StackPart> found =
                all.stream().filter(part -> inUse.contains(part.name())).toList();
        return found.size() == 1 ? Optional.of(found.get(0).physicalId()) : Optional.empty();
    }

    /** Returns the mappings of the chosen stream and function; all if neither is chosen. */
    private List<StackMapping> relevant() {
        Optional<String> stream = names.of(ResourceKind.STREAM).map(choice -> named(ResourceKind.STREAM, choice));
        Optional<String> function = names.of(ResourceKind.FUNCTION).map(choice -> named(ResourceKind.FUNCTION, choice));
        return mappings().stream()
                .filter(mapping -> stream.isEmpty() || mapping.stream().equals(stream.map(Arn::nameIn)))
                .filter(mapping ->
                        function.isEmpty() || mapping.functionName().equals(Arn.functionNameIn(function.get())))
                .toList();
    }

    /** Returns the error for a kind of which the stack has none, or several without a choice. */
    private CliException unclear(ResourceKind kind) {
        List<StackPart> all = all(kind);
        if (all.isEmpty()) {
            return new CliException(
                            kind.code("MISSING"),
                            ExitCode.ENVIRONMENT,
                            "stack '%s' has no %s".formatted(target.stack(), kind.noun()))
                    .hint("see what it has: ingest-cli status -o json --query resources");
        }
        CliException failure = new CliException(
                        kind.code("UNCLEAR"),
                        ExitCode.ENVIRONMENT,
                        "stack '%s' has %d %ss, and none is named".formatted(target.stack(), all.size(), kind.noun()))
                .because("the stack has: " + list(all), null);
        return kind == ResourceKind.SECRET
                ? failure.hint("add an output SecretArn to the template")
                : failure.hint("name one: %s %s"
                                .formatted(kind.option(), all.get(0).logicalId()))
                        .hint("or write it into .ingest.yaml: %s: %s"
                                .formatted(kind.noun(), all.get(0).logicalId()));
    }

    private static String list(List<StackPart> parts) {
        return parts.stream()
                .map(part -> part.logicalId().equals(part.name())
                        ? part.logicalId()
                        : "%s (%s)".formatted(part.logicalId(), part.name()))
                .collect(Collectors.joining(", "));
    }
}
