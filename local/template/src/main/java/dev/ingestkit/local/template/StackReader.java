package dev.ingestkit.local.template;

import dev.ingestkit.local.events.Arn;
import dev.ingestkit.local.template.api.ApiReader;
import dev.ingestkit.local.template.api.ApiUrls;
import dev.ingestkit.local.template.api.HttpApiReader;
import dev.ingestkit.local.template.event.AsyncReader;
import dev.ingestkit.local.template.event.RuleReader;
import dev.ingestkit.local.template.event.TopicReader;
import dev.ingestkit.local.template.intrinsic.TemplateContext;
import dev.ingestkit.local.template.model.Problems;
import dev.ingestkit.local.template.resource.Resource;
import dev.ingestkit.local.template.resource.ResourceReader;
import dev.ingestkit.local.template.spec.ApiSpec;
import dev.ingestkit.local.template.spec.ConsumerSpec;
import dev.ingestkit.local.template.spec.FunctionSpec;
import dev.ingestkit.local.template.spec.HttpApiSpec;
import dev.ingestkit.local.template.spec.Stack;
import dev.ingestkit.local.template.spec.StackOutput;
import dev.ingestkit.local.template.spec.StackResource;
import dev.ingestkit.local.template.spec.StreamSpec;
import dev.ingestkit.local.template.spec.TableSpec;
import dev.ingestkit.local.template.spec.TopicSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads a template, with the stacks that it nests, into a {@link Stack}: a reader for each kind of resource. Used once.
 */
final class StackReader {

    private final Template template;
    private final TemplateContext context;
    private final Map<String, String> parameters;
    private final Problems problems = new Problems();

    StackReader(Template template, TemplateContext context, Map<String, String> parameters) {
        this.template = template;
        this.context = context;
        this.parameters = parameters;
    }

    Stack read() {
        NestedStacks nested = new NestedStacks(context, List.of(template.file()));
        StackLayout layout = new StackLayout(template, context, parameters, nested);
        List<Resource> resources = layout.resolve(problems);
        problems.throwIfAny();
        Stack stack = stack(layout, nested, resources);
        problems.throwIfAny();
        return stack;
    }

    private static Set<String> sources(Stack.Data data) {
        return Stream.of(
                        data.streams().stream().map(StreamSpec::arn),
                        data.consumers().stream().map(ConsumerSpec::arn),
                        data.tables().stream().map(TableSpec::streamArn).flatMap(Optional::stream))
                .flatMap(Function.identity())
                .map(Arn::toString)
                .collect(Collectors.toSet());
    }

    private Stack stack(StackLayout layout, NestedStacks nested, List<Resource> resolved) {
        ResourceReader views = new ResourceReader(resolved, problems, context.warnings());
        List<ApiSpec> apis = new ApiReader(views).apis();
        List<HttpApiSpec> httpApis = new HttpApiReader(views).apis();
        ApiUrls urls = new ApiUrls(
                context.names(),
                Stream.concat(apis.stream().map(ApiSpec::id), httpApis.stream().map(HttpApiSpec::id))
                        .toList());
        List<FunctionSpec> functions = new FunctionReader(views, urls).functions();
        Stack.Data data = data(views);
        List<StackResource> resources = new ArrayList<>();
        resolved.forEach(resource -> problems.collect(() -> resources.add(summary(layout, resource))));
        Stack.Compute compute = new Stack.Compute(
                functions, new MappingReader(views, functions, sources(data)).mappings(), apis, httpApis);
        Stack.Events events = events(views, functions, data);
        List<StackOutput> outputs = outputs(layout, nested, urls);
        return new Stack(
                context.names(),
                // Last, since each part may include files.
                new Stack.Source(
                        template.description(),
                        template.text(),
                        layout.parameters().shown(),
                        context.files()),
                compute,
                data,
                events,
                outputs,
                resources,
                context.warnings());
    }

    private static Stack.Events events(ResourceReader views, List<FunctionSpec> functions, Stack.Data data) {
        TopicReader reader = new TopicReader(views, functions);
        List<TopicSpec> topics = reader.topics();
        RuleReader rules = new RuleReader(views, functions);
        return new Stack.Events(
                new QueueMappingReader(views, functions, data.queues()).mappings(),
                topics,
                reader.subscriptions(topics),
                rules.buses(),
                rules.rules(),
                new AsyncReader(views, functions).settings());
    }

    /** Returns the template's outputs, and those of the stacks of an application; the first one of a name wins. */
    private List<StackOutput> outputs(StackLayout layout, NestedStacks nested, ApiUrls urls) {
        Map<String, StackOutput> outputs = new LinkedHashMap<>();
        layout.outputs(urls).read(problems).forEach(output -> outputs.put(output.name(), output));
        for (StackLayout stack : nested.application()) {
            stack.outputs(urls).read(problems).forEach(output -> outputs.putIfAbsent(output.name(), output));
        }
        return List.copyOf(outputs.values());
    }

    /** Returns a resource as it is listed; one of a nested stack has the nested stack's name before its own. */
    private static StackResource summary(StackLayout layout, Resource resource) {
        StackResource own = resource.summary();
        return layout.owns(resource)
                ? own
                : new StackResource(
                        resource.catalog().context().names().stackName() + "." + own.logicalId(),
                        own.type(),
                        own.physicalId(),
                        own.at());
    }

    private static Stack.Data data(ResourceReader views) {
        return new Stack.Data(
                views.of("AWS::Kinesis::Stream", DataResourceReader::stream),
                views.of("AWS::Kinesis::StreamConsumer", DataResourceReader::consumer),
                tables(views),
                views.of("AWS::SQS::Queue", DataResourceReader::queue),
                views.of("AWS::SecretsManager::Secret", DataResourceReader::secret),
                views.of(
                        "AWS::SecretsManager::RotationSchedule",
                        resource -> DataResourceReader.rotation(resource, views)),
                views.of("AWS::S3::Bucket", DataResourceReader::bucket));
    }

    private static List<TableSpec> tables(ResourceReader views) {
        return Stream.concat(
                        views.of("AWS::DynamoDB::Table", DataResourceReader::table).stream(),
                        views.of("AWS::DynamoDB::GlobalTable", DataResourceReader::globalTable).stream())
                .toList();
    }
}
