package dev.ingestkit.local.template.spec;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * An output of a stack. A URL of an API of the stack leads to the runtime, as the API is reached there.
 *
 * @param exportName the name under which other stacks may import it
 */
public record StackOutput(String name, String value, Optional<String> description, Optional<String> exportName) {

    public StackOutput {
        requireNonNull(name, "name");
        requireNonNull(value, "value");
    }
}
