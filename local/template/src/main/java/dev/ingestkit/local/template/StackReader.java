package dev.ingestkit.local.template;

import dev.ingestkit.local.events.Arn;
import dev.ingestkit.local.template.api.ApiReader;
import dev.ingestkit.local.template.api.ApiUrls;
import dev.ingestkit.local.template.intrinsic.Conditions;
import dev.ingestkit.local.template.intrinsic.Parameters;
import dev.ingestkit.local.template.intrinsic.TemplateContext;
import dev.ingestkit.local.template.model.Problem;
import dev.ingestkit.local.template.model.Problems;
import dev.ingestkit.local.template.model.Properties;
import dev.ingestkit.local.template.model.TemplateException;
import dev.ingestkit.local.template.model.TemplateNode;
import dev.ingestkit.local.template.resource.Resource;
import dev.ingestkit.local.template.resource.ResourceCatalog;
import dev.ingestkit.local.template.resource.ResourceDeclaration;
import dev.ingestkit.local.template.resource.ResourceReader;
import dev.ingestkit.local.template.resource.ResourceType;
import dev.ingestkit.local.template.resource.ResourceTypes;
import dev.ingestkit.local.template.resource.Support;
import dev.ingestkit.local.template.sam.SamTransform;
import dev.ingestkit.local.template.spec.ApiSpec;
import dev.ingestkit.local.template.spec.ConsumerSpec;
import dev.ingestkit.local.template.spec.FunctionSpec;
import dev.ingestkit.local.template.spec.Stack;
import dev.ingestkit.local.template.spec.StackResource;
import dev.ingestkit.local.template.spec.StreamSpec;
import dev.ingestkit.local.template.spec.TableSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads a template into a {@link Stack}: transform, conditions, resolution, then a reader for each kind of resource.
 * Used once.
 */
final class StackReader {

    private static final Pattern DYNAMIC = Pattern.compile("\\{\\{resolve:[^}]*}}");

    private final Template template;
    private final Parameters parameters;
    private final TemplateContext context;
    private final List<Problem> warnings;
    private final Problems problems = new Problems();

    StackReader(Template template, Parameters parameters, TemplateContext context, List<Problem> warnings) {
        this.template = template;
        this.parameters = parameters;
        this.context = context;
        this.warnings = warnings;
    }

    Stack read() {
        Conditions conditions = new Conditions(template.section("Conditions"), parameters, context);
        conditions.check(problems);
        problems.throwIfAny();
        SamTransform transform = new SamTransform(template.section("Globals"), conditions, warnings);
        template.section("Resources")
                .entries()
                .forEach((id, node) -> problems.collect(() -> declare(id, node, transform, conditions)));
        problems.throwIfAny();
        ResourceCatalog catalog = new ResourceCatalog(transform.declarations(), conditions, parameters, context);
        Map<String, Resource> resolved = resolve(catalog);
        problems.throwIfAny();
        problems.collect(catalog::requireNoCycle);
        Stack stack = stack(catalog, resolved, conditions);
        problems.throwIfAny();
        return stack;
    }

    private void declare(String id, TemplateNode node, SamTransform transform, Conditions conditions) {
        ResourceDeclaration declared = ResourceDeclaration.of(id, node);
        if (declared.type().startsWith("AWS::Serverless::") && !template.isServerless()) {
            throw TemplateException.at(
                    node.at(), "%s needs 'Transform: AWS::Serverless-2016-10-31' in the template", declared.type());
        }
        if (declared.condition()
                .map(name -> conditions.condition(name, node.at()))
                .orElse(true)) {
            warnAboutType(declared);
        }
        transform.take(declared);
    }

    private void warnAboutType(ResourceDeclaration declared) {
        ResourceType type = ResourceTypes.of(declared.type());
        if (type.support() == Support.NOT_RUN) {
            warnings.add(new Problem(
                    declared.at(),
                    "%s is not run locally; references to it have made-up values".formatted(declared.type())));
        } else if (type.support() == Support.RUN) {
            declared.properties().entries().forEach((property, value) -> {
                boolean isInclude =
                        property.equals("Fn::Transform") && !declared.type().startsWith("AWS::Serverless::");
                if (!type.properties().contains(property) && !isInclude) {
                    warnings.add(new Problem(
                            value.at(),
                            "the property %s of %s is not run locally".formatted(property, declared.type())));
                }
            });
        }
    }

