package dev.ingestkit.local.template.spec;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.local.events.AsyncSettings;

/**
 * The treatment of a function's asynchronous invocations. Immutable.
 *
 * @param functionArn the function, without a qualifier
 */
public record AsyncSpec(String functionArn, AsyncSettings settings) {

    public AsyncSpec {
        requireNonNull(functionArn, "functionArn");
        requireNonNull(settings, "settings");
    }
}
