package dev.ingestkit.local.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ingestkit.local.gateway.GatewayRig.Shown;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Lambda authorizers and signatures of HTTP APIs. */
class HttpAuthorizerTest {

    private static final String FUNCTION =
            "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:000000000000:function:a/invocations";
    private static final String ALLOW = "{\"isAuthorized\":true,\"context\":{\"who\":\"me\",\"list\":[1]}}";

    private static HttpApis api(String format, boolean simple, int ttl) {
        return new HttpApis().function("GET /a", "2.0", "[{\"L\":[]}]").scheme("L", """
            {"type":"apiKey","x-amazon-apigateway-authorizer":{"type":"request","authorizerUri":"%s",
              "identitySource":["$request.header.Authorization","$request.querystring.q"],
              "authorizerPayloadFormatVersion":"%s","enableSimpleResponses":%s,
              "authorizerResultTtlInSeconds":%d}}\
            """.formatted(
                        FUNCTION, format, simple, ttl));
    }

    private static Shown get(GatewayRig rig, String... headers) {
        return rig.send(GatewayRig.request("GET", "/_aws/execute-api/" + HttpApis.ID + "/a?q=1", new byte[0], headers));
    }

    /** Answers the authorizer's event with a text, and any other with its own event. */
    private static void answer(GatewayRig rig, String decision) {
        rig.function = event -> GatewayRig.succeeded(
                event.has("routeArn") || event.has("methodArn")
                        ? decision
                        : event.path("requestContext").toString());
    }

    @Test
    void aMissingIdentitySourceReturns401WithoutAnInvocation() {
        try (GatewayRig rig = api("2.0", true, 0).rig()) {
            Shown shown = get(rig);

            assertThat(shown.status()).isEqualTo(401);
            assertThat(shown.body()).isEqualTo("{\"message\":\"Unauthorized\"}");
            assertThat(rig.events).isEmpty();
        }
    }

    @Test
    void aSimpleAnswerAllowsAndItsContextReachesTheFunction() {
        try (GatewayRig rig = api("2.0", true, 0).rig()) {
            answer(rig, ALLOW);

            Shown shown = get(rig, "Authorization", "t");

            assertThat(shown.json().at("/authorizer/lambda")).hasToString("{\"who\":\"me\",\"list\":[1]}");
            JsonNode event = GatewayRig.json(rig.events.get(0));
            assertThat(event.path("type").asText()).isEqualTo("REQUEST");
            assertThat(event.path("identitySource")).hasToString("[\"t\",\"1\"]");
            assertThat(event.path("routeArn").asText())
                    .isEqualTo("arn:aws:execute-api:us-east-1:000000000000:abc123/$default/GET/a");
            assertThat(event.path("routeKey").asText()).isEqualTo("GET /a");
        }
    }

    @Test
    void aSimpleRefusalReturns403() {
        try (GatewayRig rig = api("2.0", true, 0).rig()) {
            answer(rig, "{\"isAuthorized\":false}");

            Shown shown = get(rig, "Authorization", "t");

            assertThat(shown.status()).isEqualTo(403);
            assertThat(shown.body()).isEqualTo("{\"message\":\"Forbidden\"}");
        }
    }

    @Test
    void aPolicyDecidesInBothFormats() {
        for (String format : new String[] {"1.0", "2.0"}) {
            try (GatewayRig rig = api(format, false, 0).rig()) {
                answer(
                        rig,
                        SubmitApi.allow(
                                "arn:aws:execute-api:us-east-1:000000000000:abc123/*/GET/a", java.util.Map.of()));
                assertThat(get(rig, "Authorization", "t").status()).isEqualTo(200);

                answer(
                        rig,
                        SubmitApi.allow(
                                "arn:aws:execute-api:us-east-1:000000000000:abc123/*/GET/b", java.util.Map.of()));
                assertThat(get(rig, "Authorization", "t").status()).isEqualTo(403);
            }
        }
    }

    @Test
    void theEventOfFormat1NamesTheMethodAndTheToken() {
        try (GatewayRig rig = api("1.0", false, 0).rig()) {
            answer(rig, "{}");
            get(rig, "Authorization", "t");

            JsonNode event = GatewayRig.json(rig.events.get(0));
            assertThat(event.path("version").asText()).isEqualTo("1.0");
            assertThat(event.path("authorizationToken").asText()).isEqualTo("t,1");
            assertThat(event.path("methodArn").asText()).endsWith("/$default/GET/a");
        }
    }

    @Test
    void anUnusableAnswerReturns500() {
        try (GatewayRig rig = api("2.0", true, 0).rig()) {
            answer(rig, "{\"allowed\":true}");

            assertThat(get(rig, "Authorization", "t").status()).isEqualTo(500);
        }
    }

    @Test
    void anAnswerIsKeptForItsTimeToLive() {
        try (GatewayRig rig = api("2.0", true, 60).rig()) {
            answer(rig, ALLOW);
            get(rig, "Authorization", "t");
            get(rig, "Authorization", "t");
            assertThat(rig.events).hasSize(3);

            rig.pass(Duration.ofSeconds(61));
            get(rig, "Authorization", "t");
            assertThat(rig.events).hasSize(5);
        }
    }

    @Test
    void anUnsignedRequestToAnIamRouteReturns403() {
        HttpApis api = new HttpApis()
                .function("GET /a", "2.0", "[{\"I\":[]}]")
                .scheme("I", "{\"type\":\"apiKey\",\"x-amazon-apigateway-authtype\":\"awsSigv4\"}");
        try (GatewayRig rig = api.rig()) {
            answer(rig, "");

            assertThat(get(rig).body()).isEqualTo("{\"message\":\"Forbidden\"}");
            assertThat(get(rig, "Authorization", "AWS4-HMAC-SHA256 Credential=A/b")
                            .status())
                    .isEqualTo(200);
        }
    }
}
