package dev.ingestkit.local.template;

import dev.ingestkit.local.events.Arn;
import dev.ingestkit.local.events.QueueMappingSettings;
import dev.ingestkit.local.template.model.Properties;
import dev.ingestkit.local.template.model.TemplateException;
import dev.ingestkit.local.template.resource.Resource;
import dev.ingestkit.local.template.resource.ResourceReader;
import dev.ingestkit.local.template.spec.FunctionSpec;
import dev.ingestkit.local.template.spec.QueueMappingSpec;
import dev.ingestkit.local.template.spec.QueueSpec;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Reads event source mappings from the stack's queues to its functions, within Lambda's bounds and with its defaults.
 */
record QueueMappingReader(ResourceReader views, List<FunctionSpec> functions, List<QueueSpec> queues) {

    private static final int MAX_UNGATHERED = 10;
    private static final int DEFAULT_VISIBILITY_SECONDS = 30;

    List<QueueMappingSpec> mappings() {
        return views.of("AWS::Lambda::EventSourceMapping", this::mapping);
    }

    /** Returns whether an event source is a queue. */
    static boolean isQueue(String source) {
        return Arn.tryParse(source).map(Arn::service).filter("sqs"::equals).isPresent();
    }

    private @Nullable QueueMappingSpec mapping(Resource resource) {
        Properties properties = resource.properties();
        String source = properties.requiredText("EventSourceArn");
        if (!isQueue(source)) {
            return null;
        }
        String name = properties.requiredText("FunctionName");
        Optional<QueueSpec> queue = queues.stream()
                .filter(each -> each.arn().toString().equals(source))
                .findFirst();
        Optional<FunctionSpec> function =
                functions.stream().filter(each -> each.isNamed(name)).findFirst();
        if (queue.isEmpty() || function.isEmpty()) {
            views.warn(
                    resource.declared().at(),
                    "the event source mapping from %s to %s is not run: %s"
                            .formatted(
                                    source,
                                    name,
                                    queue.isEmpty() ? "the queue is not in this stack" : "its function is not run"));
            return null;
        }
        requireVisibility(properties, queue.get(), function.get());
        return new QueueMappingSpec(
                resource.logicalId(), resource.physicalId(), name, source, settings(properties, queue.get()));
    }

    /** Refuses what Lambda refuses: a message must not reappear while a function may still work on it. */
    private static void requireVisibility(Properties properties, QueueSpec queue, FunctionSpec function) {
        long visibility = queue.properties().path("VisibilityTimeout").asLong(DEFAULT_VISIBILITY_SECONDS);
        long timeout = function.limits().timeout().toSeconds();
        if (visibility < timeout) {
            throw TemplateException.at(
                    properties.at(),
                    "Queue visibility timeout: %d seconds is less than Function timeout: %d seconds",
                    visibility,
                    timeout);
        }
    }

    private static QueueMappingSettings settings(Properties properties, QueueSpec queue) {
        boolean fifo = queue.name().endsWith(".fifo");
        int size = properties
                .integer("BatchSize", 1, fifo ? MAX_UNGATHERED : 10_000)
                .orElse(QueueMappingSettings.DEFAULT.batchSize());
        int window = MappingReader.seconds(properties, "MaximumBatchingWindowInSeconds", fifo ? 0 : 300);
        if (size > MAX_UNGATHERED && window == 0) {
            throw TemplateException.at(
                    properties.node("BatchSize").orElseThrow().at(),
                    "Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than 10");
        }
        return new QueueMappingSettings(
                properties.flag("Enabled").orElse(true),
                size,
                window,
                MappingReader.reportsFailures(properties),
                properties
                        .object("ScalingConfig")
                        .flatMap(scaling -> scaling.integer("MaximumConcurrency", 2, 1_000))
                        .map(OptionalInt::of)
                        .orElseGet(OptionalInt::empty),
                MappingReader.filterPatterns(properties));
    }
}
