package dev.ingestkit.cli.aws;

import java.net.URI;
import java.util.Optional;

/** The target as far as the command line names it; {@link TargetResolver} resolves the rest. */
public record TargetRequest(
        Optional<URI> endpoint,
        Optional<String> profile,
        boolean aws,
        Optional<String> region,
        Optional<String> stack) {

    /** Returns a request that names nothing. */
    public static TargetRequest none() {
        return new TargetRequest(Optional.empty(), Optional.empty(), false, Optional.empty(), Optional.empty());
    }

    /** Returns this request with AWS as its target; an endpoint still replaces AWS's own. */
    public TargetRequest atAws() {
        return new TargetRequest(endpoint, profile, true, region, stack);
    }
}
