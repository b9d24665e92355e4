package dev.ingestkit.cli.aws;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Where a command works. Immutable.
 *
 * @param kind what is there
 * @param endpoint all services' endpoint; empty for real AWS
 * @param region in which
 * @param profile the profile whose credentials are used; empty for the default chain (AWS) or dummy credentials
 * @param stack the stack's name
 * @param origin what decided: {@code --endpoint-url}, {@code AWS_ENDPOINT_URL}, {@code running runtime} …
 * @param knownOutputs the stack's outputs where they are known without asking; else empty
 */
public record Target(
        Kind kind,
        Optional<URI> endpoint,
        String region,
        Optional<String> profile,
        String stack,
        String origin,
        Map<String, String> knownOutputs) {

    /** What answers at the endpoint. */
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
            throw new IllegalArgumentException("only AWS has no endpoint of its own: " + kind + " " + endpoint);
        }
    }

    /** The same, its origin told by another name. */
    public Target withOrigin(UnaryOperator<String> name) {
        return new Target(kind, endpoint, region, profile, stack, name.apply(origin), knownOutputs);
    }

    /** One line that says where: {@code embedded http://localhost:4566 stack ingest-kit}. */
    public String describe() {
        return describe("");
    }

    /** The same with the account, which only AWS has: {@code AWS 123456789012 eu-west-1 (profile prod), stack …}. */
    public String describe(String account) {
        String place = endpoint.map(URI::toString)
                .orElse(region + profile.map(name -> " (profile " + name + ")").orElse(""));
        return "%s %s, stack %s"
                .formatted(
                        kind == Kind.AWS
                                ? ("AWS " + account).strip()
                                : kind.name().toLowerCase(java.util.Locale.ROOT),
                        place,
                        stack);
    }
}
