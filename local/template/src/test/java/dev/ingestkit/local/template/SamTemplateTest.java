package dev.ingestkit.local.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ingestkit.local.events.EventSourceKind;
import dev.ingestkit.local.events.QueueMappingSettings;
import dev.ingestkit.local.template.model.Problem;
import dev.ingestkit.local.template.spec.ApiSpec;
import dev.ingestkit.local.template.spec.FunctionSpec;
import dev.ingestkit.local.template.spec.MappingSpec;
import dev.ingestkit.local.template.spec.QueueMappingSpec;
import dev.ingestkit.local.template.spec.Stack;
import dev.ingestkit.local.template.spec.StackResource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Covers the plain resources that SAM's types expand to. */
class SamTemplateTest {

    private @TempDir Path directory;

    private Stack resolve(String text) {
        return TemplateText.resolve(text, directory, Map.of());
    }

    @Test
    void aServerlessFunctionBecomesFunctionRoleVersionAliasAndMapping() {
        Stack stack = resolve("""
            Transform: AWS::Serverless-2016-10-31
            Globals:
              Function: { Runtime: java17, Timeout: 7, Environment: { Variables: { A: shared, B: shared } } }
            Resources:
              Stream: { Type: AWS::Kinesis::Stream }
              Work:
                Type: AWS::Serverless::Function
                Properties:
                  CodeUri: target/work.jar
                  Handler: a.B::c
                  AutoPublishAlias: live
                  Environment: { Variables: { B: own, ALIAS: !Ref Stream } }
                  Events:
                    In: { Type: Kinesis, Properties: { Stream: !GetAtt Stream.Arn, StartingPosition: LATEST } }
                    Voice: { Type: AlexaSkill }
            Outputs:
              Alias: { Value: !Ref Work.Alias }
              Role: { Value: !GetAtt WorkRole.Arn }
            """);
        FunctionSpec work = stack.compute().functions().get(0);
        assertThat(work.environment())
                .containsExactly(Map.entry("A", "shared"), Map.entry("B", "own"), Map.entry("ALIAS", "demo-Stream"));
        assertThat(work.code().path()).isEqualTo(directory.resolve("target/work.jar"));
        assertThat(work.limits().timeout().toSeconds()).isEqualTo(7);
        assertThat(work.aliases()).extracting(FunctionSpec.Alias::name).containsExactly("live");
        assertThat(stack.compute().mappings().get(0).function())
                .isEqualTo("arn:aws:lambda:eu-west-1:123456789012:function:demo-Work:live");
        assertThat(stack.compute().mappings().get(0).settings().batching().size())
                .isEqualTo(100);
        assertThat(stack.outputValues())
                .containsEntry("Alias", work.arn() + ":live")
                .containsEntry("Role", "arn:aws:iam::123456789012:role/demo-WorkRole");
        assertThat(stack.resources())
                .extracting(StackResource::logicalId)
                .containsExactly("Stream", "Work", "WorkRole", "WorkVersion", "WorkAliaslive", "WorkIn");
        assertThat(stack.warnings())
                .extracting(Problem::reason)
                .containsExactly(
                        "events of type AlexaSkill are not run locally; the event Voice of Work invokes nothing");
    }

    @Test
    void anEventOfATableBecomesAMappingOfItsStream() {
        Stack stack = resolve("""
            Transform: AWS::Serverless-2016-10-31
            Resources:
              Table:
                Type: AWS::DynamoDB::Table
                Properties:
                  AttributeDefinitions: [{ AttributeName: id, AttributeType: S }]
                  KeySchema: [{ AttributeName: id, KeyType: HASH }]
                  StreamSpecification: { StreamViewType: KEYS_ONLY }
              Work:
                Type: AWS::Serverless::Function
                Properties:
                  CodeUri: target/work.jar
                  Handler: a.B::c
                  Runtime: java17
                  Events:
                    Changes:
                      Type: DynamoDB
                      Properties:
                        Stream: !GetAtt Table.StreamArn
                        StartingPosition: TRIM_HORIZON
                        BatchSize: 7
            """);
        MappingSpec mapping = stack.compute().mappings().get(0);
        assertThat(mapping.kind()).isEqualTo(EventSourceKind.DYNAMODB);
        assertThat(mapping.eventSourceArn())
                .isEqualTo(
                        stack.data().tables().get(0).streamArn().orElseThrow().toString());
        assertThat(mapping.settings().batching().size()).isEqualTo(7);
        assertThat(stack.warnings()).isEmpty();
    }

