package dev.ingestkit.cli.aws;

import java.net.URI;
import java.util.Optional;

/** Finds out the kind of an endpoint. */
@FunctionalInterface
public interface EndpointProbe {

    /** Returns the kind of the endpoint within about a second; empty if nothing known answers there. */
    Optional<Target.Kind> kind(URI endpoint);
}
