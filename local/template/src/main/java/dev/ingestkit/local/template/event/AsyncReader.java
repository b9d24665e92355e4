package dev.ingestkit.local.template.event;

import dev.ingestkit.local.events.AsyncSettings;
import dev.ingestkit.local.template.model.Properties;
import dev.ingestkit.local.template.resource.Resource;
import dev.ingestkit.local.template.resource.ResourceReader;
import dev.ingestkit.local.template.spec.AsyncSpec;
import dev.ingestkit.local.template.spec.FunctionSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the retries and the destinations of functions' asynchronous invocations. */
public record AsyncReader(ResourceReader views, List<FunctionSpec> functions) {

    /** Returns the settings of the functions that have any. */
    public List<AsyncSpec> settings() {
        List<AsyncSpec> settings = new ArrayList<>();
        for (FunctionSpec function : functions) {
            Optional<Resource> config = views.ofType("AWS::Lambda::EventInvokeConfig").stream()
                    .filter(resource -> function.isNamed(resource.properties().requiredText("FunctionName")))
                    .findFirst();
            String deadLetters = views.ofType("AWS::Lambda::Function").stream()
                    .filter(resource -> resource.logicalId().equals(function.logicalId()))
                    .flatMap(resource -> resource.properties().object("DeadLetterConfig").stream())
                    .flatMap(queue -> queue.text("TargetArn").stream())
                    .findFirst()
                    .orElse(null);
            if (config.isPresent() || deadLetters != null) {
                views.problems()
                        .collect(() -> settings.add(new AsyncSpec(
                                function.arn().toString(), settings(config.map(Resource::properties), deadLetters))));
            }
        }
        return settings;
    }

    private static AsyncSettings settings(Optional<Properties> config, @Nullable String deadLetters) {
        return new AsyncSettings(
                config.flatMap(properties -> properties.integer("MaximumRetryAttempts", 0, 2))
                        .orElse(AsyncSettings.DEFAULT.maxRetries()),
                config.flatMap(properties -> properties.integer("MaximumEventAgeInSeconds", 60, 21_600))
                        .orElse(AsyncSettings.DEFAULT.maxAgeSeconds()),
                destination(config, "OnSuccess"),
                destination(config, "OnFailure"),
                deadLetters);
    }

    private static @Nullable String destination(Optional<Properties> config, String name) {
        return config.flatMap(properties -> properties.object("DestinationConfig"))
                .flatMap(destinations -> destinations.object(name))
                .flatMap(destination -> destination.text("Destination"))
                .orElse(null);
    }
}
