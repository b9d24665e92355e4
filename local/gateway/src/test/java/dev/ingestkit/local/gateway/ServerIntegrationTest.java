package dev.ingestkit.local.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.gateway.GatewayRig.Shown;
import dev.ingestkit.local.gateway.definition.ApiDefinition;
import dev.ingestkit.local.gateway.definition.StageSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Servers of this machine as integrations of REST APIs. */
class ServerIntegrationTest {

    private static GatewayRig rig(String path, String method, String integration) {
        ObjectNode document = SubmitApi.json("{\"openapi\":\"3.0.1\",\"paths\":{}}");
        document.withObjectProperty("paths")
                .withObjectProperty(path)
                .withObjectProperty(method)
                .set("x-amazon-apigateway-integration", SubmitApi.json(integration));
        return new GatewayRig(ApiDefinition.parse("a", document, StageSettings.named("v1")));
    }

    private static Shown send(GatewayRig rig, String method, String target, String body, String... headers) {
        return rig.send(GatewayRig.request(method, "/v1" + target, body.getBytes(StandardCharsets.UTF_8), headers));
    }

    @Test
    void aProxyPassesRequestAndAnswerOn() {
        try (EchoServer server = new EchoServer();
                GatewayRig rig =
                        rig("/{proxy+}", "x-amazon-apigateway-any-method", """
                    {"type":"http_proxy","httpMethod":"ANY","uri":"%s","requestParameters":{
                     "integration.request.path.proxy":"method.request.path.proxy",
                     "integration.request.querystring.v":"'a b'",
                     "integration.request.header.x-tenant":"context.stage"}}
                    """.formatted(server.at("/base/{proxy}")))) {
            Shown shown = send(rig, "PUT", "/a/b%20c?q=1", "{}", "Content-Type", "application/json");

            assertThat(shown.status()).isEqualTo(418);
            assertThat(shown.header("x-server")).isEqualTo("echo");
            assertThat(shown.header("x-amzn-RequestId")).isNotEmpty();
            assertThat(shown.json()).isEqualTo(SubmitApi.json("""
                    {"request":"PUT /base/a/b%20c?q=1&v=a%20b","body":"{}","tenant":"v1","type":"application/json",
                     "forwarded":"127.0.0.1"}
                    """));
        }
    }

    @Test
    void anHttpIntegrationMapsRequestAndAnswer() {
        try (EchoServer server = new EchoServer();
                GatewayRig rig = rig("/things/{id}", "post", """
                    {"type":"http","httpMethod":"PATCH","uri":"%s","requestParameters":{
                     "integration.request.path.n":"method.request.path.id",
                     "integration.request.querystring.page":"method.request.querystring.p"},
                     "requestTemplates":{"application/json":"{\\"wrapped\\":$input.body}"},
                     "responses":{"418":{"statusCode":201,"responseTemplates":
                       {"application/json":"$input.path('$.request') $input.path('$.body')"}},
                      "default":{"statusCode":200}}}
                    """.formatted(server.at("/t/{n}")))) {
            Shown shown = send(rig, "POST", "/things/7?p=2&q=3", "{\"a\":1}", "Content-Type", "application/json");

            assertThat(shown.status()).isEqualTo(201);
            assertThat(shown.body()).isEqualTo("PATCH /t/7?page=2 {\"wrapped\":{\"a\":1}}");
        }
    }

    @Test
    void anUnreachableServerReturns504() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        try (GatewayRig rig = rig("/x", "get", """
                {"type":"http_proxy","httpMethod":"GET","uri":"http://localhost:%d/"}
                """.formatted(port))) {
            Shown shown = send(rig, "GET", "/x", "");

            assertThat(shown.status()).isEqualTo(504);
            assertThat(shown.body()).isEqualTo("{\"message\":\"Network error communicating with endpoint\"}");
        }
    }
}
