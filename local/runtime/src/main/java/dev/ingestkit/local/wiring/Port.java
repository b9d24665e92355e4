package dev.ingestkit.local.wiring;

import dev.ingestkit.local.cloudformation.CloudFormationService;
import dev.ingestkit.local.cloudformation.StackDescription;
import dev.ingestkit.local.cloudformation.StsService;
import dev.ingestkit.local.cloudwatch.CloudWatchService;
import dev.ingestkit.local.cloudwatch.PublishedMetrics;
import dev.ingestkit.local.console.ConsolePages;
import dev.ingestkit.local.console.PageToken;
import dev.ingestkit.local.console.event.EventFeed;
import dev.ingestkit.local.console.event.EventsApi;
import dev.ingestkit.local.control.ApiExports;
import dev.ingestkit.local.control.CertificateEndpoint;
import dev.ingestkit.local.control.ControlApi;
import dev.ingestkit.local.control.FaultsEndpoint;
import dev.ingestkit.local.control.FireEndpoint;
import dev.ingestkit.local.control.FunctionEndpoint;
import dev.ingestkit.local.control.QueueEndpoint;
import dev.ingestkit.local.control.RootPage;
import dev.ingestkit.local.control.RuntimeStatus;
import dev.ingestkit.local.control.SnapshotEndpoint;
import dev.ingestkit.local.control.StackGraph;
import dev.ingestkit.local.control.TemplateEndpoint;
import dev.ingestkit.local.control.TemplateWatch;
import dev.ingestkit.local.events.Arn;
import dev.ingestkit.local.functions.FunctionHost;
import dev.ingestkit.local.http.HttpHandler;
import dev.ingestkit.local.http.OriginRule;
import dev.ingestkit.local.lambda.LambdaApi;
import dev.ingestkit.local.lambda.StackFunctions;
import dev.ingestkit.local.protocol.ServiceRouter;
import dev.ingestkit.local.template.spec.Stack;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** Assembles the handlers that answer on a runtime's port. */
record Port(Stack stack, RuntimeParts parts, ServedStack served, FunctionHost functions, Control own) {

    /**
     * The sources of the runtime's own API.
     *
     * @param metrics the metrics that clients publish
     * @param notRun the parts of the template that do not run
     * @param watch the watch over the template's files; empty while they are not watched
     * @param token lets the console's pages change something
     */
    record Control(
            RuntimeStatus status,
            EventFeed feed,
            PublishedMetrics metrics,
            Supplier<List<String>> notRun,
            Supplier<Optional<TemplateWatch>> watch,
            PageToken token,
            RunningStack.Serving serving) {}

    HttpHandler handler() {
        OriginRule origins = new OriginRule(List.of());
        DataServices services = served.services();
        ServiceRouter.Builder router = ServiceRouter.builder()
                .services(services.all())
                .service(new CloudFormationService(description()))
                .service(new CloudWatchService(own.metrics(), parts.clock()))
                .service(new StsService(parts.accountId(), parts.clock()))
                .origins(origins)
                .fallback(new RootPage(own.status(), served.apis()));
        control().forEach((path, handler) -> router.path(path, origins.guard(handler)));
        HttpHandler lambda = origins.guard(new LambdaApi(
                new StackFunctions(stack, functions, parts.clock().instant()),
                functions,
                served.sources().streams(),
                served.sources().queues(),
                services.invocations(),
                () -> UUID.randomUUID().toString()));
        LambdaApi.PATHS.forEach(path -> router.path(path, lambda));
        router.rest(ApiExports.SERVICE, origins.guard(new ApiExports(stack)));
        services.rest().forEach((name, api) -> router.rest(name, origins.guard(api)));
        return services.before(router.build(), origins);
    }

    /** Returns the handlers of the runtime's own API and of the console. */
    private Map<String, HttpHandler> control() {
        ControlApi control = new ControlApi(
                own.status(),
                new ControlApi.Records(parts.journal(), parts.lines()),
                new FaultsEndpoint(parts.faults(), served.services()::performs),
                parts.clock(),
                own.serving().stop());
        HttpHandler events = new EventsApi(own.feed());
        PageToken token = own.token();
        DataServices services = served.services();
        return Map.ofEntries(
                Map.entry(ControlApi.PREFIX, token.guard(control)),
                Map.entry(CertificateEndpoint.PATH, new CertificateEndpoint(parts.certificate())),
                Map.entry(
                        SnapshotEndpoint.PATH,
                        token.guard(new SnapshotEndpoint(own.serving().snapshots()))),
                Map.entry(FireEndpoint.PATH, token.guard(new FireEndpoint(services.firing(stack)))),
                Map.entry(FunctionEndpoint.PATH, token.guard(new FunctionEndpoint(functions))),
                Map.entry(TemplateEndpoint.PATH, token.guard(new TemplateEndpoint(own.watch()))),
                Map.entry(ConsolePages.PATH, new ConsolePages(token)),
                Map.entry(EventsApi.EVENTS, events),
                Map.entry(EventsApi.RATES, events),
                Map.entry(QueueEndpoint.PATH, token.guard(new QueueEndpoint(services.queueContents()))),
                Map.entry(StackGraph.PATH, new StackGraph(stack, own.notRun())));
    }

    private StackDescription description() {
        return new StackDescription(
                stack.names().stackName(),
                Arn.parse(stack.names().stackId()),
                stack.source().description(),
                stack.source().body(),
                parts.clock().instant(),
                stack.source().parameters().stream()
                        .map(parameter -> new StackDescription.Parameter(parameter.name(), parameter.shown()))
                        .toList(),
                stack.outputs().stream()
                        .map(output -> new StackDescription.Output(
                                output.name(), output.value(), output.description(), output.exportName()))
                        .toList(),
                stack.resources().stream()
                        .map(resource -> new StackDescription.Resource(
                                resource.logicalId(), resource.type(), resource.physicalId()))
                        .toList());
    }
}
