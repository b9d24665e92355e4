package dev.ingestkit.local.wiring;

import dev.ingestkit.local.template.model.Problem;
import dev.ingestkit.local.template.model.TemplateException;
import dev.ingestkit.local.template.spec.Stack;
import dev.ingestkit.local.template.spec.StackResource;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/** Adds the position in the template to the refusal of a resource. */
final class Refusals {

    private Refusals() {}

    /**
     * Returns an action that creates resources of the stack.
     *
     * @param logicalId returns the resource's name in the template
     * @param create may throw what AWS would answer
     */
    static <S> Consumer<S> located(Stack stack, Function<S, String> logicalId, Consumer<S> create) {
        return spec -> {
            try {
                create.accept(spec);
            } catch (TemplateException located) {
                throw located;
            } catch (RuntimeException refused) {
                throw located(stack, logicalId.apply(spec), refused);
            }
        };
    }

    private static RuntimeException located(Stack stack, String logicalId, RuntimeException refused) {
        return stack.resources().stream()
                .filter(resource -> isNamed(resource, logicalId))
                .findFirst()
                .<RuntimeException>map(resource -> new TemplateException(List.of(new Problem(
                        resource.at(), "%s cannot be created: %s".formatted(resource.type(), reason(refused))))))
                .orElse(refused);
    }

    private static boolean isNamed(StackResource resource, String logicalId) {
        return resource.logicalId().equals(logicalId) || resource.logicalId().endsWith("." + logicalId);
    }

    /** Returns the service's own error, without the layers around it. */
    private static String reason(RuntimeException refused) {
        Throwable cause = refused;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage());
    }
}
