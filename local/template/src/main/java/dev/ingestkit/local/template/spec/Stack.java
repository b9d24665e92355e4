package dev.ingestkit.local.template.spec;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.local.template.model.Problem;
import dev.ingestkit.local.template.model.TemplateException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A template resolved for one place: what is to be run, under which names. Immutable. Only what this runtime runs is in
 * the typed lists; everything else that would have an effect is in {@link #warnings()}.
 *
 * @param description the template's; empty without
 * @param templateBody the text as it was read
 * @param resources all resources whose condition holds, after the SAM transform
 * @param warnings what the template asks for and this runtime does not do, in the template's order
 */
public record Stack(
        RuntimeNames names,
        String description,
        String templateBody,
        List<StackParameter> parameters,
        List<FunctionSpec> functions,
        List<StreamSpec> streams,
        List<TableSpec> tables,
        List<QueueSpec> queues,
        List<SecretSpec> secrets,
        List<RotationSpec> rotations,
        List<BucketSpec> buckets,
        List<ConsumerSpec> consumers,
        List<ApiSpec> apis,
        List<MappingSpec> mappings,
        List<StackOutput> outputs,
        List<StackResource> resources,
        List<Problem> warnings) {

    public Stack {
        requireNonNull(names, "names");
        requireNonNull(description, "description");
        requireNonNull(templateBody, "templateBody");
        parameters = List.copyOf(parameters);
        functions = List.copyOf(functions);
        streams = List.copyOf(streams);
        tables = List.copyOf(tables);
        queues = List.copyOf(queues);
        secrets = List.copyOf(secrets);
        rotations = List.copyOf(rotations);
        buckets = List.copyOf(buckets);
        consumers = List.copyOf(consumers);
        apis = List.copyOf(apis);
        mappings = List.copyOf(mappings);
        outputs = List.copyOf(outputs);
        resources = List.copyOf(resources);
        warnings = List.copyOf(warnings);
    }

    /** The outputs' values by name, in the template's order. */
    public Map<String, String> outputValues() {
        Map<String, String> values = new LinkedHashMap<>();
        outputs.forEach(output -> values.put(output.name(), output.value()));
        return values;
    }

    /**
     * For those who want all of the template run or nothing.
     *
     * @throws TemplateException with the warnings as problems, if there are any
     */
    public Stack requireNoWarnings() {
        if (!warnings.isEmpty()) {
            throw new TemplateException(warnings);
        }
        return this;
    }
}
