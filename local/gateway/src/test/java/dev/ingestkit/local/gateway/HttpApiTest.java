package dev.ingestkit.local.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ingestkit.local.gateway.GatewayRig.Shown;
import dev.ingestkit.local.gateway.definition.StageSettings;
import dev.ingestkit.local.gateway.document.ApiDefinitionException;
import dev.ingestkit.local.gateway.httpapi.HttpApiDefinition;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Routes, events, answers and CORS of HTTP APIs. */
class HttpApiTest {

    private static final String BASE = "/_aws/execute-api/" + HttpApis.ID;

    private static Shown send(GatewayRig rig, String method, String target, String body, String... headers) {
        return rig.send(GatewayRig.request(method, BASE + target, body.getBytes(StandardCharsets.UTF_8), headers));
    }

    /** Returns the event that the function gets. */
    private static JsonNode event(GatewayRig rig, String method, String target, String body, String... headers) {
        rig.function = event -> GatewayRig.succeeded("{\"statusCode\":200}");
        send(rig, method, target, body, headers);
        return GatewayRig.json(rig.events.get(rig.events.size() - 1));
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /a, GET /a",
        "PUT, /a, ANY /a",
        "GET, /a/b, GET /a/{id}",
        "GET, /a/b/c, GET /a/{rest+}",
        "POST, /a/b, ANY /{all+}",
        "GET, /x/1/y, GET /x/{n}/y",
        "GET, /x/1/z, GET /x/{m}/z",
        "GET, /a/, ANY /{all+}",
        "GET, /, $default"
    })
    void theMostSpecificRouteServes(String method, String path, String key) {
        HttpApis api = new HttpApis();
        List.of(
                        "$default",
                        "ANY /{all+}",
                        "GET /a/{rest+}",
                        "GET /a/{id}",
                        "ANY /a",
                        "GET /a",
                        "GET /x/{n}/y",
                        "GET /x/{m}/z")
                .forEach(api::function);
        try (GatewayRig rig = api.rig()) {
            assertThat(event(rig, method, path, "").path("routeKey").asText()).isEqualTo(key);
        }
    }

    @Test
    void withoutARouteTheAnswerIs404() {
        try (GatewayRig rig = new HttpApis().function("GET /a").rig()) {
            Shown shown = send(rig, "POST", "/a", "");

            assertThat(shown.status()).isEqualTo(404);
            assertThat(shown.body()).isEqualTo("{\"message\":\"Not Found\"}");
            assertThat(shown.header("Apigw-Requestid")).hasSize(16);
        }
    }

    @Test
    void aNamedStageIsPartOfThePath() {
        HttpApis api = new HttpApis().function("GET /a");
        try (GatewayRig rig = api.rig()) {
            rig.gateway.deploy(api.stage(new StageSettings("dev", Map.of("k", "v"), List.of(), Set.of())));

            JsonNode dev = event(rig, "GET", "/dev/a", "");
            JsonNode other = event(rig, "GET", "/a", "");

            assertThat(dev.path("rawPath").asText()).isEqualTo("/dev/a");
            assertThat(dev.at("/stageVariables/k").asText()).isEqualTo("v");
            assertThat(other.path("rawPath").asText()).isEqualTo("/a");
            assertThat(other.at("/requestContext/stage").asText()).isEqualTo("$default");
        }
    }

    @Test
    void theEventOfFormat2HasTheDocumentedMembers() {
        try (GatewayRig rig = new HttpApis().function("POST /a/{id}").rig()) {
            JsonNode event = event(
                    rig,
                    "POST",
                    "/a/b%20c?q=1&q=2&r=a%20b",
                    "{}",
                    "Content-Type",
                    "application/json",
                    "Cookie",
                    "a=1; b=2",
                    "X-A",
                    "1",
                    "X-A",
                    "2");

            assertThat(event.path("version").asText()).isEqualTo("2.0");
            assertThat(event.path("rawPath").asText()).isEqualTo("/a/b c");
            assertThat(event.path("rawQueryString").asText()).isEqualTo("q=1&q=2&r=a%20b");
            assertThat(event.path("cookies")).hasToString("[\"a=1\",\"b=2\"]");
            assertThat(event.at("/headers/x-a").asText()).isEqualTo("1,2");
            assertThat(event.path("headers").has("cookie")).isFalse();
            assertThat(event.path("queryStringParameters")).hasToString("{\"q\":\"1,2\",\"r\":\"a b\"}");
            assertThat(event.at("/pathParameters/id").asText()).isEqualTo("b c");
            assertThat(event.at("/requestContext/http/method").asText()).isEqualTo("POST");
            assertThat(event.at("/requestContext/apiId").asText()).isEqualTo(HttpApis.ID);
            assertThat(event.has("stageVariables")).isFalse();
            assertThat(event.path("body").asText()).isEqualTo("{}");
            assertThat(event.path("isBase64Encoded").asBoolean()).isFalse();
        }
    }

    @Test
    void theEventOfFormat1HasNullForMissingValues() {
        try (GatewayRig rig = new HttpApis().function("GET /a", "1.0", "[]").rig()) {
            JsonNode event = event(rig, "GET", "/a", "", "X-A", "1", "X-A", "2");

            assertThat(event.path("version").asText()).isEqualTo("1.0");
            assertThat(event.path("resource").asText()).isEqualTo("/a");
            assertThat(event.at("/headers/X-A").asText()).isEqualTo("2");
            assertThat(event.at("/multiValueHeaders/X-A")).hasToString("[\"1\",\"2\"]");
            assertThat(event.get("queryStringParameters").isNull()).isTrue();
            assertThat(event.get("body").isNull()).isTrue();
            assertThat(event.at("/requestContext/resourceId").asText()).isEqualTo("GET /a");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "application/json; charset=utf-8, false",
        "text/html, false",
        "application/xml, false",
        "application/x-www-form-urlencoded, true",
        "image/png, true",
        "'', true"
    })
    void bodiesOfOtherTypesThanTextAreBase64(String type, boolean encoded) {
        try (GatewayRig rig = new HttpApis().function("POST /a").rig()) {
            JsonNode event = event(rig, "POST", "/a", "x", "Content-Type", type);

            assertThat(event.path("isBase64Encoded").asBoolean()).isEqualTo(encoded);
            assertThat(event.path("body").asText()).isEqualTo(encoded ? "eA==" : "x");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"hi\" | 200 | application/json | hi",
                "{\"a\":1} | 200 | application/json | {\"a\":1}",
                "[1] | 200 | application/json | [1]",
                "{\"statusCode\":201,\"body\":\"x\"} | 201 | text/plain;charset=UTF-8 | x",
                "{\"statusCode\":200,\"isBase64Encoded\":true,\"body\":\"aGk=\"} | 200 | text/plain;charset=UTF-8 | hi"
            })
    void anAnswerWithoutStatusIsTheBody(String answer, int status, String type, String body) {
        try (GatewayRig rig = new HttpApis().function("GET /a").rig()) {
            rig.function = event -> GatewayRig.succeeded(answer);

            Shown shown = send(rig, "GET", "/a", "");

            assertThat(shown.status()).isEqualTo(status);
            assertThat(shown.header("content-type")).isEqualTo(type);
            assertThat(shown.body()).isEqualTo(body);
        }
    }

    @Test
    void cookiesOfAnAnswerBecomeHeaders() {
        try (GatewayRig rig = new HttpApis().function("GET /a").rig()) {
            rig.function = event -> GatewayRig.succeeded(
                    "{\"statusCode\":200,\"headers\":{\"x-a\":\"1\"},\"cookies\":[\"a=1\",\"b=2\"]}");

            Shown shown = send(rig, "GET", "/a", "");

            assertThat(shown.headers().get("set-cookie")).containsExactly("a=1", "b=2");
            assertThat(shown.header("x-a")).isEqualTo("1");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "2.0 | {\"statusCode\":999}",
                "2.0 | {\"statusCode\":200,\"headers\":5}",
                "2.0 | {\"statusCode\":200,\"isBase64Encoded\":true,\"body\":\"?\"}",
                "1.0 | {\"a\":1}",
                "1.0 | \"hi\""
            })
    void malformedAnswersReturn500(String format, String answer) {
        try (GatewayRig rig = new HttpApis().function("GET /a", format, "[]").rig()) {
            rig.function = event -> GatewayRig.succeeded(answer);

            Shown shown = send(rig, "GET", "/a", "");

            assertThat(shown.status()).isEqualTo(500);
            assertThat(shown.body()).isEqualTo("{\"message\":\"Internal Server Error\"}");
        }
    }

    @Test
    void aFailedFunctionReturns500() {
        try (GatewayRig rig = new HttpApis().function("GET /a").rig()) {
            rig.function = event -> GatewayRig.failed("oops");

            assertThat(send(rig, "GET", "/a", "").status()).isEqualTo(500);
        }
    }

    private static final String CORS = """
        {"allowOrigins":["https://a.example","http://*"],"allowMethods":["GET"],"allowHeaders":["x"],
         "exposeHeaders":["y"],"maxAge":60,"allowCredentials":true}\
        """;

    @Test
    void aCorsPolicyAnswersPreflightsWithoutARoute() {
        try (GatewayRig rig = new HttpApis().function("GET /a").cors(CORS).rig()) {
            Shown shown = send(
                    rig, "OPTIONS", "/a", "", "Origin", "https://a.example", "Access-Control-Request-Method", "GET");
            Shown other = send(
                    rig, "OPTIONS", "/a", "", "Origin", "https://b.example", "Access-Control-Request-Method", "GET");

            assertThat(shown.status()).isEqualTo(204);
            assertThat(shown.header("access-control-allow-origin")).isEqualTo("https://a.example");
            assertThat(shown.header("access-control-allow-methods")).isEqualTo("GET");
            assertThat(shown.header("access-control-allow-headers")).isEqualTo("x");
            assertThat(shown.header("access-control-max-age")).isEqualTo("60");
            assertThat(shown.header("access-control-allow-credentials")).isEqualTo("true");
            assertThat(other.status()).isEqualTo(204);
            assertThat(other.header("access-control-allow-origin")).isEmpty();
            assertThat(rig.events).isEmpty();
        }
    }

    @Test
    void aCorsPolicyReplacesTheHeadersOfTheBackEnd() {
        try (GatewayRig rig = new HttpApis().function("GET /a").cors(CORS).rig()) {
            rig.function = event -> GatewayRig.succeeded(
                    "{\"statusCode\":200,\"headers\":{\"Access-Control-Allow-Origin\":\"*\",\"x\":\"1\"}}");

            Shown shown = send(rig, "GET", "/a", "", "Origin", "http://any");
            Shown without = send(rig, "GET", "/a", "");

            assertThat(shown.header("access-control-allow-origin")).isEqualTo("http://any");
            assertThat(shown.header("access-control-expose-headers")).isEqualTo("y");
            assertThat(without.headers()).doesNotContainKey("access-control-allow-origin");
        }
    }

    @Test
    void credentialsWithAnyOriginAreRefused() {
        HttpApis api = new HttpApis().function("GET /a").cors("{\"allowOrigins\":[\"*\"],\"allowCredentials\":true}");

        assertThatThrownBy(api::rig)
                .isInstanceOf(ApiDefinitionException.class)
                .hasMessageContaining("allowCredentials");
    }

    @Test
    void aKinesisIntegrationMapsItsParameters() {
        HttpApis api = new HttpApis().integration("POST /p/{id}", """
            {"type":"aws_proxy","integrationSubtype":"Kinesis-PutRecord","requestParameters":
             {"StreamName":"s","Data":"$request.body.data","PartitionKey":"${request.path.id}-${request.header.x-h}"}}
            """);
        try (GatewayRig rig = api.rig()) {
            Shown shown = send(rig, "POST", "/p/7", "{\"data\":{\"a\":1}}", "X-H", "h");

            assertThat(rig.onlyCall().service()).isEqualTo("kinesis");
            assertThat(rig.onlyCall().action()).isEqualTo("PutRecord");
            assertThat(rig.onlyCall().json().path("StreamName").asText()).isEqualTo("s");
            assertThat(rig.onlyCall().json().path("Data").asText()).isEqualTo("eyJhIjoxfQ==");
            assertThat(rig.onlyCall().json().path("PartitionKey").asText()).isEqualTo("7-h");
            assertThat(shown.status()).isEqualTo(200);
            assertThat(rig.journalled()).hasSize(1);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "SendMessage, MessageBody",
        "ReceiveMessage, MaxNumberOfMessages",
        "DeleteMessage, ReceiptHandle",
        "PurgeQueue, QueueUrl"
    })
    void anSqsIntegrationCallsItsActionOnTheQueue(String action, String parameter) {
        HttpApis api = new HttpApis().integration("POST /p", """
            {"type":"aws_proxy","integrationSubtype":"SQS-%s","requestParameters":
             {"QueueUrl":"http://localhost/000000000000/q","%s":"$request.body.value"}}
            """.formatted(action, parameter));
        try (GatewayRig rig = api.rig()) {
            send(rig, "POST", "/p", "{\"value\":\"7\"}");

            assertThat(rig.onlyCall().service()).isEqualTo("sqs");
            assertThat(rig.onlyCall().action()).isEqualTo(action);
            assertThat(rig.onlyCall().json().path(parameter).asText()).isEqualTo("7");
        }
    }

    @Test
    void aMissingParameterOfAServiceIsRefused() {
        HttpApis api = new HttpApis().integration("POST /p", """
            {"type":"aws_proxy","integrationSubtype":"SQS-SendMessage","requestParameters":{"QueueUrl":"q"}}\
            """);

        assertThatThrownBy(api::rig)
                .isInstanceOf(ApiDefinitionException.class)
                .hasMessageContaining("lacks MessageBody, which SQS-SendMessage needs");
    }

    @Test
    void anUnsupportedIntegrationIsNamedAndAnswers501() {
        HttpApis api = new HttpApis().integration("GET /e", """
                {"type":"aws_proxy","integrationSubtype":"StepFunctions-StartExecution"}\
                """).integration("GET /v", """
                {"type":"http_proxy","connectionType":"VPC_LINK","uri":"arn:aws:elasticloadbalancing:us-east-1:1:listener/x"}\
                """);
        HttpApiDefinition definition = api.stage(StageSettings.named("s"));

        assertThat(definition.warnings())
                .anyMatch(text ->
                        text.contains("the integration subtype StepFunctions-StartExecution is not supported here"))
                .anyMatch(text -> text.contains("VPC links are not supported here; the route answers 501"));
        try (GatewayRig rig = api.rig()) {
            assertThat(send(rig, "GET", "/e", "").status()).isEqualTo(501);
        }
    }

    @Test
    void anEventBridgeIntegrationPutsOneEvent() {
        HttpApis api = new HttpApis().integration("POST /p", """
            {"type":"aws_proxy","integrationSubtype":"EventBridge-PutEvents","requestParameters":
             {"Source":"orders","DetailType":"$request.body.kind","Detail":"$request.body.order","Resources":"[\\"r\\"]",
              "Region":"us-east-1"}}
            """);
        try (GatewayRig rig = api.rig()) {
            send(rig, "POST", "/p", "{\"kind\":\"placed\",\"order\":{\"id\":7}}");

            assertThat(rig.onlyCall().service()).isEqualTo("events");
            assertThat(rig.onlyCall().action()).isEqualTo("PutEvents");
            assertThat(rig.onlyCall().json()).isEqualTo(SubmitApi.json("""
                    {"Entries":[{"Source":"orders","DetailType":"placed","Detail":"{\\"id\\":7}","Resources":["r"]}]}\
                    """));
        }
    }

    @Test
    void anAnswersHeadersAndStatusCanBeChanged() {
        HttpApis api = new HttpApis().integration("POST /p", """
            {"type":"aws_proxy","integrationSubtype":"Kinesis-PutRecord",
             "requestParameters":{"StreamName":"s","Data":"d","PartitionKey":"p"},
             "responseParameters":{"200":{"overwrite:statuscode":"202","append:header.x-shard":"$response.body.ShardId"}}}
            """);
        try (GatewayRig rig = api.rig()) {
            Shown shown = send(rig, "POST", "/p", "");

            assertThat(shown.status()).isEqualTo(202);
            assertThat(shown.header("x-shard")).isEqualTo("shardId-000000000000");
        }
    }

    @Test
    void aStagesRateLimitReturns429() {
        HttpApis api = new HttpApis().function("GET /a");
        try (GatewayRig rig = api.rig()) {
            rig.gateway.deploy(api.stage(new StageSettings(
                    "slow", Map.of(), List.of(new StageSettings.MethodThrottle("/*", "*", 1, 1)), Set.of())));
            rig.function = event -> GatewayRig.succeeded("{}");

            assertThat(send(rig, "GET", "/slow/a", "").status()).isEqualTo(200);
            Shown refused = send(rig, "GET", "/slow/a", "");
            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.body()).isEqualTo("{\"message\":\"Too Many Requests\"}");
        }
    }
}