    private Map<String, Resource> resolve(ResourceCatalog catalog) {
        Map<String, Resource> resolved = new LinkedHashMap<>();
        for (ResourceDeclaration declared : catalog.active()) {
            problems.collect(() -> {
                catalog.dependsOn(declared);
                TemplateNode.Mapping properties =
                        catalog.resolverOf(declared.logicalId()).mapping(declared.properties());
                if (ResourceTypes.of(declared.type()).support() == Support.RUN) {
                    refuseDynamicReferences(properties);
                }
                resolved.put(declared.logicalId(), new Resource(declared, new Properties(properties), catalog));
            });
        }
        return resolved;
    }

    /** Refuses references that AWS looks up during a deployment and that would be taken for the value itself here. */
    private void refuseDynamicReferences(TemplateNode node) {
        if (node instanceof TemplateNode.Mapping mapping) {
            mapping.entries().values().forEach(this::refuseDynamicReferences);
        } else if (node instanceof TemplateNode.Sequence sequence) {
            sequence.items().forEach(this::refuseDynamicReferences);
        } else if (node instanceof TemplateNode.Scalar scalar
                && DYNAMIC.matcher(scalar.text()).find()) {
            throw TemplateException.at(
                    scalar.at(), "the dynamic reference %s cannot be resolved locally; use a parameter", scalar.text());
        }
    }

    private static Set<String> sources(List<StreamSpec> streams, List<ConsumerSpec> consumers, List<TableSpec> tables) {
        return Stream.of(
                        streams.stream().map(StreamSpec::arn),
                        consumers.stream().map(ConsumerSpec::arn),
                        tables.stream().map(TableSpec::streamArn).flatMap(Optional::stream))
                .flatMap(Function.identity())
                .map(Arn::toString)
                .collect(Collectors.toSet());
    }

    private Stack stack(ResourceCatalog catalog, Map<String, Resource> resolved, Conditions conditions) {
        ResourceReader views = new ResourceReader(List.copyOf(resolved.values()), problems, warnings);
        List<ApiSpec> apis = new ApiReader(views).apis();
        ApiUrls urls = new ApiUrls(context.names(), apis);
        List<FunctionSpec> functions = new FunctionReader(views, context, urls).functions();
        List<StreamSpec> streams = views.of("AWS::Kinesis::Stream", DataResourceReader::stream);
        List<ConsumerSpec> consumers = views.of("AWS::Kinesis::StreamConsumer", DataResourceReader::consumer);
        List<TableSpec> tables = views.of("AWS::DynamoDB::Table", DataResourceReader::table);
        List<StackResource> resources = new ArrayList<>();
        resolved.values().forEach(resource -> problems.collect(() -> resources.add(resource.summary())));
        return new Stack(
                context.names(),
                new Stack.Source(template.description(), template.text(), parameters.shown()),
                new Stack.Compute(
                        functions,
                        new MappingReader(views, functions, sources(streams, consumers, tables)).mappings(),
                        apis),
                data(views, streams, consumers, tables),
                new OutputReader(template.section("Outputs"), catalog, conditions, urls).read(problems),
                resources,
                warnings);
    }

    private static Stack.Data data(
            ResourceReader views, List<StreamSpec> streams, List<ConsumerSpec> consumers, List<TableSpec> tables) {
        return new Stack.Data(
                streams,
                consumers,
                tables,
                views.of("AWS::SQS::Queue", DataResourceReader::queue),
                views.of("AWS::SecretsManager::Secret", DataResourceReader::secret),
                views.of(
                        "AWS::SecretsManager::RotationSchedule",
                        resource -> DataResourceReader.rotation(resource, views)),
                views.of("AWS::S3::Bucket", DataResourceReader::bucket));
    }
}
