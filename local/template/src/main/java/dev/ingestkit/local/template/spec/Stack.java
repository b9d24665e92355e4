package dev.ingestkit.local.template.spec;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.local.template.model.Problem;
import dev.ingestkit.local.template.model.TemplateException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A template resolved for one runtime: the resources that run, each as its own type, with all references resolved.
 * Immutable.
 *
 * @param names the names from which ARNs and ids are formed
 * @param source the template that the stack comes from
 * @param compute the resources that process events
 * @param data the resources that hold data
 * @param events the resources beside streams and APIs that invoke functions
 * @param outputs in the template's order
 * @param resources every resource whose condition holds, in the template's order
 * @param warnings parts of the template that this runtime does not run
 */
public record Stack(
        RuntimeNames names,
        Source source,
        Compute compute,
        Data data,
        Events events,
        List<StackOutput> outputs,
        List<StackResource> resources,
        List<Problem> warnings) {

    /**
     * The template of a stack.
     *
     * @param description the template's description, or empty
     * @param body the template's text
     * @param files the files that the template was read from: its own, included ones, those of nested stacks
     */
    public record Source(String description, String body, List<StackParameter> parameters, List<Path> files) {
        public Source {
            requireNonNull(description, "description");
            requireNonNull(body, "body");
            parameters = List.copyOf(parameters);
            files = List.copyOf(files);
        }
    }

    /** The functions of a stack, and the APIs and mappings that invoke them. */
    public record Compute(
            List<FunctionSpec> functions, List<MappingSpec> mappings, List<ApiSpec> apis, List<HttpApiSpec> httpApis) {
        public Compute {
            functions = List.copyOf(functions);
            mappings = List.copyOf(mappings);
            apis = List.copyOf(apis);
            httpApis = List.copyOf(httpApis);
        }
    }

    /** The resources of a stack that hold data. */
    public record Data(
            List<StreamSpec> streams,
            List<ConsumerSpec> consumers,
            List<TableSpec> tables,
            List<QueueSpec> queues,
            List<SecretSpec> secrets,
            List<RotationSpec> rotations,
            List<BucketSpec> buckets) {
        public Data {
            streams = List.copyOf(streams);
            consumers = List.copyOf(consumers);
            tables = List.copyOf(tables);
            queues = List.copyOf(queues);
            secrets = List.copyOf(secrets);
            rotations = List.copyOf(rotations);
            buckets = List.copyOf(buckets);
        }
    }

    /** The resources of a stack, beside streams and APIs, that invoke functions. */
    public record Events(
            List<QueueMappingSpec> queueMappings,
            List<TopicSpec> topics,
            List<SubscriptionSpec> subscriptions,
            List<String> buses,
            List<RuleSpec> rules,
            List<AsyncSpec> asynchronous) {
        public Events {
            queueMappings = List.copyOf(queueMappings);
            topics = List.copyOf(topics);
            subscriptions = List.copyOf(subscriptions);
            buses = List.copyOf(buses);
            rules = List.copyOf(rules);
            asynchronous = List.copyOf(asynchronous);
        }
    }

    public Stack {
        requireNonNull(names, "names");
        requireNonNull(source, "source");
        requireNonNull(compute, "compute");
        requireNonNull(data, "data");
        requireNonNull(events, "events");
        outputs = List.copyOf(outputs);
        resources = List.copyOf(resources);
        warnings = List.copyOf(warnings);
    }

    /** Returns the outputs' values by name, in the template's order. */
    public Map<String, String> outputValues() {
        Map<String, String> values = new LinkedHashMap<>();
        outputs.forEach(output -> values.put(output.name(), output.value()));
        return values;
    }

    /**
     * Returns this stack if all of its template runs.
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