    @Test
    void aServerlessTypeNeedsTheTransform() {
        assertThatThrownBy(() -> resolve("Resources: { F: { Type: AWS::Serverless::Function } }\n"))
                .hasMessageContaining("needs 'Transform: AWS::Serverless-2016-10-31'");
    }

    @Test
    void anUnsupportedFunctionAndItsMappingGetWarnings() {
        Stack stack = resolve("""
            Transform: AWS::Serverless-2016-10-31
            Resources:
              Stream: { Type: AWS::Kinesis::Stream }
              Py:
                Type: AWS::Serverless::Function
                Properties:
                  CodeUri: src
                  Handler: a.b
                  Runtime: python3.13
                  Events:
                    In: { Type: Kinesis, Properties: { Stream: !GetAtt Stream.Arn, StartingPosition: LATEST } }
            """);
        assertThat(stack.compute().functions()).isEmpty();
        assertThat(stack.compute().mappings()).isEmpty();
        assertThat(stack.warnings()).hasSize(2);
        assertThat(stack.warnings().get(0).reason()).contains("its runtime python3.13 is not run here");
    }

    private static final String SAM_API = """
        Transform: AWS::Serverless-2016-10-31
        Resources:
          Fn:
            Type: AWS::Serverless::Function
            Properties: { CodeUri: a.jar, Handler: a.B, Runtime: java21 }
          Api:
            Type: AWS::Serverless::Api
            Properties:
              StageName: prod
              DefinitionUri: api.yaml
              Variables: { color: red }
              GatewayResponses: { UNAUTHORIZED: { StatusCode: 401, ResponseParameters: { Headers: { X: "'y'" } } } }
              Auth:
                DefaultAuthorizer: Basic
                AddDefaultAuthorizerToCorsPreflight: false
                Authorizers:
                  Basic:
                    FunctionArn: !GetAtt Fn.Arn
                    FunctionPayloadType: REQUEST
                    Identity: { Headers: [Authorization], ReauthorizeEvery: 30 }
        Outputs:
          Url: { Value: !Sub "https://${Api}.execute-api.${AWS::Region}.${AWS::URLSuffix}/prod" }
          Stage: { Value: !Ref Api.Stage }
          Foreign: { Value: "https://abc.execute-api.eu-west-1.amazonaws.com/x" }
        """;

    @Test
    void anApiTakesItsDocumentFromAFileAndItsAuthorizersFromSam() throws Exception {
        Files.writeString(
                directory.resolve("api.yaml"), "swagger: '2.0'\npaths:\n  /a:\n    get: {}\n    options: {}\n");

        Stack stack = resolve(SAM_API);

        ApiSpec api = stack.compute().apis().get(0);
        assertThat(api.stage().name()).isEqualTo("prod");
        assertThat(api.stage().variables()).containsEntry("color", "red");
        assertThat(api.body().at("/paths/~1a/get/security").toString()).isEqualTo("[{\"Basic\":[]}]");
        assertThat(api.body().at("/paths/~1a/options").isEmpty()).isTrue();
        assertThat(api.body()
                        .at("/securityDefinitions/Basic/x-amazon-apigateway-authorizer/identitySource")
                        .textValue())
                .isEqualTo("method.request.header.Authorization");
        assertThat(api.body()
                        .at("/x-amazon-apigateway-gateway-responses/UNAUTHORIZED/responseParameters")
                        .toString())
                .isEqualTo("{\"gatewayresponse.header.X\":\"'y'\"}");
        assertThat(stack.outputValues())
                .containsEntry("Url", "http://localhost:4577/_aws/execute-api/%s/prod".formatted(api.id()))
                .containsEntry("Stage", "prod")
                .containsEntry("Foreign", "https://abc.execute-api.eu-west-1.amazonaws.com/x");
        assertThat(api.id()).matches("[a-z0-9]{10}");
    }

