package dev.ingestkit.local.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ingestkit.local.template.model.TemplateException;
import dev.ingestkit.local.template.spec.ApiSpec;
import dev.ingestkit.local.template.spec.Stack;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** REST APIs made of resources, as plain CloudFormation and CDK write them. */
class RestApiResourcesTest {

    private static final String API = """
        Resources:
          Api: { Type: AWS::ApiGateway::RestApi, Properties: { Name: things } }
          Things:
            Type: AWS::ApiGateway::Resource
            Properties: { RestApiId: !Ref Api, ParentId: !GetAtt Api.RootResourceId, PathPart: things }
          Thing:
            Type: AWS::ApiGateway::Resource
            Properties: { RestApiId: !Ref Api, ParentId: !Ref Things, PathPart: '{id}' }
          Validator:
            Type: AWS::ApiGateway::RequestValidator
            Properties: { RestApiId: !Ref Api, ValidateRequestBody: true }
          Model:
            Type: AWS::ApiGateway::Model
            Properties: { RestApiId: !Ref Api, Name: Thing, ContentType: application/json, Schema: { type: object } }
          Guard:
            Type: AWS::ApiGateway::Authorizer
            Properties:
              RestApiId: !Ref Api
              Name: guard
              Type: TOKEN
              IdentitySource: method.request.header.X-Token
              AuthorizerUri: arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/arn:f/invocations
          Put:
            Type: AWS::ApiGateway::Method
            Properties:
              RestApiId: !Ref Api
              ResourceId: !Ref Thing
              HttpMethod: PUT
              AuthorizationType: CUSTOM
              AuthorizerId: !Ref Guard
              ApiKeyRequired: true
              RequestValidatorId: !Ref Validator
              RequestModels: { application/json: !Ref Model }
              RequestParameters: { method.request.querystring.q: true }
              Integration:
                Type: AWS
                IntegrationHttpMethod: POST
                Uri: arn:aws:apigateway:eu-west-1:kinesis:action/PutRecord
                PassthroughBehavior: NEVER
                RequestTemplates: { application/json: '{}' }
                IntegrationResponses:
                  - { StatusCode: 200 }
                  - { StatusCode: 400, SelectionPattern: '4\\d\\d' }
          Root:
            Type: AWS::ApiGateway::Method
            Properties:
              RestApiId: !Ref Api
              ResourceId: !GetAtt Api.RootResourceId
              HttpMethod: ANY
              AuthorizationType: AWS_IAM
              Integration: { Type: MOCK }
          Deployment: { Type: AWS::ApiGateway::Deployment, Properties: { RestApiId: !Ref Api, StageName: dev } }
          Live:
            Type: AWS::ApiGateway::Stage
            Properties: { RestApiId: !Ref Api, DeploymentId: !Ref Deployment, StageName: live, Variables: { a: b } }
          Key: { Type: AWS::ApiGateway::ApiKey, Properties: { Value: s3cr3t } }
          Off: { Type: AWS::ApiGateway::ApiKey, Properties: { Value: unused, Enabled: false } }
          Plan: { Type: AWS::ApiGateway::UsagePlan, Properties: { ApiStages: [{ ApiId: !Ref Api, Stage: dev }] } }
          Link: { Type: AWS::ApiGateway::UsagePlanKey, Properties: { KeyId: !Ref Key, KeyType: API_KEY, UsagePlanId: !Ref Plan } }
          LinkOff: { Type: AWS::ApiGateway::UsagePlanKey, Properties: { KeyId: !Ref Off, KeyType: API_KEY, UsagePlanId: !Ref Plan } }
        """;

    @TempDir
    Path directory;

    private Stack resolve(String text) {
        return TemplateText.resolve(text, directory, Map.of());
    }

    @Test
    void methodsBecomeOperationsOfADocument() {
        Stack stack = resolve(API);

        JsonNode put = stack.compute().apis().get(0).body().at("/paths/~1things~1{id}/put");
        assertThat(put.at("/x-amazon-apigateway-integration/httpMethod").asText())
                .isEqualTo("POST");
        assertThat(put.at("/x-amazon-apigateway-integration/passthroughBehavior")
                        .asText())
                .isEqualTo("NEVER");
        assertThat(put.at("/x-amazon-apigateway-integration/responses").fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("default", "4\\d\\d");
        assertThat(put.at("/security").toString()).isEqualTo("[{\"Guard\":[],\"api_key\":[]}]");
        assertThat(put.at("/parameters/0").toString()).isEqualTo("{\"name\":\"q\",\"in\":\"query\",\"required\":true}");
        assertThat(put.at("/requestBody/content/application~1json/schema/$ref").asText())
                .isEqualTo("#/components/schemas/Thing");
        assertThat(put.path("x-amazon-apigateway-request-validator").asText()).isEqualTo("Validator");
        assertThat(stack.warnings()).isEmpty();
    }

    @Test
    void theRootAndAnyMethodAndIamHaveTheirNamesInTheDocument() {
        ApiSpec api = resolve(API).compute().apis().get(0);

        assertThat(api.body()
                        .at("/paths/~1/x-amazon-apigateway-any-method/security")
                        .toString())
                .isEqualTo("[{\"sigv4\":[]}]");
        assertThat(api.body()
                        .at("/components/securitySchemes/sigv4/x-amazon-apigateway-authtype")
                        .asText())
                .isEqualTo("awsSigv4");
    }

    @Test
    void aDeploymentMakesAStageBesideTheDeclaredOnes() {
        List<ApiSpec> apis = resolve(API).compute().apis();

        assertThat(apis)
                .extracting(api -> api.stage().name(), api -> api.stage().apiKeys())
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple("dev", java.util.Set.of("s3cr3t")),
                        org.assertj.core.groups.Tuple.tuple("live", java.util.Set.of()));
    }

    @Test
    void partsOfTheDocumentKnowTheirResource() {
        ApiSpec api = resolve(API).compute().apis().get(0);

        assertThat(api.positions()
                        .of("$.paths['/things/{id}'].put.security[0].Guard")
                        .path())
                .isEqualTo("Resources.Put");
        assertThat(api.positions().of("$.info").path()).isEqualTo("Resources.Api");
    }

    @Test
    void anApiWithoutMethodsIsNamedAndDoesNotStopTheRest() {
        Stack stack = resolve("Resources:\n  Api: { Type: AWS::ApiGateway::RestApi, Properties: { Name: x } }\n");

        assertThat(stack.compute().apis()).isEmpty();
        assertThat(stack.warnings())
                .singleElement()
                .asString()
                .startsWith("t.yaml:2:")
                .contains("the API Api is not run: it has neither an OpenAPI document with paths");
    }

    @Test
    void aMethodOfAnUnknownResourceIsRefused() {
        assertThatThrownBy(() -> resolve(API.replace("ParentId: !Ref Things", "ParentId: nowhere")))
                .isInstanceOf(TemplateException.class)
                .hasMessageContaining("'nowhere' is not the id of a resource of its API in this stack");
    }
}
