package dev.ingestkit.cli.aws;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The target of a command. Immutable.
 *
 * @param kind the kind of the endpoint
 * @param endpoint the endpoint of all services; empty for AWS
 * @param region the AWS region
 * @param profile the profile whose credentials are used; empty for the default chain (AWS) or dummy credentials
 * @param stack the stack's name
 * @param origin the source of the choice: {@code --endpoint-url}, {@code AWS_ENDPOINT_URL}, {@code running runtime} …
 * @param knownOutputs the stack's outputs if they are known without a call; otherwise empty
 */
public record Target(
        Kind kind,
        Optional<URI> endpoint,
        String region,
        Optional<String> profile,
        String stack,
        String origin,
        Map<String, String> knownOutputs) {

    /** The kinds of endpoints. */
    public enum Kind {
        EMBEDDED,
        LOCALSTACK,
        OTHER,
        AWS
    }

    public Target {
        requireNonNull(kind, "kind");
        requireNonNull(endpoint, "endpoint");
        requireNonNull(region, "region");
        requireNonNull(profile, "profile");
        requireNonNull(stack, "stack");
        requireNonNull(origin, "origin");
        knownOutputs = Map.copyOf(knownOutputs);
        if ((kind == Kind.AWS) != endpoint.isEmpty()) {
            throw new IllegalArgumentException(
                    "exactly the targets other than AWS need an endpoint: " + kind + " " + endpoint);
        }
    }

    /** Returns a copy whose origin is mapped to another name. */
    public Target withOrigin(UnaryOperator<String> name) {
        return new Target(kind, endpoint, region, profile, stack, name.apply(origin), knownOutputs);
    }

    /** Returns one line that describes the target: {@code embedded http://localhost:4566 stack ingest-kit}. */
    public String describe() {
        return describe("");
    }

    /** Returns the line with the account, for AWS: {@code AWS 123456789012 eu-west-1 (profile prod), stack …}. */
    public String describe(String account) {
        String location = endpoint.map(URI::toString)
                .orElse(region + profile.map(name -> " (profile " + name + ")").orElse(""));
        String name = switch (kind) {
            case EMBEDDED -> "embedded";
            case LOCALSTACK -> "localstack";
            case OTHER -> "endpoint";
            case AWS -> ("AWS " + account).strip();
        };
        return "%s %s, stack %s".formatted(name, location, stack);
    }
}
