package dev.ingestkit.local.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ingestkit.local.template.model.TemplateException;
import dev.ingestkit.local.template.spec.ApiSpec;
import dev.ingestkit.local.template.spec.Stack;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The properties Cors, Auth and Models of a SAM API, as SAM 1.115 writes them into the document. */
class SamApiCorsTest {

    private static final String API = """
        Transform: AWS::Serverless-2016-10-31
        Resources:
          Fn:
            Type: AWS::Serverless::Function
            Properties: { CodeUri: a.jar, Handler: a.B, Runtime: java21 }
          Api:
            Type: AWS::Serverless::Api
            Properties:
              StageName: prod
              Cors: %s
              Auth: %s
              Models: { Item: { type: object } }
              DefinitionBody:
                openapi: 3.0.1
                paths:
                  /a: { get: {}, post: { security: [{ api_key_false: [] }] } }
                  /any: { x-amazon-apigateway-any-method: { security: [{ NONE: [] }] } }
                  /own: { options: { own: true }, get: { security: [{ AWS_IAM: [] }] }, put: { security: [] } }
        """;
    private static final String AUTH = """
        { DefaultAuthorizer: Basic, ApiKeyRequired: true, UsagePlan: { CreateUsagePlan: PER_API }, Authorizers: { Basic: { FunctionArn: !GetAtt Fn.Arn } } }\
        """;

    @TempDir
    Path directory;

    private ApiSpec api(String cors, String auth) {
        return stack(cors, auth).compute().apis().get(0);
    }

    private Stack stack(String cors, String auth) {
        return TemplateText.resolve(API.formatted(cors, auth), directory, Map.of());
    }

    private static String header(JsonNode preflight, String name) {
        return preflight
                .at("/x-amazon-apigateway-integration/responses/default/responseParameters")
                .path("method.response.header.Access-Control-Allow-" + name)
                .asText();
    }

    @Test
    void anOriginMakesAPreflightWithThePathsMethods() {
        JsonNode paths = api("\"'*'\"", "{}").body().path("paths");

        assertThat(header(paths.at("/~1a/options"), "Origin")).isEqualTo("'*'");
        assertThat(header(paths.at("/~1a/options"), "Methods")).isEqualTo("'GET,OPTIONS,POST'");
        assertThat(header(paths.at("/~1any/options"), "Methods")).isEqualTo("'DELETE,GET,HEAD,OPTIONS,PATCH,POST,PUT'");
        assertThat(paths.at("/~1own/options").toString()).isEqualTo("{\"own\":true}");
    }

    @Test
    void settingsBecomeHeaders() {
        JsonNode preflight = api(
                        "{ AllowOrigin: \"'https://a'\", AllowHeaders: \"'X'\", AllowMethods: \"'GET'\", MaxAge:"
                                + " \"'5'\", AllowCredentials: true }",
                        "{}")
                .body()
                .at("/paths/~1a/options");

        assertThat(header(preflight, "Headers")).isEqualTo("'X'");
        assertThat(header(preflight, "Methods")).isEqualTo("'GET'");
        assertThat(header(preflight, "Credentials")).isEqualTo("'true'");
        assertThat(preflight.toString()).contains("\"method.response.header.Access-Control-Max-Age\":\"'5'\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{ AllowCredentials: true } | 'AllowCredentials' can not be true when 'AllowOrigin' is \"'*'\" or not"
                        + " set",
                "{ Origin: x } | Invalid key 'Origin' for 'Cors' property."
            })
    void settingsThatSamRefusesAreRefusedInItsWords(String cors, String reason) {
        assertThatThrownBy(() -> api(cors, "{}"))
                .isInstanceOf(TemplateException.class)
                .hasMessageContaining(reason.replace("\\", ""));
    }

    @Test
    void defaultsApplyToMethodsThatSayNothingElse() {
        ApiSpec api = api("\"'*'\"", AUTH);
        JsonNode paths = api.body().path("paths");

        assertThat(paths.at("/~1a/get/security")).hasToString("[{\"Basic\":[]},{\"api_key\":[]}]");
        assertThat(paths.at("/~1a/post/security")).hasToString("[{\"Basic\":[]}]");
        assertThat(paths.at("/~1a/options/security")).hasToString("[{\"Basic\":[]},{\"api_key\":[]}]");
        assertThat(paths.at("/~1any/x-amazon-apigateway-any-method/security")).hasToString("[{\"api_key\":[]}]");
        assertThat(paths.at("/~1own/get/security")).hasToString("[{\"AWS_IAM\":[]},{\"api_key\":[]}]");
        assertThat(paths.at("/~1own/put/security")).hasToString("[{\"Basic\":[]},{\"api_key\":[]}]");
        assertThat(api.body().at("/components/securitySchemes/AWS_IAM/x-amazon-apigateway-authtype"))
                .hasToString("\"awsSigv4\"");
    }

    @Test
    void aDefaultAuthorizerHasNoEffectWithoutAuthorizersAsInSamAndSaysSo() {
        Stack stack = stack("\"'*'\"", "{ DefaultAuthorizer: aws_iam }");

        assertThat(stack.compute().apis().get(0).body().at("/paths/~1a/get").has("security"))
                .isFalse();
        assertThat(stack.warnings())
                .singleElement()
                .asString()
                .contains("DefaultAuthorizer 'aws_iam' has no effect", "its methods are open");
    }

    @Test
    void aDefaultAuthorizerThatIsNotAmongTheAuthorizersIsRefusedInSamsWords() {
        assertThatThrownBy(() -> api("\"'*'\"", AUTH.replace("DefaultAuthorizer: Basic", "DefaultAuthorizer: Basics")))
                .isInstanceOf(TemplateException.class)
                .hasMessageContaining(
                        "Unable to set DefaultAuthorizer because 'Basics' was not defined in 'Authorizers'")
                .hasMessageContaining("Basic?");
    }

    @Test
    void preflightsStayOpenWhenTheTemplateSaysSo() {
        JsonNode paths = api(
                        "\"'*'\"",
                        AUTH.replace(
                                "{ DefaultAuthorizer",
                                "{ AddDefaultAuthorizerToCorsPreflight: false, AddApiKeyRequiredToCorsPreflight:"
                                        + " false, DefaultAuthorizer"))
                .body()
                .path("paths");

        assertThat(paths.at("/~1a/options/security").isMissingNode()).isTrue();
        assertThat(paths.at("/~1a/get/security").size()).isEqualTo(2);
    }

    @Test
    void aUsagePlanGivesTheStageAKey() {
        assertThat(api("\"'*'\"", AUTH).stage().apiKeys())
                .singleElement()
                .asString()
                .hasSize(40);
    }

    @Test
    void modelsAreDefinedByTheirNamesInLowerCase() {
        assertThat(api("\"'*'\"", "{}").body().at("/components/schemas/item/type"))
                .hasToString("\"object\"");
    }
}
