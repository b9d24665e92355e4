package dev.ingestkit.local.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.gateway.GatewayRig.Shown;
import dev.ingestkit.local.gateway.definition.ApiDefinition;
import dev.ingestkit.local.gateway.definition.StageSettings;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Covers the event that a proxy function receives, and the client's answer. */
final class ProxyFunctionTest {

    private static final String PROXY_URI = "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/"
            + "arn:aws:lambda:us-east-1:000000000000:function:hello/invocations";

    private static ObjectNode body(String path, String httpMethod) {
        ObjectNode body = SubmitApi.json("{\"openapi\":\"3.0.1\",\"paths\":{}}");
        ObjectNode integration = body.withObject("/paths")
                .putObject(path)
                .putObject("x-amazon-apigateway-any-method")
                .putObject("x-amazon-apigateway-integration");
        integration.put("type", "aws_proxy").put("httpMethod", httpMethod).put("uri", PROXY_URI);
        return body;
    }

    private static GatewayRig rig(ObjectNode body) {
        GatewayRig rig = new GatewayRig(ApiDefinition.parse("a", body, StageSettings.named("v1")));
        rig.function = event -> GatewayRig.succeeded("{}");
        return rig;
    }

    private static Shown answer(String answer) {
        try (GatewayRig rig = rig(body("/x", "POST"))) {
            rig.function = event -> GatewayRig.succeeded(answer);
            return rig.send(GatewayRig.post("/v1/x", ""));
        }
    }

    @Test
    void headerNamesKeepTheClientsLetterCase() {
        try (GatewayRig rig = rig(body("/x", "POST"))) {
            rig.send(GatewayRig.post("/v1/x", "", "X-My-Header", "a", "x-my-header", "b", "headerVar", "c"));

            JsonNode event = GatewayRig.json(rig.events.get(0));
            assertThat(event.at("/headers/X-My-Header").asText()).isEqualTo("b");
            assertThat(event.at("/multiValueHeaders/X-My-Header").toString()).isEqualTo("[\"a\",\"b\"]");
            assertThat(event.at("/headers/headerVar").asText()).isEqualTo("c");
            assertThat(event.at("/headers/Host").asText()).isEqualTo("localhost:4566");
        }
    }

    @Test
    void headersOfTheConnectionAreNotInTheEvent() {
        try (GatewayRig rig = rig(body("/x", "POST"))) {
            rig.send(GatewayRig.post(
                    "/v1/x", "hi", "Connection", "keep-alive", "Server", "s", "TE", "trailers", "Content-Length", "2"));

            assertThat(GatewayRig.json(rig.events.get(0)).get("headers").fieldNames())
                    .toIterable()
                    .containsExactlyInAnyOrder(
                            "Host", "X-Forwarded-For", "X-Forwarded-Port", "X-Forwarded-Proto", "X-Amzn-Trace-Id");
            assertThat(GatewayRig.json(rig.events.get(0))
                            .at("/headers/X-Forwarded-Port")
                            .asText())
                    .isEqualTo("4566");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/a%2Bb, a%2Bb, /a%2Bb, /v1/a%2Bb",
        "/v1//v, v, /v, /v1//v",
        "/v1/a//b, a//b, /a//b, /v1/a//b",
        "/v1/a%20b/c, a%20b/c, /a%20b/c, /v1/a%20b/c"
    })
    void pathParametersArriveAsSent(String target, String proxy, String path, String contextPath) {
        try (GatewayRig rig = rig(body("/{proxy+}", "POST"))) {
            rig.send(GatewayRig.post(target, ""));

            JsonNode event = GatewayRig.json(rig.events.get(0));
            assertThat(event.at("/pathParameters/proxy").asText()).isEqualTo(proxy);
            assertThat(event.get("path").asText()).isEqualTo(path);
            assertThat(event.at("/requestContext/path").asText()).isEqualTo(contextPath);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"headers\":{\"a\":\"b\"}}",
                "{\"statusCode\":\"200\",\"headers\":null,\"multiValueHeaders\":null,\"body\":null}"
            })
    void noMemberOfAnAnswerIsRequired(String answer) {
        Shown shown = answer(answer);

        assertThat(shown.status()).isEqualTo(200);
        assertThat(shown.body()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"statusCode\":200,\"foo\":1}",
                "{\"statusCode\":\"abc\"}",
                "{\"statusCode\":200,\"headers\":{\"a\":[\"b\"]}}",
                "{\"statusCode\":200,\"headers\":[]}",
                "{\"statusCode\":200,\"multiValueHeaders\":{\"a\":\"b\"}}",
                "{\"statusCode\":200,\"body\":{\"a\":1}}",
                "[]",
                "null"
            })
    void aMalformedAnswerIsABadGateway(String answer) {
        Shown shown = answer(answer);

        assertThat(shown.status()).isEqualTo(502);
        assertThat(shown.body()).isEqualTo("{\"message\":\"Internal server error\"}");
    }

