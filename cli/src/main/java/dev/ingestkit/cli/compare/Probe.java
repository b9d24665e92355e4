package dev.ingestkit.cli.compare;

import static java.util.Objects.requireNonNull;

import java.util.function.Function;

/**
 * One call that is made on both endpoints.
 *
 * @param service the service's name
 * @param name the call and its input
 * @param call makes the call; returns the part of the answer that is compared
 */
record Probe(String service, String name, Function<OwnResources, String> call) {

    Probe {
        requireNonNull(service, "service");
        requireNonNull(name, "name");
        requireNonNull(call, "call");
    }
}
