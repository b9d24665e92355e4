package dev.ingestkit.cli.aws;

import java.net.URI;
import java.util.Optional;

/** Asks an endpoint what it is. */
@FunctionalInterface
public interface EndpointProbe {

    /** What answers there; empty when nothing does, or nothing that is known. Answers within about a second. */
    Optional<Target.Kind> kind(URI endpoint);
}
