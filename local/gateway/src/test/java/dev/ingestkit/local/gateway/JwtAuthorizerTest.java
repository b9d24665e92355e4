package dev.ingestkit.local.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.gateway.GatewayRig.Shown;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** JWT authorizers of HTTP APIs. */
class JwtAuthorizerTest {

    private static final String ISSUER = "http://localhost:9";
    /** The rig's clock is at 2026-11-22T12:00:00Z. */
    private static final long NOW = 1_795_348_800L;

    private static GatewayRig rig(String scopes) {
        GatewayRig rig = new HttpApis()
                .function("GET /a", "2.0", "[{\"J\":[" + scopes + "]}]")
                .scheme("J", """
                    {"type":"oauth2","x-amazon-apigateway-authorizer":{"type":"jwt",
                      "identitySource":"$request.header.Authorization",
                      "jwtConfiguration":{"issuer":"%s","audience":["api","other"]}}}\
                    """.formatted(ISSUER))
                .rig();
        rig.keys.sets.put(ISSUER, Tokens.keySet());
        rig.function = event ->
                GatewayRig.succeeded(event.at("/requestContext/authorizer/jwt").toString());
        return rig;
    }

    /** Returns the claims of a good token, with some members changed. */
    private static String claims(String changes) {
        ObjectNode claims = SubmitApi.json(
                "{\"iss\":\"%s\",\"aud\":\"api\",\"exp\":%d,\"scope\":\"read write\",\"groups\":[\"a\",\"b\"]}"
                        .formatted(ISSUER, NOW + 60));
        claims.setAll(SubmitApi.json(changes));
        return claims.toString();
    }

    private static Shown get(GatewayRig rig, String... headers) {
        return rig.send(GatewayRig.request("GET", "/_aws/execute-api/" + HttpApis.ID + "/a", new byte[0], headers));
    }

    @Test
    void aGoodTokenPassesWithItsClaimsAsTexts() {
        try (GatewayRig rig = rig("\"read\"")) {
            Shown shown = get(rig, "Authorization", "Bearer " + Tokens.signed(Tokens.HEADER, claims("{}")));

            assertThat(shown.status()).isEqualTo(200);
            assertThat(shown.json().path("scopes")).hasToString("[\"read\",\"write\"]");
            assertThat(shown.json().at("/claims/groups").asText()).isEqualTo("[a b]");
            assertThat(shown.json().at("/claims/exp").isTextual()).isTrue();
        }
    }

    @Test
    void aMissingTokenReturns401() {
        try (GatewayRig rig = rig("")) {
            Shown shown = get(rig);

            assertThat(shown.status()).isEqualTo(401);
            assertThat(shown.header("www-authenticate")).isEqualTo("Bearer");
            assertThat(shown.body()).isEqualTo("{\"message\":\"Unauthorized\"}");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"aud\":\"x\"} | the token does not have a valid audience",
                "{\"iss\":\"http://x\"} | the token has an invalid issuer",
                "{\"exp\":1795348800} | the token has expired",
                "{\"nbf\":1795348860} | the token is not valid yet",
                "{\"iat\":1795348860} | the token is not valid yet"
            })
    void wrongClaimsReturn401WithTheReason(String changes, String reason) {
        try (GatewayRig rig = rig("")) {
            Shown shown = get(rig, "Authorization", Tokens.signed(Tokens.HEADER, claims(changes)));

            assertThat(shown.status()).isEqualTo(401);
            assertThat(shown.header("www-authenticate"))
                    .isEqualTo("Bearer scope=\"\" error=\"invalid_token\" error_description=\"" + reason + "\"");
        }
    }

    @Test
    void theClientIdCountsForTokensWithoutAudience() {
        try (GatewayRig rig = rig("")) {
            String claims = claims("{\"client_id\":\"other\"}").replace("\"aud\":\"api\",", "");

            assertThat(get(rig, "Authorization", Tokens.signed(Tokens.HEADER, claims))
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void aTokenWithoutTheRoutesScopeReturns403() {
        try (GatewayRig rig = rig("\"admin\"")) {
            Shown shown = get(rig, "Authorization", Tokens.signed(Tokens.HEADER, claims("{}")));

            assertThat(shown.status()).isEqualTo(403);
            assertThat(shown.body()).isEqualTo("{\"message\":\"Forbidden\"}");
            assertThat(shown.header("www-authenticate")).contains("scope=\"admin\" error=\"insufficient_scope\"");
        }
    }

    @Test
    void aChangedOrUnsignedTokenReturns401() {
        try (GatewayRig rig = rig("")) {
            String good = Tokens.signed(Tokens.HEADER, claims("{}"));
            String[] parts = good.split("\\.", 3);
            String forged = parts[0] + "."
                    + Tokens.base64(claims("{\"sub\":\"root\"}").getBytes(StandardCharsets.UTF_8)) + "." + parts[2];
            String none = Tokens.base64("{\"alg\":\"none\"}".getBytes(StandardCharsets.UTF_8)) + "." + parts[1] + ".";

            for (String bad : new String[] {
                forged, none, Tokens.signed("{\"alg\":\"RS256\",\"kid\":\"e\"}", claims("{}")), "x", "a.b.c"
            }) {
                assertThat(get(rig, "Authorization", bad).status()).isEqualTo(401);
            }
        }
    }

    @Test
    void unreachableKeysReturn401() {
        try (GatewayRig rig = rig("")) {
            rig.keys.sets.clear();

            Shown shown = get(rig, "Authorization", Tokens.signed(Tokens.HEADER, claims("{}")));

            assertThat(shown.status()).isEqualTo(401);
            assertThat(shown.header("www-authenticate")).contains("unable to get the keys of the issuer");
        }
    }
}
