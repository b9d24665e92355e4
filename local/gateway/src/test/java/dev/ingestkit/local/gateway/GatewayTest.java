package dev.ingestkit.local.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.faults.FaultKind;
import dev.ingestkit.local.faults.Faults;
import dev.ingestkit.local.gateway.GatewayRig.Shown;
import dev.ingestkit.local.gateway.definition.ApiDefinition;
import dev.ingestkit.local.gateway.definition.StageSettings;
import dev.ingestkit.local.gateway.definition.StageSettings.MethodThrottle;
import dev.ingestkit.local.http.DroppedConnectionException;
import dev.ingestkit.local.journal.JournalEvent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GatewayTest {

    private static final String PROXY_URI = "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/"
            + "arn:aws:lambda:us-east-1:000000000000:function:hello/invocations";

    @ParameterizedTest
    @CsvSource({
        "/_aws/execute-api/abc123/prod/submit/orders/1, 200",
        "/restapis/abc123/prod/_user_request_/submit/orders/1, 200",
        "/prod/submit/orders/1, 200",
        "/prod/submit/orders/1/, 200",
        "/prod/submit/orders, 403",
        "/prod/submit//1, 403",
        "/prod/submit/orders/1/2, 403",
        "/prod/Submit/orders/1, 403",
        "/prod, 403",
        "/prod/, 403",
        "/test/submit/orders/1, 404",
        "/_aws/execute-api/other/prod/submit/orders/1, 404",
        "/_aws/execute-api/abc123/test/submit/orders/1, 403"
    })
    void aRequestIsFoundByItsPath(String path, int status) {
        try (GatewayRig rig = new GatewayRig(SubmitApi.definition())) {
            assertThat(rig.send(GatewayRig.post(path, "{}", "Authorization", "x"))
                            .status())
                    .isEqualTo(status);
        }
    }

    @Test
    void aRequestIsFoundByItsHost() {
        try (GatewayRig rig = new GatewayRig(SubmitApi.definition(), other())) {
            var byHost = new dev.ingestkit.local.http.HttpRequest(
                    "POST",
                    "/prod/submit/orders/1",
                    "",
                    Map.of("host", List.of("abc123.execute-api.localhost:4566"), "authorization", List.of("x")),
                    "{}".getBytes(java.nio.charset.StandardCharsets.UTF_8),
                    "127.0.0.1");

            assertThat(rig.send(byHost).status()).isEqualTo(200);
            assertThat(rig.gateway.claims(byHost)).isTrue();
            assertThat(rig.gateway.claims(GatewayRig.post("/prod/submit/orders/1", "{}")))
                    .as("with two APIs a stage alone is ambiguous")
                    .isFalse();
        }
    }

    @Test
    void anUnknownMethodReturnsTheErrorOfAws() {
        try (GatewayRig rig = new GatewayRig(SubmitApi.definition())) {
            Shown shown = rig.send(GatewayRig.request("GET", "/prod/submit/orders/1", new byte[0]));

            assertThat(shown.status()).isEqualTo(403);
            assertThat(shown.body()).isEqualTo("{\"message\":\"Missing Authentication Token\"}");
            assertThat(shown.header("x-amzn-ErrorType")).isEqualTo("MissingAuthenticationTokenException");
            assertThat(rig.journalled()).singleElement().isInstanceOf(JournalEvent.Rejected.class);
        }
    }

    @ParameterizedTest
    @CsvSource({"/a/b, literal", "/a/c, one c", "/a/b/c, all b/c", "/a/b%2Fc, one b/c", "/a/b/, literal", "/x, all x"})
    void literalsPrecedeParametersAndParametersPrecedeGreedyOnes(String path, String expected) {
        ObjectNode body = SubmitApi.withTemplate("/a/b", "literal");
        body.withObject("/paths").setAll((ObjectNode)
                SubmitApi.withTemplate("/a/{id}", "one $input.params('id')").get("paths"));
        body.withObject("/paths").setAll((ObjectNode) SubmitApi.withTemplate("/a/{rest+}", "all $input.params('rest')")
                .get("paths"));
        body.withObject("/paths").setAll((ObjectNode)
                SubmitApi.withTemplate("/{rest+}", "all $input.params('rest')").get("paths"));
        try (GatewayRig rig = new GatewayRig(ApiDefinition.parse("a", body, StageSettings.named("v1")))) {
            rig.send(GatewayRig.post("/v1" + path, "{}"));

            assertThat(rig.onlyCall().text()).isEqualTo(expected);
        }
    }

    @Test
    void theRateLimitIsEnforcedBeforeTheAuthorizer() {
        StageSettings stage =
                new StageSettings("prod", Map.of(), List.of(new MethodThrottle("/*", "*", 1, 2)), Set.of());
        try (GatewayRig rig = new GatewayRig(ApiDefinition.parse("abc123", SubmitApi.body(), stage))) {
            assertThat(rig.submit("1", "{}").status()).isEqualTo(200);
            assertThat(rig.submit("2", "{}").status()).isEqualTo(200);
            Shown third = rig.submit("3", "{}");
            rig.pass(Duration.ofSeconds(1));

            assertThat(third.status()).isEqualTo(429);
            assertThat(third.header("Retry-After")).isEqualTo("1");
            assertThat(third.body()).isEqualTo("{\"message\":\"Too Many Requests\"}");
            assertThat(rig.submit("4", "{}").status()).isEqualTo(200);
            assertThat(rig.submit("5", "{}").status()).isEqualTo(429);
        }
    }

    @Test
    void methodSettingsAreReadFromTheTemplate() {
        StageSettings stage = StageSettings.of("prod", SubmitApi.json("""
            {"Variables":{"a":"b"},"MethodSettings":[
              {"ResourcePath":"/*","HttpMethod":"*","ThrottlingRateLimit":100,"ThrottlingBurstLimit":"50"},
              {"ResourcePath":"/~1submit~1{id}","HttpMethod":"POST","ThrottlingRateLimit":0.5},
              {"ResourcePath":"/*","HttpMethod":"*","MetricsEnabled":true}]}\
            """));

        assertThat(stage.variables()).containsEntry("a", "b");
        assertThat(stage.throttles())
                .containsExactly(
                        new MethodThrottle("/*", "*", 100, 50), new MethodThrottle("/submit/{id}", "POST", 0.5, -1));
    }

    @Test
    void aMockAnswersAPreflightWithoutABackEnd() {
        ObjectNode body = SubmitApi.json("""
            {"swagger":"2.0","paths":{"/x":{"options":{"x-amazon-apigateway-integration":{"type":"mock",
              "requestTemplates":{"application/json":"{statusCode: 204}"},
              "responses":{"default":{"statusCode":"500"},"204":{"statusCode":"204","responseParameters":{
                "method.response.header.Access-Control-Allow-Origin":"'*'",
                "method.response.header.X-Stage":"context.stage"}}}}}}}}\
            """);
        try (GatewayRig rig = new GatewayRig(ApiDefinition.parse("a", body, StageSettings.named("v1")))) {
            Shown shown = rig.send(GatewayRig.request("OPTIONS", "/v1/x", new byte[0]));

            assertThat(shown.status()).isEqualTo(204);
            assertThat(shown.header("Access-Control-Allow-Origin")).isEqualTo("*");
            assertThat(shown.header("X-Stage")).isEqualTo("v1");
            assertThat(shown.body()).isEmpty();
            assertThat(rig.journalled()).isEmpty();
        }
    }

    @Test
    void aProxyFunctionReceivesTheRequestAndReturnsTheResponse() {
        try (GatewayRig rig = new GatewayRig(proxy())) {
            rig.function = event -> GatewayRig.succeeded(
                    "{\"statusCode\":201,\"headers\":{\"X-A\":\"1\","
                            + "\"WWW-Authenticate\":\"Basic\",\"Date\":\"d\",\"Server\":\"s\",\"TE\":\"x\"},\"multiValueHeaders\":{\"X-B\":[\"1\",\"2\"]},\"body\":\"hi\"}");

            Shown shown = rig.send(GatewayRig.post("/v1/x?q=1", "body"));

            JsonNode event = GatewayRig.json(rig.events.get(0));
            assertThat(event.get("body").asText()).isEqualTo("body");
            assertThat(event.get("pathParameters").isNull()).isTrue();
            assertThat(event.at("/queryStringParameters/q").asText()).isEqualTo("1");
            assertThat(shown.status()).isEqualTo(201);
            assertThat(shown.body()).isEqualTo("hi");
            assertThat(shown.header("X-B")).isEqualTo("1,2");
            assertThat(shown.header("x-amzn-Remapped-WWW-Authenticate")).isEqualTo("Basic");
            assertThat(shown.header("x-amzn-Remapped-Date")).isEqualTo("d");
            assertThat(shown.header("x-amzn-Remapped-Server")).isEqualTo("s");
            assertThat(shown.header("TE")).isEqualTo("x");
        }
    }

    @Test
    void aFailingProxyFunctionReturns502() {
        try (GatewayRig rig = new GatewayRig(proxy())) {
            rig.function = event -> GatewayRig.failed("oops");
            assertThat(rig.send(GatewayRig.post("/v1/x", "")).status()).isEqualTo(502);

            rig.function = event -> GatewayRig.succeeded("\"no object\"");
            Shown shown = rig.send(GatewayRig.post("/v1/x", ""));
            assertThat(shown.status()).isEqualTo(502);
            assertThat(shown.body()).isEqualTo("{\"message\":\"Internal server error\"}");
        }
    }

    @Test
    void aFunctionErrorIsSelectedByItsWholeMessage() {
        ObjectNode body = SubmitApi.withTemplate("/x", "{}");
        ObjectNode integration = (ObjectNode) body.at("/paths/~1x/post/x-amazon-apigateway-integration");
        integration.put("uri", PROXY_URI);
        integration.withObject("/responses").putObject("Bad(.|\\n)*").put("statusCode", 400);
        try (GatewayRig rig = new GatewayRig(ApiDefinition.parse("a", body, StageSettings.named("v1")))) {
            rig.function = event -> GatewayRig.failed("Bad input\nsecond line");
            assertThat(rig.send(GatewayRig.post("/v1/x", "{}")).status()).isEqualTo(400);

            rig.function = event -> GatewayRig.failed("not Bad");
            assertThat(rig.send(GatewayRig.post("/v1/x", "{}")).status()).isEqualTo(200);
        }
    }

    @Test
    void aSlowBackEndReturns504() {
        ObjectNode body = SubmitApi.body();
        SubmitApi.integration(body).put("timeoutInMillis", 50);
        try (GatewayRig rig = new GatewayRig(ApiDefinition.parse("abc123", body, StageSettings.named("prod")))) {
            rig.service = call -> new CompletableFuture<>();

            Shown shown = rig.submit("1", "{}");

            assertThat(shown.status()).isEqualTo(504);
            assertThat(shown.body()).isEqualTo("{\"message\":\"Endpoint request timed out\"}");
        }
    }

    @Test
    void anUnreachableBackEndIsAnIntegrationFailure() {
        try (GatewayRig rig = new GatewayRig(SubmitApi.definition())) {
            rig.service = call -> CompletableFuture.failedFuture(new java.io.IOException("refused"));

            Shown shown = rig.submit("1", "{}");

            assertThat(shown.status()).isEqualTo(504);
            assertThat(shown.body()).isEqualTo("{\"message\":\"Network error communicating with endpoint\"}");
        }
    }

    @Test
    void anAnswerWithoutAMatchingResponseReturns500() {
        ObjectNode body = SubmitApi.body();
        SubmitApi.integration(body).withObject("/responses").remove("default");
        try (GatewayRig rig = new GatewayRig(ApiDefinition.parse("abc123", body, StageSettings.named("prod")))) {
            rig.service = call -> GatewayRig.answer(503, "{}");

            assertThat(rig.submit("1", "{}").status()).isEqualTo(500);
        }
    }

    @Test
    void gatewayResponsesApplyTemplatesHeadersAndTheFallback() {
        ObjectNode body = SubmitApi.body();
        ObjectNode responses = (ObjectNode) body.get("x-amazon-apigateway-gateway-responses");
        responses.setAll(SubmitApi.json("""
            {"DEFAULT_4XX":{"responseParameters":{"gatewayresponse.header.Access-Control-Allow-Origin":"'*'",
               "gatewayresponse.header.X-Asked":"method.request.header.X-Ask"}},
             "BAD_REQUEST_BODY":{"statusCode":"422","responseTemplates":{"application/json":
               "{\\"error\\":$context.error.messageString,\\"why\\":\\"$context.error.validationErrorString\\",\
            \\"id\\":\\"${context.requestId}\\",\\"type\\":\\"$context.error.responseType\\",\\"cost\\":\\"$5\\"}"}}}\
            """));
        try (GatewayRig rig = new GatewayRig(ApiDefinition.parse("abc123", body, StageSettings.named("prod")))) {
            Shown invalid = rig.submit("1", "[]");
            Shown unknown = rig.send(GatewayRig.post("/prod/none", "", "X-Ask", "me"));

            assertThat(invalid.status()).isEqualTo(422);
            assertThat(invalid.body())
                    .as("as on AWS, the quotes of the validation error are not escaped")
                    .isEqualTo("{\"error\":\"Invalid request body\",\"why\":\"[instance type (array) does not match any"
                            + " allowed primitive type (allowed: [\"object\"])]\",\"id\":\""
                            + invalid.header("x-amzn-RequestId")
                            + "\",\"type\":\"BAD_REQUEST_BODY\",\"cost\":\"$5\"}");
            assertThat(unknown.status()).isEqualTo(403);
            assertThat(unknown.header("Access-Control-Allow-Origin")).isEqualTo("*");
            assertThat(unknown.header("X-Asked")).isEqualTo("me");
        }
    }

    @Test
    void aGatewayResponseIsNamedInAnyCase() {
        ObjectNode body = SubmitApi.body();
        ObjectNode responses = (ObjectNode) body.get("x-amazon-apigateway-gateway-responses");
        responses.setAll(SubmitApi.json("""
            {"DEFAULT_4xx":{"responseParameters":{"gatewayresponse.header.Access-Control-Allow-Origin":"'*'"}},
             "missing_authentication_token":{"statusCode":"404"}}"""));
        try (GatewayRig rig = new GatewayRig(ApiDefinition.parse("abc123", body, StageSettings.named("prod")))) {
            Shown unknown = rig.send(GatewayRig.post("/prod/none", ""));

            assertThat(unknown.status()).isEqualTo(404);
            assertThat(rig.submit("1", "[]").header("Access-Control-Allow-Origin"))
                    .isEqualTo("*");
        }
    }

    @Test
    void missingParametersAreNamed() {
        ObjectNode body = SubmitApi.body();
        ((com.fasterxml.jackson.databind.node.ArrayNode) SubmitApi.method(body).get("parameters"))
                .add(SubmitApi.json("{\"name\":\"X-Tenant\",\"in\":\"header\",\"required\":true}"))
                .add(SubmitApi.json("{\"name\":\"v\",\"in\":\"query\",\"required\":true}"))
                .add(SubmitApi.json("{\"name\":\"o\",\"in\":\"query\"}"));
        try (GatewayRig rig = new GatewayRig(ApiDefinition.parse("abc123", body, StageSettings.named("prod")))) {
            Shown shown = rig.submit("1", "{}");

            assertThat(shown.status()).isEqualTo(400);
            assertThat(shown.json().get("message").asText())
                    .isEqualTo("Missing required request parameters: [X-Tenant, v]");
        }
    }

    @Test
    void aHeaderValueCannotStartAnotherHeader() {
        String template = "#set($context.responseOverride.header.X-A = $input.path('$.h'))"
                + "#set($context.responseOverride.status = 299){}";
        try (GatewayRig rig = new GatewayRig(
                ApiDefinition.parse("a", SubmitApi.withTemplate("/x", template), StageSettings.named("v1")))) {
            Shown shown = rig.send(GatewayRig.post("/v1/x", "{\"h\":\"a\\r\\nSet-Cookie: b\"}"));

            assertThat(shown.status()).isEqualTo(299);
            assertThat(shown.header("X-A")).isEqualTo("a  Set-Cookie: b");
        }
    }

    @Test
    void injectedFaultsTakeEffect() {
        try (GatewayRig rig = new GatewayRig(SubmitApi.definition())) {
            rig.faults = (stage, target) -> target.equals("odd id") ? fault(FaultKind.THROTTLE) : Optional.empty();
            assertThat(rig.submit("odd%20id", "{}").status()).isEqualTo(429);
            assertThat(rig.submit("even", "{}").status()).isEqualTo(200);

            rig.faults = (stage, target) -> fault(FaultKind.ERROR);
            assertThat(rig.submit("1", "{}").status()).isEqualTo(500);

            rig.faults = (stage, target) -> fault(FaultKind.DELAY);
            assertThat(rig.submit("1", "{}").status()).isEqualTo(200);

            rig.faults = (stage, target) -> fault(FaultKind.DROP);
            int before = rig.calls.size();
            assertThatThrownBy(() -> rig.submit("1", "{}")).hasCauseInstanceOf(DroppedConnectionException.class);
            assertThat(rig.calls)
                    .as("the work is done before the connection ends")
                    .hasSize(before + 1);
        }
    }

    @Test
    void aRequestCompletesOnTheDefinitionItStartedOn() {
        try (GatewayRig rig = new GatewayRig(SubmitApi.definition())) {
            CompletableFuture<IntegrationBackend.Answer> slow = new CompletableFuture<>();
            rig.service = call -> slow;
            var answer = rig.gateway
                    .handle(GatewayRig.post("/prod/submit/orders/1", "{}", "Authorization", "x"))
                    .toCompletableFuture();
            rig.gateway.deploy(
                    ApiDefinition.parse("abc123", SubmitApi.withTemplate("/other", "{}"), StageSettings.named("prod")));

            assertThat(rig.submit("1", "{}").status()).isEqualTo(403);
            slow.complete(GatewayRig.answer(200, GatewayRig.PUT).join());
            assertThat(answer.join().status()).isEqualTo(200);
        }
    }

    @Test
    void unsupportedIntegrationsReturn501AndGetAWarning() {
        ObjectNode body = SubmitApi.withTemplate("/x", "{}");
        ((ObjectNode) body.at("/paths/~1x/post/x-amazon-apigateway-integration"))
                .put("type", "http_proxy")
                .put("uri", "https://example.com/");
        ApiDefinition definition = ApiDefinition.parse("a", body, StageSettings.named("v1"));
        try (GatewayRig rig = new GatewayRig(definition)) {
            Shown shown = rig.send(GatewayRig.post("/v1/x", "{}"));

            assertThat(definition.warnings())
                    .singleElement()
                    .asString()
                    .contains("https://example.com/ is not an address")
                    .contains("$.paths");
            assertThat(shown.status()).isEqualTo(501);
            assertThat(shown.body()).contains("only back ends on this machine are called");
        }
    }

    private static Optional<Faults.Fault> fault(FaultKind kind) {
        return Optional.of(new Faults.Fault(kind, Duration.ofMillis(1)));
    }

    private static ApiDefinition proxy() {
        ObjectNode body = SubmitApi.json("{\"openapi\":\"3.0.1\",\"paths\":{\"/x\":{\"x-amazon-apigateway-any-method\":"
                + "{\"x-amazon-apigateway-integration\":{\"type\":\"aws_proxy\",\"uri\":\"" + PROXY_URI + "\"}}}}}");
        return ApiDefinition.parse("a", body, StageSettings.named("v1"));
    }

    private static ApiDefinition other() {
        return ApiDefinition.parse("other", SubmitApi.withTemplate("/x", "{}"), StageSettings.named("prod"));
    }
}