    @Test
    void bothHeaderMembersAreMerged() {
        Shown shown = answer("{\"headers\":{\"foo\":\"bar\",\"same\":\"1\",\"TE\":\"t\"},"
                + "\"multiValueHeaders\":{\"Foo\":[\"multi\",\"value\"],\"same\":[\"1\",\"2\"]}}");

        assertThat(shown.headers().get("foo")).containsExactly("bar", "multi", "value");
        assertThat(shown.headers().get("same")).containsExactly("1", "2");
        assertThat(shown.header("TE")).isEqualTo("t");
    }

    @ParameterizedTest
    @CsvSource({
        "image/png, image/png, hi",
        "image/png, 'image/png, */*', hi",
        "image/*, image/png, hi",
        "*/*, */*, hi",
        "image/png, */*, aGk=",
        "image/png, 'text/html, image/png', aGk=",
        "image/png, , aGk="
    })
    void aBase64AnswerIsDecodedForAClientThatAcceptsABinaryMediaType(String type, String accept, String expected) {
        ObjectNode body = body("/x", "POST");
        body.putArray("x-amazon-apigateway-binary-media-types").add(type);
        try (GatewayRig rig = rig(body)) {
            rig.function = event -> GatewayRig.succeeded("{\"isBase64Encoded\":true,\"body\":\"aGk=\"}");

            Shown shown = accept == null
                    ? rig.send(GatewayRig.post("/v1/x", ""))
                    : rig.send(GatewayRig.post("/v1/x", "", "Accept", accept));

            assertThat(shown.body()).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @CsvSource({"GET, POST, 500", "GET, GET, 500", "POST, GET, 200", "ANY, GET, 500", "ANY, POST, 200"})
    void aFunctionIsInvokedWithPostOnly(String httpMethod, String verb, int status) {
        ApiDefinition definition = ApiDefinition.parse("a", body("/x", httpMethod), StageSettings.named("v1"));
        try (GatewayRig rig = rig(body("/x", httpMethod))) {
            Shown shown = rig.send(GatewayRig.request(verb, "/v1/x", new byte[0]));

            assertThat(shown.status()).isEqualTo(status);
            assertThat(rig.events).hasSize(status == 200 ? 1 : 0);
            if (httpMethod.equals("POST")) {
                assertThat(definition.warnings()).isEmpty();
            } else {
                assertThat(definition.warnings())
                        .singleElement()
                        .asString()
                        .contains("httpMethod")
                        .contains("Use POST");
            }
        }
    }

    @Test
    void theAuthorizersContextKeepsNullAndHasTheLatency() {
        ObjectNode body = SubmitApi.body();
        SubmitApi.integration(body).put("type", "aws_proxy").put("uri", PROXY_URI);
        String allow = SubmitApi.allow("*", java.util.Map.of("s", "t")).replace("\"s\":", "\"n\":null,\"s\":");
        try (GatewayRig rig = new GatewayRig(ApiDefinition.parse("abc123", body, StageSettings.named("prod")))) {
            rig.function = event -> GatewayRig.succeeded(event.has("methodArn") ? allow : "{}");

            assertThat(rig.submit("1", "{}").status()).isEqualTo(200);

            JsonNode authorizer = GatewayRig.json(rig.events.get(1)).at("/requestContext/authorizer");
            assertThat(List.of(
                            authorizer.get("n").isNull(),
                            authorizer.get("integrationLatency").isNumber()))
                    .containsOnly(true);
            assertThat(authorizer.get("s").asText()).isEqualTo("t");
        }
    }
}
