package dev.ingestkit.local.template.resource;

import dev.ingestkit.local.template.spec.StableIds;
import java.util.List;

/** The types of Lambda and API Gateway, after the SAM transform. */
final class ComputeResourceTypes {

    private ComputeResourceTypes() {}

    static List<ResourceType> all() {
        return List.of(
                function(),
                mapping(),
                alias(),
                version(),
                restApi(),
                stage(),
                deployment(),
                gatewayResponse(),
                ResourceType.accepted("AWS::Lambda::Permission"),
                ResourceType.accepted("AWS::ApiGateway::Account"));
    }

    private static ResourceType function() {
        return ResourceType.run("AWS::Lambda::Function")
                .named("FunctionName")
                .properties("Code", "Handler", "Runtime", "MemorySize", "Timeout", "Environment", "Description")
                .properties("ReservedConcurrentExecutions", "PackageType")
                .properties("Role", "Tags", "Architectures", "TracingConfig", "LoggingConfig", "KmsKeyArn", "SnapStart")
                .properties(
                        "EphemeralStorage",
                        "CodeSigningConfigArn",
                        "RuntimeManagementConfig",
                        "RecursiveLoop",
                        "VpcConfig")
                .attribute("Arn", ComputeResourceTypes::functionArn)
                .attribute("SnapStartResponse.ApplyOn", identity -> "None");
    }

    private static String functionArn(Identity identity) {
        return identity.arn("lambda", "function:" + identity.name());
    }

    private static ResourceType mapping() {
        return ResourceType.run("AWS::Lambda::EventSourceMapping")
                .properties("FunctionName", "EventSourceArn", "Enabled", "BatchSize", "StartingPosition")
                .properties("StartingPositionTimestamp", "MaximumBatchingWindowInSeconds", "MaximumRetryAttempts")
                .properties("MaximumRecordAgeInSeconds", "BisectBatchOnFunctionError", "ParallelizationFactor")
                .properties("FunctionResponseTypes", "DestinationConfig", "TumblingWindowInSeconds", "FilterCriteria")
                .properties("Tags", "MetricsConfig", "KmsKeyArn")
                .reference(Identity::uuid)
                .attribute("Id", Identity::uuid)
                .attribute(
                        "EventSourceMappingArn",
                        identity -> identity.arn("lambda", "event-source-mapping:" + identity.uuid()));
    }

    private static ResourceType alias() {
        return ResourceType.run("AWS::Lambda::Alias")
                .named("Name")
                .properties(
                        "FunctionName",
                        "FunctionVersion",
                        "Description",
                        "RoutingConfig",
                        "ProvisionedConcurrencyConfig")
                .reference(identity -> qualified(identity, identity.name()))
                .attribute("AliasArn", identity -> qualified(identity, identity.name()));
    }

    private static ResourceType version() {
        return ResourceType.run("AWS::Lambda::Version")
                .properties(
                        "FunctionName", "CodeSha256", "Description", "ProvisionedConcurrencyConfig", "RuntimePolicy")
                .reference(identity -> qualified(identity, "1"))
                .attribute("FunctionArn", identity -> qualified(identity, "1"))
                .attribute("Version", identity -> "1");
    }

    private static String qualified(Identity identity, String qualifier) {
        String function = identity.property().apply("FunctionName").orElse(identity.logicalId());
        String arn = function.startsWith("arn:") ? function : identity.arn("lambda", "function:" + function);
        return arn + ":" + qualifier;
    }

    private static ResourceType restApi() {
        return ResourceType.run("AWS::ApiGateway::RestApi")
                .named("Name")
                .properties("Body", "Description", "EndpointConfiguration", "Tags", "FailOnWarnings")
                .properties("BinaryMediaTypes", "DisableExecuteApiEndpoint", "Mode", "Parameters", "Policy")
                .properties("ApiKeySourceType", "MinimumCompressionSize", "SecurityPolicy")
                .reference(ComputeResourceTypes::apiId)
                .attribute("RestApiId", ComputeResourceTypes::apiId)
                .attribute("RootResourceId", identity -> StableIds.alphanumeric(10, apiId(identity), "root"));
    }

    /** Returns the id in the tag that LocalStack reads too, so that both serve the same URLs. */
    private static String apiId(Identity identity) {
        return identity.property().apply("Tags._custom_id_").orElseGet(() -> identity.unique(10));
    }

    private static ResourceType stage() {
        return ResourceType.run("AWS::ApiGateway::Stage")
                .named("StageName")
                .properties(
                        "RestApiId", "DeploymentId", "Variables", "MethodSettings", "AccessLogSetting", "Description")
                .properties("TracingEnabled", "Tags", "DocumentationVersion", "ClientCertificateId");
    }

    private static ResourceType deployment() {
        return ResourceType.run("AWS::ApiGateway::Deployment")
                .properties("RestApiId", "Description", "StageName", "StageDescription")
                .reference(identity -> identity.unique(6))
                .attribute("DeploymentId", identity -> identity.unique(6));
    }

    private static ResourceType gatewayResponse() {
        return ResourceType.run("AWS::ApiGateway::GatewayResponse")
                .properties("RestApiId", "ResponseType", "ResponseParameters", "ResponseTemplates", "StatusCode")
                .reference(identity -> identity.unique(10))
                .attribute("Id", identity -> identity.unique(10));
    }
}
