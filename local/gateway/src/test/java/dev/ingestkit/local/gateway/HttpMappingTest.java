package dev.ingestkit.local.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ingestkit.local.gateway.GatewayRig.Shown;
import dev.ingestkit.local.gateway.definition.StageSettings;
import dev.ingestkit.local.gateway.document.ApiDefinitionException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Parameter mapping of requests and HTTP back ends of HTTP APIs. */
class HttpMappingTest {

    private static final String BASE = "/_aws/execute-api/" + HttpApis.ID;
    private static final String FUNCTION = """
            {"type":"aws_proxy","payloadFormatVersion":"%s","requestParameters":%s,
             "uri":"arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:000000000000:function:f/invocations"}
            """;
    private static final String CHANGES = """
            {"overwrite:header.x-tenant":"${context.apiId}/$request.path.id","append:header.x-tag":"b",
             "remove:header.x-secret":"''","overwrite:querystring.page":"$request.header.x-page",
             "append:querystring.q":"two words","remove:querystring.debug":"''","overwrite:path":"/v2/${request.path.id}"}
            """;

    private static Shown send(GatewayRig rig, String method, String target, String body, String... headers) {
        return rig.send(GatewayRig.request(method, BASE + target, body.getBytes(StandardCharsets.UTF_8), headers));
    }

    private static JsonNode event(GatewayRig rig, String target, String... headers) {
        rig.function = event -> GatewayRig.succeeded("{\"statusCode\":200}");
        send(rig, "GET", target, "", headers);
        return GatewayRig.json(rig.events.get(rig.events.size() - 1));
    }

    @Test
    void aMappingChangesTheEventOfFormat2() {
        HttpApis api = new HttpApis().integration("GET /a/{id}", FUNCTION.formatted("2.0", CHANGES));
        try (GatewayRig rig = api.rig()) {
            JsonNode event =
                    event(rig, "/a/7?debug=1&q=one", "X-Tag", "a", "X-Secret", "s", "X-Page", "3", "X-Tenant", "mine");

            assertThat(event.at("/headers/x-tenant").asText()).isEqualTo("abc123/$request.path.id");
            assertThat(event.at("/headers/x-tag").asText()).isEqualTo("a,b");
            assertThat(event.path("headers").has("x-secret")).isFalse();
            assertThat(event.path("queryStringParameters"))
                    .isEqualTo(SubmitApi.json("{\"q\":\"one,two words\",\"page\":\"3\"}"));
            assertThat(event.path("rawQueryString").asText()).isEqualTo("q=one&q=two%20words&page=3");
            assertThat(event.path("rawPath").asText()).isEqualTo("/v2/7");
            assertThat(event.at("/requestContext/http/path").asText()).isEqualTo("/a/7");
        }
    }

    @Test
    void aMappingChangesTheEventOfFormat1() {
        HttpApis api = new HttpApis().integration("GET /a/{id}", FUNCTION.formatted("1.0", CHANGES));
        try (GatewayRig rig = api.rig()) {
            JsonNode event = event(rig, "/a/7?q=one", "X-Tag", "a");

            assertThat(event.at("/multiValueHeaders/X-Tag")).hasToString("[\"a\",\"b\"]");
            assertThat(event.at("/multiValueQueryStringParameters/q")).hasToString("[\"one\",\"two words\"]");
            assertThat(event.at("/queryStringParameters").has("page")).isFalse();
            assertThat(event.path("path").asText()).isEqualTo("/v2/7");
        }
    }

    @Test
    void thePathOfAMappingHasNoStage() {
        HttpApis api = new HttpApis()
                .integration("GET /a/{id}", FUNCTION.formatted("2.0", "{\"overwrite:path\":\"$request.path\"}"));
        try (GatewayRig rig = api.rig()) {
            rig.gateway.deploy(api.stage(new StageSettings("dev", Map.of(), java.util.List.of(), Set.of())));

            assertThat(event(rig, "/dev/a/7").path("rawPath").asText()).isEqualTo("/a/7");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "overwrite:header.Authorization, reserves",
        "append:header.X-Amzn-Trace-Id, reserves",
        "append:path, is not a mapping of a request",
        "set:header.x, is not a mapping of a request",
        "overwrite:header., is not a mapping of a request"
    })
    void mappingsThatApiGatewayRefusesAreRefused(String key, String problem) {
        HttpApis api = new HttpApis().integration("GET /a", FUNCTION.formatted("2.0", "{\"" + key + "\":\"x\"}"));

        assertThatThrownBy(api::rig).isInstanceOf(ApiDefinitionException.class).hasMessageContaining(problem);
    }

    @Test
    void anHttpIntegrationCallsAServerOfThisMachine() {
        try (EchoServer server = new EchoServer();
                GatewayRig rig = new HttpApis()
                        .integration("POST /a/{id}/{rest+}", """
                    {"type":"http_proxy","uri":"%s",
                     "requestParameters":{"overwrite:header.x-tenant":"t"},
                     "responseParameters":{"418":{"overwrite:statuscode":"202","append:header.x-more":"m"}}}
                    """.formatted(server.at("/base/{id}/{rest}?own=1")))
                        .rig()) {
            Shown shown = send(rig, "POST", "/a/a%20b/c/d?q=1", "{}", "Content-Type", "application/json");

            assertThat(shown.status()).isEqualTo(202);
            assertThat(shown.header("x-more")).isEqualTo("m");
            assertThat(shown.header("x-server")).isEqualTo("echo");
            assertThat(shown.json().path("request").asText()).isEqualTo("POST /base/a%20b/c/d?own=1&q=1");
            assertThat(shown.json().path("body").asText()).isEqualTo("{}");
            assertThat(shown.json().path("tenant").asText()).isEqualTo("t");
            assertThat(shown.json().path("type").asText()).isEqualTo("application/json");
            assertThat(shown.json().path("forwarded").asText()).isEqualTo("127.0.0.1");
        }
    }

    @Test
    void theIntegrationsMethodAndPathReplaceTheClients() {
        try (EchoServer server = new EchoServer();
                GatewayRig rig = new HttpApis()
                        .integration("GET /a", """
                    {"type":"http_proxy","httpMethod":"PUT","uri":"%s",
                     "requestParameters":{"overwrite:path":"other"}}
                    """.formatted(server.at("/base")))
                        .rig()) {
            Shown shown = send(rig, "GET", "/a", "");

            assertThat(shown.status()).isEqualTo(418);
            assertThat(shown.json().path("request").asText()).isEqualTo("PUT /other");
        }
    }

    @Test
    void anUnreachableServerReturns503() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        try (GatewayRig rig = new HttpApis()
                .integration("GET /a", "{\"type\":\"http_proxy\",\"uri\":\"http://localhost:" + port + "/\"}")
                .rig()) {
            Shown shown = send(rig, "GET", "/a", "");

            assertThat(shown.status()).isEqualTo(503);
            assertThat(shown.body()).isEqualTo("{\"message\":\"Service Unavailable\"}");
        }
    }

    @Test
    void otherHostsAreNamedAndNotCalled() {
        HttpApis api =
                new HttpApis().integration("GET /h", "{\"type\":\"http_proxy\",\"uri\":\"https://example.com/{id}\"}");

        assertThat(api.stage(StageSettings.named("s")).warnings())
                .singleElement()
                .asString()
                .contains("only back ends on this machine are called, and https://example.com/{id} is not an address");
        try (GatewayRig rig = api.rig()) {
            assertThat(send(rig, "GET", "/h", "").status()).isEqualTo(501);
        }
    }
}
