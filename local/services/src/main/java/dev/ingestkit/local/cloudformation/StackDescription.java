package dev.ingestkit.local.cloudformation;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.local.events.Arn;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A running stack as CloudFormation's API shows it. Immutable.
 *
 * @param name the stack's name
 * @param id the stack's ARN
 * @param description the template's description; may be empty
 * @param templateBody the text that GetTemplate returns
 * @param created the time at which the runtime created the stack
 * @param parameters the parameters with their values
 * @param outputs the outputs with their values
 * @param resources the resources in the order of creation
 */
public record StackDescription(
        String name,
        Arn id,
        String description,
        String templateBody,
        Instant created,
        List<Parameter> parameters,
        List<Output> outputs,
        List<Resource> resources) {

    /**
     * A parameter and its value.
     *
     * @param value the displayable value: asterisks if the parameter is NoEcho
     */
    public record Parameter(String name, String value) {}

    /**
     * An output and its value.
     *
     * @param exportName empty if the output is not exported
     */
    public record Output(String name, String value, Optional<String> description, Optional<String> exportName) {}

    /** A resource with its logical and physical id. */
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
