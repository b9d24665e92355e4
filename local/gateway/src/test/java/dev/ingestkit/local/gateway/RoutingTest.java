package dev.ingestkit.local.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.gateway.GatewayRig.Shown;
import dev.ingestkit.local.gateway.definition.ApiDefinition;
import dev.ingestkit.local.gateway.definition.StageSettings;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Routes paths with methods, parameters and slashes to their method. */
final class RoutingTest {

    private static final String MOCK = """
        {"x-amazon-apigateway-integration":{"type":"mock",
          "requestTemplates":{"application/json":"{\\"statusCode\\": 200}"},
          "responses":{"default":{"statusCode":"200","responseTemplates":
            {"application/json":"NAME $context.resourcePath $input.params('id')$input.params('proxy')"}}}}}\
        """;

    private static ApiDefinition definition() {
        ObjectNode body = SubmitApi.json("{\"openapi\":\"3.0.1\",\"paths\":{}}");
        for (String[] method : new String[][] {
            {"/users/me", "patch"},
            {"/users/{id}", "get"},
            {"/users/{id}/posts", "get"},
            {"/test", "post"},
            {"/any", "x-amazon-apigateway-any-method"},
            {"/{proxy+}", "options"},
            {"/users/{proxy+}", "delete"}
        }) {
            body.withObject("/paths")
                    .withObject("/" + method[0].replace("~", "~0").replace("/", "~1"))
                    .set(method[1], SubmitApi.json(MOCK.replace("NAME", method[1])));
        }
        return ApiDefinition.parse("a", body, StageSettings.named("v1"));
    }

    @ParameterizedTest
    @CsvSource({
        "PATCH, /users/me, patch /users/me",
        "GET, /users/me, get /users/{id} me",
        "DELETE, /users/me, delete /users/{proxy+} me",
        "DELETE, /users/me/posts, delete /users/{proxy+} me/posts",
        "OPTIONS, /users/me, options /{proxy+} users/me",
        "GET, /users/me/posts, get /users/{id}/posts me",
        "POST, /test, post /test",
        "OPTIONS, /test, options /{proxy+} test",
        "OPTIONS, /any, x-amazon-apigateway-any-method /any"
    })
    void aMissingMethodIsSearchedAtTheNextWiderResource(String verb, String path, String expected) {
        try (GatewayRig rig = new GatewayRig(definition())) {
            Shown shown = rig.send(GatewayRig.request(verb, "/v1" + path, new byte[0]));

            assertThat(shown.status()).isEqualTo(200);
            assertThat(shown.body().strip()).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @CsvSource({"GET, /test", "PUT, /users/me", "GET, /"})
    void aMethodOfNoMatchingResourceReturnsMissingAuthentication(String verb, String path) {
        try (GatewayRig rig = new GatewayRig(definition())) {
            assertThat(rig.send(GatewayRig.request(verb, "/v1" + path, new byte[0]))
                            .status())
                    .isEqualTo(403);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/v1//test, 200",
        "/v1///test, 200",
        "//v1/test, 200",
        "//v1//test, 200",
        "/_aws/execute-api/a//v1//test, 200",
        "/restapis/a//v1/_user_request_/test, 200",
        "/v1/test//x, 403"
    })
    void slashesBeforeTheStageAndBeforeThePathCountAsOne(String path, int status) {
        try (GatewayRig rig = new GatewayRig(definition())) {
            assertThat(rig.send(GatewayRig.post(path, "{}")).status()).isEqualTo(status);
        }
    }
}
