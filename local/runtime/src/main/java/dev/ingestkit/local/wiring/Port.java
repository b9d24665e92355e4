package dev.ingestkit.local.wiring;

import dev.ingestkit.local.cloudformation.CloudFormationService;
import dev.ingestkit.local.cloudformation.StackDescription;
import dev.ingestkit.local.cloudformation.StsService;
import dev.ingestkit.local.cloudwatch.CloudWatchService;
import dev.ingestkit.local.control.CertificateEndpoint;
import dev.ingestkit.local.control.ControlApi;
import dev.ingestkit.local.control.FireEndpoint;
import dev.ingestkit.local.control.RootPage;
import dev.ingestkit.local.control.RuntimeStatus;
import dev.ingestkit.local.control.SnapshotEndpoint;
import dev.ingestkit.local.events.Arn;
import dev.ingestkit.local.functions.FunctionHost;
import dev.ingestkit.local.http.HttpHandler;
import dev.ingestkit.local.http.OriginRule;
import dev.ingestkit.local.lambda.LambdaApi;
import dev.ingestkit.local.lambda.StackFunctions;
import dev.ingestkit.local.protocol.ServiceRouter;
import dev.ingestkit.local.template.spec.Stack;
import java.util.List;
import java.util.UUID;

/** Assembles the handlers that answer on a runtime's port. */
record Port(
        Stack stack,
        RuntimeParts parts,
        ServedStack served,
        FunctionHost functions,
        RuntimeStatus status,
        RunningStack.Serving serving) {

    HttpHandler handler() {
        OriginRule origins = new OriginRule(List.of());
        DataServices services = served.services();
        ControlApi control = new ControlApi(
                status,
                new ControlApi.Records(parts.journal(), parts.lines()),
                parts.faults(),
                parts.clock(),
                serving.stop());
        ServiceRouter.Builder router = ServiceRouter.builder()
                .services(services.all())
                .service(new CloudFormationService(description()))
                .service(new CloudWatchService())
                .service(new StsService(parts.accountId(), parts.clock()))
                .origins(origins)
                .path(ControlApi.PREFIX, origins.guard(control))
                .path(CertificateEndpoint.PATH, origins.guard(new CertificateEndpoint(parts.certificate())))
                .path(SnapshotEndpoint.PATH, origins.guard(new SnapshotEndpoint(serving.snapshots())))
                .path(FireEndpoint.PATH, origins.guard(new FireEndpoint(services.firing(stack))))
                .fallback(new RootPage(status, served.apis()));
        HttpHandler lambda = origins.guard(new LambdaApi(
                new StackFunctions(stack, functions, parts.clock().instant()),
                functions,
                served.sources().streams(),
                served.sources().queues(),
                services.invocations(),
                () -> UUID.randomUUID().toString()));
        LambdaApi.PATHS.forEach(path -> router.path(path, lambda));
        services.rest().forEach((name, api) -> router.rest(name, origins.guard(api)));
        return services.before(router.build(), origins);
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
