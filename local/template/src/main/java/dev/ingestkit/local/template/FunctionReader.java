package dev.ingestkit.local.template;

import dev.ingestkit.local.template.api.ApiUrls;
import dev.ingestkit.local.template.model.Properties;
import dev.ingestkit.local.template.model.TemplateException;
import dev.ingestkit.local.template.model.TemplateNode;
import dev.ingestkit.local.template.resource.Resource;
import dev.ingestkit.local.template.resource.ResourceReader;
import dev.ingestkit.local.template.spec.FunctionSpec;
import dev.ingestkit.local.template.spec.RuntimeSupport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads functions with their aliases. Only code on this machine runs whose runtime it has; other
 * functions get a warning. */
record FunctionReader(ResourceReader views, ApiUrls urls) {

    /** The variables that Lambda sets itself: docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html. */
    private static final Set<String> RESERVED = Set.of(
            "_HANDLER",
            "_X_AMZN_TRACE_ID",
            "AWS_DEFAULT_REGION",
            "AWS_REGION",
            "AWS_EXECUTION_ENV",
            "AWS_LAMBDA_FUNCTION_NAME",
            "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
            "AWS_LAMBDA_FUNCTION_VERSION",
            "AWS_LAMBDA_INITIALIZATION_TYPE",
            "AWS_LAMBDA_LOG_GROUP_NAME",
            "AWS_LAMBDA_LOG_STREAM_NAME",
            "AWS_ACCESS_KEY",
            "AWS_ACCESS_KEY_ID",
            "AWS_SECRET_ACCESS_KEY",
            "AWS_SESSION_TOKEN",
            "AWS_LAMBDA_RUNTIME_API",
            "LAMBDA_TASK_ROOT",
            "LAMBDA_RUNTIME_DIR");

    /** The level of logs in JSON; logs in text are not filtered. */
    private static final String DEFAULT_LOG_LEVEL = "INFO";

    private static final int DEFAULT_MEMORY_MEGABYTES = 128;
    private static final int DEFAULT_TIMEOUT_SECONDS = 3;
    private static final String TYPE = "AWS::Lambda::Function";

    List<FunctionSpec> functions() {
        return views.of(TYPE, this::function);
    }

    private @Nullable FunctionSpec function(Resource resource) {
        Properties properties = resource.properties();
        Optional<String> obstacle =
                obstacle(properties, resource.catalog().context().support());
        Optional<Path> code = obstacle.isEmpty() ? code(resource) : Optional.empty();
        if (code.isEmpty()) {
            views.warn(
                    resource.declared().at(),
                    "the function %s is not run: %s"
                            .formatted(
                                    resource.logicalId(),
                                    obstacle.orElse("its code is not a file or directory on this machine")));
            return null;
        }
        Map<String, String> environment = new LinkedHashMap<>();
        properties
                .object("Environment")
                .ifPresent(object ->
                        object.textMap("Variables").forEach((name, value) -> environment.put(name, urls.local(value))));
        requireNoReserved(properties, environment.keySet());
        properties.object("LoggingConfig").ifPresent(logging -> environment.putAll(logging(logging)));
        return new FunctionSpec(
                resource.identity(),
                new FunctionSpec.Code(
                        code.get(),
                        properties.requiredText("Handler"),
                        properties.requiredText("Runtime"),
                        layers(resource)),
                limits(properties),
                environment,
                properties.text("Description").orElse(""),
                properties.text("Role").orElse(""),
                aliases(resource),
                resource.declared().at());
    }

    private static Optional<Path> code(Resource resource) {
        Optional<Properties> inline = resource.properties()
                .node("Code")
                .filter(TemplateNode.Mapping.class::isInstance)
                .map(Properties::of)
                .filter(code -> code.node("ZipFile").isPresent());
        if (inline.isEmpty()) {
            return CodeLocation.of(resource, "Code");
        }
        String runtime = resource.properties().requiredText("Runtime");
        Optional<Path> directory = InlineCode.directory(runtime, inline.get().requiredText("ZipFile"));
        if (directory.isEmpty()) {
            throw TemplateException.at(
                    inline.get().at(),
                    "ZipFile holds the source of functions in Python or Node.js only, and the runtime is %s",
                    runtime);
        }
        return directory;
    }

    /** Returns the variables by which Lambda tells a runtime its log's format, level and group. */
    private static Map<String, String> logging(Properties logging) {
        Map<String, String> variables = new LinkedHashMap<>();
        Optional<String> format = logging.text("LogFormat");
        format.ifPresent(value -> variables.put("AWS_LAMBDA_LOG_FORMAT", value));
        if (format.filter("JSON"::equals).isPresent()) {
            variables.put(
                    "AWS_LAMBDA_LOG_LEVEL", logging.text("ApplicationLogLevel").orElse(DEFAULT_LOG_LEVEL));
        }
        logging.text("LogGroup").ifPresent(group -> variables.put("AWS_LAMBDA_LOG_GROUP_NAME", group));
        return variables;
    }

    /** Refuses variables that only Lambda sets, in Lambda's words. */
    private static void requireNoReserved(Properties properties, Set<String> names) {
        List<String> reserved =
                names.stream().filter(RESERVED::contains).sorted().toList();
        if (!reserved.isEmpty()) {
            throw TemplateException.at(
                    properties.node("Environment").orElseThrow().at(),
                    "Lambda was unable to configure your environment variables because the environment variables you"
                            + " have provided contains reserved keys that are currently not supported for modification."
                            + " Reserved keys used in this request: %s",
                    String.join(", ", reserved));
        }
    }

    /** Returns the contents of the function's layers; those that are not on this machine get a warning. */
    private List<Path> layers(Resource function) {
        List<Path> layers = new ArrayList<>();
        for (TemplateNode layer : function.properties().list("Layers")) {
            String arn = Properties.text(layer);
            Optional<Path> content = views.ofType("AWS::Lambda::LayerVersion").stream()
                    .filter(version -> version.physicalId().equals(arn))
                    .findFirst()
                    .flatMap(version -> CodeLocation.of(version, "Content"));
            if (content.isPresent() && Files.exists(content.get())) {
                layers.add(content.get());
            } else {
                views.warn(
                        layer.at(), "the layer %s of %s is not on this machine".formatted(arn, function.logicalId()));
            }
        }
        return layers;
    }

    private static FunctionSpec.Limits limits(Properties properties) {
        return new FunctionSpec.Limits(
                properties.integer("MemorySize", 128, 10_240).orElse(DEFAULT_MEMORY_MEGABYTES),
                Duration.ofSeconds(properties.integer("Timeout", 1, 900).orElse(DEFAULT_TIMEOUT_SECONDS)),
                properties.integer("ReservedConcurrentExecutions", 0, 1_000_000));
    }

    private static Optional<String> obstacle(Properties properties, RuntimeSupport support) {
        if (properties.text("PackageType").filter("Image"::equals).isPresent()) {
            return Optional.of("container images are not run here");
        }
        return support.obstacle(properties.requiredText("Runtime"));
    }

    private List<FunctionSpec.Alias> aliases(Resource function) {
        return views.ofType("AWS::Lambda::Alias").stream()
                .filter(alias -> alias.physicalId().startsWith(function.attribute("Arn") + ":"))
                .map(alias -> new FunctionSpec.Alias(
                        alias.name(), alias.properties().text("FunctionVersion").orElse("$LATEST"), alias.physicalId()))
                .toList();
    }
}
