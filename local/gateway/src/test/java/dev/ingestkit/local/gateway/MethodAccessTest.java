package dev.ingestkit.local.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ingestkit.local.gateway.GatewayRig.Shown;
import dev.ingestkit.local.gateway.definition.ApiDefinition;
import dev.ingestkit.local.gateway.definition.StageSettings;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Covers methods that need a signature or an API key. */
class MethodAccessTest {

    private static final String SIGNED =
            "AWS4-HMAC-SHA256 Credential=AKID/20261122/us-east-1/execute-api/aws4_request, SignedHeaders=host,"
                    + " Signature=ab";

    private static GatewayRig rig(String scheme, String... keys) {
        JsonNode body = SubmitApi.json("""
            {"openapi":"3.0.1","paths":{"/x":{"post":{"security":[{"S":[]}],
              "x-amazon-apigateway-integration":{"type":"mock",
                "requestTemplates":{"application/json":"{statusCode: 200}"},
                "responses":{"default":{"statusCode":"200","responseTemplates":
                  {"application/json":"$context.identity.accessKey$context.identity.apiKey"}}}}}}},
             "components":{"securitySchemes":{"S":%s}}}
            """.formatted(scheme));
        return new GatewayRig(
                ApiDefinition.parse("a", body, new StageSettings("v1", Map.of(), List.of(), Set.of(keys))));
    }

    private static GatewayRig iam() {
        return rig("""
            {"type":"apiKey","name":"Authorization","in":"header","x-amazon-apigateway-authtype":"awsSigv4"}\
            """);
    }

    private static GatewayRig apiKey() {
        return rig("{\"type\":\"apiKey\",\"name\":\"x-api-key\",\"in\":\"header\"}", "k1");
    }

    @Test
    void anUnsignedRequestReturns403() {
        try (GatewayRig rig = iam()) {
            Shown shown = rig.send(GatewayRig.post("/v1/x", "{}"));

            assertThat(shown.status()).isEqualTo(403);
            assertThat(shown.body()).isEqualTo("{\"message\":\"Missing Authentication Token\"}");
        }
    }

    @Test
    void aSignedRequestPassesWithItsAccessKeyInTheContext() {
        try (GatewayRig rig = iam()) {
            Shown shown = rig.send(GatewayRig.post("/v1/x", "{}", "Authorization", SIGNED));

            assertThat(shown.status()).isEqualTo(200);
            assertThat(shown.body()).startsWith("AKID");
        }
    }

    @Test
    void anotherAuthorizationIsNotASignature() {
        try (GatewayRig rig = iam()) {
            Shown shown = rig.send(GatewayRig.post("/v1/x", "{}", "Authorization", "Basic eA=="));

            assertThat(shown.status()).isEqualTo(403);
            assertThat(shown.body()).contains("Authorization header requires 'Credential' parameter");
        }
    }

    @Test
    void aMissingOrUnknownApiKeyReturns403() {
        try (GatewayRig rig = apiKey()) {
            Shown missing = rig.send(GatewayRig.post("/v1/x", "{}"));
            Shown unknown = rig.send(GatewayRig.post("/v1/x", "{}", "x-api-key", "k2"));

            assertThat(missing.body()).isEqualTo("{\"message\":\"Forbidden\"}");
            assertThat(List.of(missing.status(), unknown.status())).containsExactly(403, 403);
        }
    }

    @Test
    void aKeyOfTheStagePasses() {
        try (GatewayRig rig = apiKey()) {
            Shown shown = rig.send(GatewayRig.post("/v1/x", "{}", "x-api-key", "k1"));

            assertThat(shown.status()).isEqualTo(200);
            assertThat(shown.body()).endsWith("k1");
        }
    }
}
