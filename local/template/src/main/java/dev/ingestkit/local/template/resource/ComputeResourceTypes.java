package dev.ingestkit.local.template.resource;

import java.util.List;

/** The types of Lambda, after the SAM transform. */
final class ComputeResourceTypes {

    private ComputeResourceTypes() {}

    private static final int MAX_FUNCTION_NAME = 64;

    static List<ResourceType> all() {
        return List.of(
                function(), mapping(), alias(), version(), layer(), ResourceType.accepted("AWS::Lambda::Permission"));
    }

    private static ResourceType function() {
        return ResourceType.run("AWS::Lambda::Function")
                .named("FunctionName")
                .unnamedAs(identity -> identity.names().physicalName(identity.logicalId(), MAX_FUNCTION_NAME))
                .properties("Code", "Handler", "Runtime", "MemorySize", "Timeout", "Environment", "Description")
                .properties("ReservedConcurrentExecutions", "PackageType", "Layers", "DeadLetterConfig")
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
                .properties("Tags", "MetricsConfig", "KmsKeyArn", "ScalingConfig")
                .reference(Identity::uuid)
                .attribute("Id", Identity::uuid)
                .attribute(
                        "EventSourceMappingArn",
                        identity -> identity.arn("lambda", "event-source-mapping:" + identity.uuid()));
    }

    private static ResourceType alias() {
        return ResourceType.run("AWS::Lambda::Alias")
                .named("Name")
                .properties("FunctionName", "FunctionVersion", "Description", "ProvisionedConcurrencyConfig")
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

    private static ResourceType layer() {
        return ResourceType.run("AWS::Lambda::LayerVersion")
                .named("LayerName")
                .properties("Content", "Description", "CompatibleArchitectures", "CompatibleRuntimes", "LicenseInfo")
                .reference(ComputeResourceTypes::layerArn)
                .attribute("LayerVersionArn", ComputeResourceTypes::layerArn);
    }

    private static String layerArn(Identity identity) {
        return identity.arn("lambda", "layer:%s:1".formatted(identity.name()));
    }

    private static String qualified(Identity identity, String qualifier) {
        String function = identity.property().apply("FunctionName").orElse(identity.logicalId());
        String arn = function.startsWith("arn:") ? function : identity.arn("lambda", "function:" + function);
        return arn + ":" + qualifier;
    }
}