    @Test
    void aResourcePolicyIsPassedToTheGateway() throws Exception {
        Files.writeString(directory.resolve("api.yaml"), "swagger: '2.0'\npaths:\n  /a:\n    get: {}\n");
        String policy = "AddDefaultAuthorizerToCorsPreflight: false\n"
                + "        ResourcePolicy: { IpRangeBlacklist: [10.0.0.0/8], CustomStatements: [{ Effect: Deny }] }";

        Stack stack = resolve(SAM_API.replace("AddDefaultAuthorizerToCorsPreflight: false", policy));

        JsonNode statements = stack.compute().apis().get(0).body().at("/x-amazon-apigateway-policy/Statement");
        assertThat(statements.findValuesAsText("Effect")).containsExactly("Allow", "Deny", "Deny");
        assertThat(statements.at("/1/Condition")).hasToString("{\"IpAddress\":{\"aws:SourceIp\":[\"10.0.0.0/8\"]}}");
    }

    @Test
    void eventsOfTypeApiWithoutAnApiMakeTheImplicitApi() {
        Stack stack = resolve("""
            Transform: AWS::Serverless-2016-10-31
            Globals:
              Function: { Runtime: java17, CodeUri: a.jar, Handler: a.B }
            Resources:
              F:
                Type: AWS::Serverless::Function
                Properties:
                  Events:
                    Get: { Type: Api, Properties: { Path: /hello, Method: get } }
                    All: { Type: Api, Properties: { Path: "/x/{proxy+}", Method: ANY } }
            Outputs:
              Url: { Value: !Sub "https://${ServerlessRestApi}.execute-api.${AWS::Region}.amazonaws.com/Prod/hello/" }
              Stage: { Value: !Ref ServerlessRestApiProdStage }
            """);
        ApiSpec api = stack.compute().apis().get(0);
        assertThat(api.stage().name()).isEqualTo("Prod");
        assertThat(api.body()
                        .at("/paths/~1hello/get/x-amazon-apigateway-integration/uri")
                        .textValue())
                .isEqualTo("arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/"
                        + "arn:aws:lambda:eu-west-1:123456789012:function:demo-F/invocations");
        assertThat(api.body().at("/paths/~1x~1{proxy+}").has("x-amazon-apigateway-any-method"))
                .isTrue();
        assertThat(stack.outputValues())
                .containsEntry("Url", "http://localhost:4577/_aws/execute-api/" + api.id() + "/Prod/hello/")
                .containsEntry("Stage", "Prod");
        assertThat(stack.resources())
                .extracting(StackResource::logicalId)
                .containsExactly(
                        "F",
                        "FRole",
                        "FGetPermissionProd",
                        "FAllPermissionProd",
                        "ServerlessRestApi",
                        "ServerlessRestApiDeployment",
                        "ServerlessRestApiProdStage");
        assertThat(stack.warnings()).isEmpty();
    }

    @Test
    void globalsThatAFunctionIgnoresAreLeftOut() {
        Stack stack = resolve("""
            Transform: AWS::Serverless-2016-10-31
            Globals:
              Function: { Runtime: java17, CodeUri: a.jar, Handler: a.B, Timeout: 15, Environment: { Variables: { A: "1" } } }
            Resources:
              F: { Type: AWS::Serverless::Function, IgnoreGlobals: [Environment, Timeout] }
            """);
        FunctionSpec function = stack.compute().functions().get(0);
        assertThat(function.environment()).isEmpty();
        assertThat(function.limits().timeout().toSeconds()).isEqualTo(3);
    }

