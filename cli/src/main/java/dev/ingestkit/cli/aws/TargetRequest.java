package dev.ingestkit.cli.aws;

import java.net.URI;
import java.util.Optional;

/** Where the command line asks a command to work; what is missing is looked up by {@link TargetResolver}. */
public record TargetRequest(
        Optional<URI> endpoint,
        Optional<String> profile,
        boolean aws,
        Optional<String> region,
        Optional<String> stack) {

    /** Nothing was asked for. */
    public static TargetRequest none() {
        return new TargetRequest(Optional.empty(), Optional.empty(), false, Optional.empty(), Optional.empty());
    }
}
