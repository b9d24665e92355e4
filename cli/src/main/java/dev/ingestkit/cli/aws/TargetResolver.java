package dev.ingestkit.cli.aws;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.cli.output.CliException;
import dev.ingestkit.cli.output.ExitCode;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Resolves the target of a command. Precedence: options, environment variables ({@code INGEST_*}, then AWS's names), a
 * running embedded runtime, a LocalStack on its usual port ({@code INGEST_PORT}, as Docker Compose reads it, otherwise
 * 4566). Commands touch AWS only when told to ({@code --aws}, {@code --profile}, {@code INGEST_TARGET=aws}): a profile
 * that happens to be set in the shell sends no event to a real account.
 */
public final class TargetResolver {

    public static final String DEFAULT_STACK = "ingest-kit";
    private static final String LOCALSTACK_PORT = "4566";
    private static final String DEFAULT_REGION = "us-east-1";

    private final Map<String, String> environment;
    private final RunningRuntimes runtimes;
    private final EndpointProbe probe;

    /** Creates a resolver for one run. */
    public TargetResolver(Map<String, String> environment, RunningRuntimes runtimes, EndpointProbe probe) {
        this.environment = Map.copyOf(environment);
        this.runtimes = requireNonNull(runtimes, "runtimes");
        this.probe = requireNonNull(probe, "probe");
    }

    /**
     * Resolves the target.
     *
     * @throws CliException with {@code ENVIRONMENT} when nothing runs or the request is ambiguous
     */
    public Target resolve(TargetRequest request) {
        if (request.endpoint().isPresent()) {
            return at(request.endpoint().get(), request, "--endpoint-url");
        }
        if (request.aws() || request.profile().isPresent()) {
            return aws(request, request.profile().isPresent() ? "--profile" : "--aws");
        }
        for (String name : List.of("INGEST_ENDPOINT_URL", "INGEST_ENDPOINT", "AWS_ENDPOINT_URL")) {
            Optional<String> url = variable(name);
            if (url.isPresent()) {
                return at(endpoint(url.get(), name), request, name);
            }
        }
        if (variable("INGEST_TARGET").filter("aws"::equalsIgnoreCase).isPresent()) {
            return aws(request, "INGEST_TARGET");
        }
        if (variable("INGEST_TARGET").filter("localstack"::equalsIgnoreCase).isPresent()) {
            return localStack(request);
        }
        return running(request).orElseGet(() -> onUsualPort(request));
    }

    /**
     * Resolves a running LocalStack: the requested one, the environment's, or the one on the usual port. Ignores
     * embedded runtimes.
     *
     * @throws CliException with {@code ENVIRONMENT} when no LocalStack answers
     */
    public Target localStack(TargetRequest request) {
        if (request.endpoint().isEmpty()) {
            return onUsualPort(request);
        }
        URI endpoint = request.endpoint().get();
        Target found = at(endpoint, request, "--endpoint-url");
        if (found.kind() != Target.Kind.LOCALSTACK) {
            throw new CliException("NO_LOCALSTACK", ExitCode.ENVIRONMENT, "no LocalStack answers at " + endpoint)
                    .hint("start one: docker compose up -d --wait");
        }
        return found;
    }

    private Optional<Target> running(TargetRequest request) {
        Optional<String> wanted = stack(request);
        List<RunningRuntimes.Entry> running = runtimes.all().stream()
                .filter(entry -> wanted.isEmpty() || wanted.get().equals(entry.stack()))
                .toList();
        if (running.size() > 1) {
            String found = running.stream()
                    .map(entry -> entry.endpoint() + " (stack " + entry.stack() + ")")
                    .collect(Collectors.joining(", "));
            throw new CliException(
                            "SEVERAL_RUNTIMES", ExitCode.ENVIRONMENT, "several embedded runtimes are running: " + found)
                    .hint("name one: --endpoint-url " + running.get(0).endpoint() + " or --stack "
                            + running.get(0).stack());
        }
        return running.stream().findFirst().map(entry -> embedded(entry, "running runtime"));
    }

    private static Target embedded(RunningRuntimes.Entry entry, String origin) {
        return new Target(
                Target.Kind.EMBEDDED,
                Optional.of(entry.endpoint()),
                entry.region(),
                Optional.empty(),
                entry.stack(),
                origin,
                entry.outputs());
    }

    private Target onUsualPort(TargetRequest request) {
        URI usual = URI.create("http://localhost:" + variable("INGEST_PORT").orElse(LOCALSTACK_PORT));
        if (probe.kind(usual).filter(kind -> kind == Target.Kind.LOCALSTACK).isEmpty()) {
            refuseOtherStacks(request);
            throw new CliException("NOTHING_RUNS", ExitCode.ENVIRONMENT, "no pipeline is running on this machine")
                    .because("found no embedded runtime of this user, and no LocalStack at " + usual, null)
                    .hint("start one: ingest-cli up --detach")
                    .hint("or LocalStack: docker compose up -d --wait")
                    .hint("or choose a target: --endpoint-url URL, or --profile NAME for AWS");
        }
        return at(usual, request, "running LocalStack");
    }

    /** Rejects a stack's name that none of the running runtimes has: "nothing runs" would be wrong. */
    private void refuseOtherStacks(TargetRequest request) {
        List<RunningRuntimes.Entry> running = runtimes.all();
        Optional<String> wanted = stack(request);
        if (wanted.isEmpty() || running.isEmpty()) {
            return;
        }
        String origin = request.stack().isPresent() ? "--stack" : "INGEST_STACK";
        CliException failure = new CliException(
                        "STACK_NOT_RUNNING",
                        ExitCode.ENVIRONMENT,
                        "%s: no runtime with stack '%s' is running".formatted(origin, wanted.get()))
                .because(
                        "running: "
                                + running.stream()
                                        .map(entry -> "%s (stack %s)".formatted(entry.endpoint(), entry.stack()))
                                        .collect(Collectors.joining(", ")),
                        null)
                .hint("use a running one: --stack " + running.get(0).stack());
        throw request.stack().isPresent()
                ? failure
                : failure.hint("INGEST_STACK may be left over from another stack: eval \"$(ingest-cli env --unset)\"");
    }

    private static URI endpoint(String url, String name) {
        try {
            return new URI(url);
        } catch (URISyntaxException malformed) {
            throw invalidEndpoint(url, name);
        }
    }

    private static CliException invalidEndpoint(String url, String name) {
        return new CliException("USAGE", ExitCode.USAGE, "%s: '%s' is not a valid endpoint".formatted(name, url))
                .hint("example: http://localhost:4566");
    }

    private Target at(URI endpoint, TargetRequest request, String origin) {
        boolean http = "http".equalsIgnoreCase(endpoint.getScheme()) || "https".equalsIgnoreCase(endpoint.getScheme());
        if (!http || endpoint.getHost() == null) {
            throw invalidEndpoint(endpoint.toString(), origin);
        }
        for (RunningRuntimes.Entry entry : runtimes.all()) {
            if (entry.port() == endpoint.getPort() && Loopback.is(endpoint)) {
                return embedded(entry, origin);
            }
        }
        Target.Kind kind = probe.kind(endpoint).orElse(Target.Kind.OTHER);
        return new Target(
                kind,
                Optional.of(endpoint),
                region(request).orElse(DEFAULT_REGION),
                Optional.empty(),
                stack(request).orElse(DEFAULT_STACK),
                origin,
                Map.of());
    }

    /** Rejects endpoint variables, which the SDK would follow, so that {@code --aws} would silently not be AWS. */
    private void requireNoOtherEndpoint(String origin) {
        for (String name : new TreeSet<>(environment.keySet())) {
            Optional<String> url = name.startsWith("AWS_ENDPOINT_URL") ? variable(name) : Optional.empty();
            if (url.isPresent()) {
                throw new CliException(
                                "ENDPOINT_NOT_AWS",
                                ExitCode.USAGE,
                                "%s chooses AWS, but %s is set to '%s'".formatted(origin, name, url.get()))
                        .hint("for AWS, unset " + name)
                        .hint("for that endpoint, use --endpoint-url " + url.get());
            }
        }
    }

    private Target aws(TargetRequest request, String origin) {
        requireNoOtherEndpoint(origin);
        return new Target(
                Target.Kind.AWS,
                Optional.empty(),
                region(request).orElse(DEFAULT_REGION),
                request.profile().or(() -> variable("INGEST_PROFILE")).or(() -> variable("AWS_PROFILE")),
                stack(request).orElse(DEFAULT_STACK),
                origin,
                Map.of());
    }

    private Optional<String> stack(TargetRequest request) {
        return request.stack().or(() -> variable("INGEST_STACK"));
    }

    private Optional<String> region(TargetRequest request) {
        return request.region()
                .or(() -> variable("INGEST_REGION"))
                .or(() -> variable("AWS_REGION"))
                .or(() -> variable("AWS_DEFAULT_REGION"));
    }

    private Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }
}