    @Test
    void codeDeploysApplicationHasNotTheConditionOfTheFirstFunction() {
        Stack stack = resolve("""
            Transform: AWS::Serverless-2016-10-31
            Conditions:
              Never: !Equals [a, b]
            Globals:
              Function: { Runtime: java17, CodeUri: a.jar, Handler: a.B, AutoPublishAlias: live,
                DeploymentPreference: { Type: AllAtOnce } }
            Resources:
              First: { Type: AWS::Serverless::Function, Condition: Never }
              Second: { Type: AWS::Serverless::Function }
            """);
        assertThat(stack.compute().functions())
                .extracting(FunctionSpec::logicalId)
                .containsExactly("Second");
    }

    @Test
    void theFormatOfAFunctionsLogReachesItsRuntime() {
        Stack stack = resolve("""
            Transform: AWS::Serverless-2016-10-31
            Globals:
              Function: { Runtime: java17, CodeUri: a.jar, Handler: a.B }
            Resources:
              Text: { Type: AWS::Serverless::Function, Properties: { LoggingConfig: { LogFormat: Text, LogGroup: own } } }
              Json: { Type: AWS::Serverless::Function, Properties: { LoggingConfig: { LogFormat: JSON } } }
              Quiet:
                Type: AWS::Serverless::Function
                Properties: { LoggingConfig: { LogFormat: JSON, ApplicationLogLevel: WARN } }
            """);
        assertThat(stack.compute().functions())
                .extracting(FunctionSpec::environment)
                .containsExactly(
                        Map.of("AWS_LAMBDA_LOG_FORMAT", "Text", "AWS_LAMBDA_LOG_GROUP_NAME", "own"),
                        Map.of("AWS_LAMBDA_LOG_FORMAT", "JSON", "AWS_LAMBDA_LOG_LEVEL", "INFO"),
                        Map.of("AWS_LAMBDA_LOG_FORMAT", "JSON", "AWS_LAMBDA_LOG_LEVEL", "WARN"));
    }

    @Test
    void attributesOfTypesThatAreNotRunAreMadeUp() {
        Stack stack = resolve("""
            Resources:
              N: { Type: AWS::ServiceDiscovery::PrivateDnsNamespace, Properties: { Name: x, Vpc: v } }
            Outputs:
              Id: { Value: !GetAtt N.Id }
            """);
        assertThat(stack.outputValues()).containsEntry("Id", "demo-N-Id");
        assertThat(stack.warnings()).hasSize(1);
    }

    private static final String QUEUE_EVENT = """
        Transform: AWS::Serverless-2016-10-31
        Resources:
          Orders:
            Type: AWS::SQS::Queue
            Properties: {VisibilityTimeout: %d}
          Work:
            Type: AWS::Serverless::Function
            Properties:
              CodeUri: work.jar
              Handler: a.Work
              Runtime: java17
              Timeout: 20
              Events:
                In:
                  Type: SQS
                  Properties:
                    Queue: !GetAtt Orders.Arn
                    BatchSize: 7
                    ScalingConfig: {MaximumConcurrency: 3}
                    FilterCriteria: {Filters: [{Pattern: '{"body":["x"]}'}]}
        """;

    @Test
    void aQueueIsAnEventSource() {
        Stack stack = resolve(QUEUE_EVENT.formatted(20));

        QueueMappingSpec mapping = stack.events().queueMappings().get(0);
        assertThat(mapping.logicalId()).isEqualTo("WorkIn");
        assertThat(mapping.queueArn()).endsWith(":demo-Orders");
        assertThat(mapping.settings())
                .isEqualTo(
                        new QueueMappingSettings(true, 7, 0, false, OptionalInt.of(3), List.of("{\"body\":[\"x\"]}")));
        assertThat(stack.compute().mappings()).isEmpty();
        assertThat(stack.warnings()).isEmpty();
    }

    @Test
    void aQueueMustHideMessagesAsLongAsItsFunctionMayRun() {
        assertThatThrownBy(() -> resolve(QUEUE_EVENT.formatted(19)))
                .hasMessageContaining("Queue visibility timeout: 19 seconds is less than Function timeout: 20 seconds");
    }
}
