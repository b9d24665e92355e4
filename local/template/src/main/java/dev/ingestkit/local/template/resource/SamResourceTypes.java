package dev.ingestkit.local.template.resource;

import java.util.List;

/** The types that the SAM transform turns into plain ones, with the properties that it carries over. */
final class SamResourceTypes {

    private SamResourceTypes() {}

    static List<ResourceType> all() {
        return List.of(function(), api(), simpleTable());
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
                .properties("RecursiveLoop", "VpcConfig", "SourceKMSKeyArn", "PublishToLatestPublished");
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
                .properties("Mode", "DisableExecuteApiEndpoint", "SecurityPolicy", "Policy");
    }

    private static ResourceType simpleTable() {
        return ResourceType.run("AWS::Serverless::SimpleTable")
                .properties("TableName", "PrimaryKey", "ProvisionedThroughput", "SSESpecification", "Tags")
                .properties("PointInTimeRecoverySpecification");
    }
}
