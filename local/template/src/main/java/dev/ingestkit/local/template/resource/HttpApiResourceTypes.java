package dev.ingestkit.local.template.resource;

import java.util.List;

/** The types of API Gateway's HTTP APIs, after the SAM transform. */
final class HttpApiResourceTypes {

    private HttpApiResourceTypes() {}

    static List<ResourceType> all() {
        return List.of(api(), route(), integration(), authorizer(), deployment(), stage(), serverless());
    }

    private static ResourceType api() {
        return ResourceType.run("AWS::ApiGatewayV2::Api")
                .named("Name")
                .properties("ProtocolType", "Body", "CorsConfiguration", "Target", "RouteKey", "CredentialsArn")
                .properties("Description", "Tags", "Version", "FailOnWarnings", "DisableExecuteApiEndpoint")
                .properties("DisableSchemaValidation", "IpAddressType", "BasePath", "RouteSelectionExpression")
                .reference(HttpApiResourceTypes::apiId)
                .attribute("ApiId", HttpApiResourceTypes::apiId)
                .attribute(
                        "ApiEndpoint",
                        identity -> "https://%s.execute-api.%s.%s"
                                .formatted(
                                        apiId(identity),
                                        identity.names().region(),
                                        identity.names().urlSuffix()));
    }

    private static String apiId(Identity identity) {
        return identity.property().apply("Tags._custom_id_").orElseGet(() -> identity.unique(10));
    }

    private static ResourceType route() {
        return ResourceType.run("AWS::ApiGatewayV2::Route")
                .properties("ApiId", "RouteKey", "Target", "AuthorizationType", "AuthorizerId", "AuthorizationScopes")
                .properties("OperationName", "ApiKeyRequired")
                .reference(identity -> identity.unique(7))
                .attribute("RouteId", identity -> identity.unique(7));
    }

    private static ResourceType integration() {
        return ResourceType.run("AWS::ApiGatewayV2::Integration")
                .properties("ApiId", "IntegrationType", "IntegrationUri", "IntegrationMethod", "IntegrationSubtype")
                .properties("PayloadFormatVersion", "RequestParameters", "ResponseParameters", "TimeoutInMillis")
                .properties("CredentialsArn", "ConnectionType", "ConnectionId", "Description", "TlsConfig")
                .properties("PassthroughBehavior", "RequestTemplates", "ContentHandlingStrategy")
                .reference(identity -> identity.unique(7))
                .attribute("IntegrationId", identity -> identity.unique(7));
    }

    private static ResourceType authorizer() {
        return ResourceType.run("AWS::ApiGatewayV2::Authorizer")
                .properties("ApiId", "Name", "AuthorizerType", "AuthorizerUri", "AuthorizerPayloadFormatVersion")
                .properties("EnableSimpleResponses", "IdentitySource", "AuthorizerResultTtlInSeconds")
                .properties("JwtConfiguration", "AuthorizerCredentialsArn", "IdentityValidationExpression")
                .reference(identity -> identity.unique(6))
                .attribute("AuthorizerId", identity -> identity.unique(6));
    }

    private static ResourceType deployment() {
        return ResourceType.run("AWS::ApiGatewayV2::Deployment")
                .properties("ApiId", "Description", "StageName")
                .reference(identity -> identity.unique(6))
                .attribute("DeploymentId", identity -> identity.unique(6));
    }

    private static ResourceType stage() {
        return ResourceType.run("AWS::ApiGatewayV2::Stage")
                .named("StageName")
                .properties("ApiId", "AutoDeploy", "DeploymentId", "StageVariables", "DefaultRouteSettings")
                .properties("RouteSettings", "AccessLogSettings", "AccessPolicyId", "Description", "Tags");
    }

    private static ResourceType serverless() {
        return ResourceType.run("AWS::Serverless::HttpApi")
                .properties("Name", "StageName", "DefinitionBody", "DefinitionUri", "Auth", "CorsConfiguration")
                .properties("StageVariables", "DefaultRouteSettings", "RouteSettings", "AccessLogSettings", "Tags")
                .properties("PropagateTags", "Description", "FailOnWarnings", "DisableExecuteApiEndpoint");
    }
}
