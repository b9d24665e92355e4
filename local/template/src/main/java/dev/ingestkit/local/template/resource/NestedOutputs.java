package dev.ingestkit.local.template.resource;

import dev.ingestkit.local.template.intrinsic.Resolver;
import dev.ingestkit.local.template.model.Location;
import java.util.Optional;

/** The outputs of stacks that a template nests. */
@FunctionalInterface
public interface NestedOutputs {

    /**
     * Returns an output of a nested stack.
     *
     * @param resolver resolves the nested stack's parameters
     * @return empty if the stack is not run
     * @throws dev.ingestkit.local.template.model.TemplateException if the nested template cannot be read, or has no
     * such
     *     output
     */
    Optional<String> output(ResourceDeclaration stack, String name, Resolver resolver, Location at);
}
