package dev.ingestkit.local.template.spec;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * An output of a stack. A URL of one of the stack's APIs points at the runtime.
 *
 * @param exportName the name by which other stacks may import it
 */
public record StackOutput(String name, String value, Optional<String> description, Optional<String> exportName) {

    public StackOutput {
        requireNonNull(name, "name");
        requireNonNull(value, "value");
    }
}
