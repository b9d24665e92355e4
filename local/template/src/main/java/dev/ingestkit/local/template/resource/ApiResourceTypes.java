package dev.ingestkit.local.template.resource;

import dev.ingestkit.local.template.spec.StableIds;
import java.util.List;

/** The types of API Gateway's REST APIs, after the SAM transform. */
final class ApiResourceTypes {

    private ApiResourceTypes() {}

    static List<ResourceType> all() {
        return List.of(
                restApi(),
                resource(),
                method(),
                model(),
                authorizer(),
                validator(),
                stage(),
                deployment(),
                gatewayResponse(),
                apiKey(),
                usagePlan(),
                usagePlanKey(),
                ResourceType.accepted("AWS::ApiGateway::Account"),
                ResourceType.accepted("AWS::ApiGateway::DocumentationPart"),
                ResourceType.accepted("AWS::ApiGateway::DocumentationVersion"));
    }

    private static ResourceType restApi() {
        return ResourceType.run("AWS::ApiGateway::RestApi")
                .named("Name")
                .properties("Body", "Description", "EndpointConfiguration", "Tags", "FailOnWarnings")
                .properties("BinaryMediaTypes", "DisableExecuteApiEndpoint", "Mode", "Parameters", "Policy")
                .properties("ApiKeySourceType", "MinimumCompressionSize", "SecurityPolicy")
                .reference(ApiResourceTypes::apiId)
                .attribute("RestApiId", ApiResourceTypes::apiId)
                .attribute("RootResourceId", identity -> StableIds.alphanumeric(10, apiId(identity), "root"));
    }

    /** Returns the id in the tag that LocalStack reads too, so that both serve the same URLs. */
    private static String apiId(Identity identity) {
        return identity.property().apply("Tags._custom_id_").orElseGet(() -> identity.unique(10));
    }

    private static ResourceType resource() {
        return ResourceType.run("AWS::ApiGateway::Resource")
                .properties("RestApiId", "ParentId", "PathPart")
                .reference(identity -> identity.unique(6))
                .attribute("ResourceId", identity -> identity.unique(6));
    }

    private static ResourceType method() {
        return ResourceType.run("AWS::ApiGateway::Method")
                .properties("RestApiId", "ResourceId", "HttpMethod", "Integration", "MethodResponses", "OperationName")
                .properties("AuthorizationType", "AuthorizerId", "AuthorizationScopes", "ApiKeyRequired")
                .properties("RequestModels", "RequestParameters", "RequestValidatorId")
                .reference(identity -> identity.unique(10));
    }

    private static ResourceType model() {
        return ResourceType.run("AWS::ApiGateway::Model")
                .named("Name")
                .unnamedAs(identity -> identity.unique(12))
                .properties("RestApiId", "ContentType", "Description", "Schema");
    }

    private static ResourceType authorizer() {
        return ResourceType.run("AWS::ApiGateway::Authorizer")
                .properties("RestApiId", "Name", "Type", "AuthorizerUri", "AuthorizerResultTtlInSeconds", "AuthType")
                .properties("IdentitySource", "IdentityValidationExpression", "ProviderARNs", "AuthorizerCredentials")
                .reference(identity -> identity.unique(6))
                .attribute("AuthorizerId", identity -> identity.unique(6));
    }

    private static ResourceType validator() {
        return ResourceType.run("AWS::ApiGateway::RequestValidator")
                .properties("RestApiId", "Name", "ValidateRequestBody", "ValidateRequestParameters")
                .reference(identity -> identity.unique(6))
                .attribute("RequestValidatorId", identity -> identity.unique(6));
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

    private static ResourceType apiKey() {
        return ResourceType.run("AWS::ApiGateway::ApiKey")
                .named("Name")
                .properties("Value", "Enabled", "StageKeys", "Description", "CustomerId", "GenerateDistinctId", "Tags")
                .reference(identity -> identity.unique(10))
                .attribute("APIKeyId", identity -> identity.unique(10));
    }

    private static ResourceType usagePlan() {
        return ResourceType.run("AWS::ApiGateway::UsagePlan")
                .named("UsagePlanName")
                .properties("ApiStages", "Description", "Tags")
                .reference(identity -> identity.unique(6))
                .attribute("Id", identity -> identity.unique(6));
    }

    private static ResourceType usagePlanKey() {
        return ResourceType.run("AWS::ApiGateway::UsagePlanKey")
                .properties("KeyId", "KeyType", "UsagePlanId")
                .reference(identity -> identity.unique(10))
                .attribute("Id", identity -> identity.unique(10));
    }
}
