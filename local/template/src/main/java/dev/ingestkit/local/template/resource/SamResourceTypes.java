package dev.ingestkit.local.template.resource;

import java.util.List;

/** The types that the SAM transform turns into plain ones, with the properties that it carries over. */
final class SamResourceTypes {

    private SamResourceTypes() {}

    static List<ResourceType> all() {
        return List.of(function(), api(), simpleTable(), application(), layer(), connector());
    }

    private static ResourceType function() {
        return ResourceType.run("AWS::Serverless::Function")
                .properties("FunctionName", "CodeUri", "InlineCode", "ImageUri", "PackageType", "Handler", "Runtime")
                .properties("MemorySize", "Timeout", "Environment", "Description", "ReservedConcurrentExecutions")
                .properties("Events", "AutoPublishAlias", "AutoPublishAliasAllProperties", "AutoPublishCodeSha256")
                .properties("Policies", "Role", "RolePath", "AssumeRolePolicyDocument", "PermissionsBoundary")
                .properties("Tracing", "Tags", "PropagateTags", "Architectures", "SnapStart", "DeploymentPreference")
                .properties("VersionDescription", "VersionDeletionPolicy", "ProvisionedConcurrencyConfig", "KmsKeyArn")
                .properties("LoggingConfig", "EphemeralStorage", "CodeSigningConfigArn", "RuntimeManagementConfig")
                .properties("RecursiveLoop", "VpcConfig", "SourceKMSKeyArn", "PublishToLatestPublished")
                .properties("Layers", "DeadLetterQueue", "EventInvokeConfig")
                .notRunProperties(
                        "FileSystemConfigs",
                        "ImageConfig",
                        "FunctionUrlConfig",
                        "CapacityProviderConfig",
                        "FunctionScalingConfig",
                        "TenancyConfig",
                        "DurableConfig");
    }

    private static ResourceType api() {
        return ResourceType.run("AWS::Serverless::Api")
                .properties(
                        "Name",
                        "StageName",
                        "DefinitionBody",
                        "DefinitionUri",
                        "Auth",
                        "Cors",
                        "GatewayResponses",
                        "Models")
                .properties(
                        "MethodSettings", "Variables", "BinaryMediaTypes", "MinimumCompressionSize", "OpenApiVersion")
                .properties("AccessLogSetting", "TracingEnabled", "Description", "EndpointConfiguration", "Tags")
                .properties("PropagateTags", "FailOnWarnings", "ApiKeySourceType", "AlwaysDeploy", "MergeDefinitions")
                .properties("Mode", "DisableExecuteApiEndpoint", "SecurityPolicy", "Policy", "Models")
                .notRunProperties(
                        "CacheClusterEnabled", "CacheClusterSize", "CanarySetting", "Domain", "EndpointAccessMode");
    }

    private static ResourceType simpleTable() {
        return ResourceType.run("AWS::Serverless::SimpleTable")
                .properties("TableName", "PrimaryKey", "ProvisionedThroughput", "SSESpecification", "Tags")
                .properties("PointInTimeRecoverySpecification");
    }

    private static ResourceType application() {
        return ResourceType.run("AWS::Serverless::Application")
                .properties("Location", "Parameters", "NotificationARNs", "Tags", "TimeoutInMinutes")
                .notRunProperties();
    }

    private static ResourceType layer() {
        return ResourceType.run("AWS::Serverless::LayerVersion")
                .properties("LayerName", "Description", "ContentUri", "CompatibleArchitectures", "CompatibleRuntimes")
                .properties("LicenseInfo", "RetentionPolicy", "PublishLambdaVersion")
                .notRunProperties();
    }

    private static ResourceType connector() {
        return ResourceType.accepted("AWS::Serverless::Connector");
    }
}
