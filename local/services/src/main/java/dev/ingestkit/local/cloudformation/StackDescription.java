package dev.ingestkit.local.cloudformation;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A running stack as CloudFormation's API shows it. Immutable.
 *
 * @param id the stack's ARN
 * @param templateBody the text that GetTemplate answers
 * @param created when the runtime started it
 */
public record StackDescription(
        String name,
        String id,
        String description,
        String templateBody,
        Instant created,
        List<Parameter> parameters,
        List<Output> outputs,
        List<Resource> resources) {

    /**
     * A parameter.
     *
     * @param value as it may be shown: asterisks for one that is NoEcho
     */
    public record Parameter(String name, String value) {}

    /**
     * An output.
     *
     * @param exportName empty when it is not exported
     */
    public record Output(String name, String value, Optional<String> description, Optional<String> exportName) {}

    /** A resource. */
    public record Resource(String logicalId, String type, String physicalId) {}

    public StackDescription {
        requireNonNull(name, "name");
        requireNonNull(id, "id");
        requireNonNull(description, "description");
        requireNonNull(templateBody, "templateBody");
        requireNonNull(created, "created");
        parameters = List.copyOf(parameters);
        outputs = List.copyOf(outputs);
        resources = List.copyOf(resources);
    }
}
