package dev.ingestkit.local.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.gateway.GatewayRig.Shown;
import dev.ingestkit.local.gateway.definition.ApiDefinition;
import dev.ingestkit.local.gateway.definition.StageSettings;
import dev.ingestkit.local.gateway.document.ApiDefinitionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Authorizers of Cognito user pools. */
class UserPoolTest {

    private static final String POOL = "arn:aws:cognito-idp:us-east-1:000000000000:userpool/us-east-1_abc";
    private static final String ISSUER = "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_abc";
    /** The rig's clock is at 2026-11-22T12:00:00Z. */
    private static final long NOW = 1_795_348_800L;

    private static ApiDefinition api(String scopes, String pool) {
        return ApiDefinition.parse("a", SubmitApi.json("""
            {"openapi":"3.0.1","paths":{"/x":{"get":{"security":[{"P":[%s]}],"x-amazon-apigateway-integration":
              {"type":"aws_proxy","httpMethod":"POST","uri":"arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:000000000000:function:f/invocations"}}}},
             "components":{"securitySchemes":{"P":{"type":"apiKey","name":"Authorization","in":"header",
              "x-amazon-apigateway-authtype":"cognito_user_pools",
              "x-amazon-apigateway-authorizer":{"type":"cognito_user_pools","providerARNs":["%s"]}}}}}
            """.formatted(scopes, pool)), StageSettings.named("v1"));
    }

    private static GatewayRig rig(String scopes) {
        GatewayRig rig = new GatewayRig(api(scopes, POOL));
        rig.keys.sets.put(ISSUER, Tokens.keySet());
        rig.function = event -> {
            ObjectNode answer = SubmitApi.json("{\"statusCode\":200}");
            answer.put("body", event.at("/requestContext/authorizer").toString());
            return GatewayRig.succeeded(answer.toString());
        };
        return rig;
    }

    private static String claims(String changes) {
        ObjectNode claims = SubmitApi.json("""
            {"iss":"%s","aud":"client","sub":"u-1","token_use":"id","iat":%d,"exp":%d,"cognito:groups":["a","b"],
             "email_verified":true}
            """.formatted(ISSUER, NOW - 60, NOW + 60));
        claims.setAll(SubmitApi.json(changes));
        return claims.toString();
    }

    private static Shown get(GatewayRig rig, String... headers) {
        return rig.send(GatewayRig.request("GET", "/v1/x", new byte[0], headers));
    }

    @ParameterizedTest
    @CsvSource({"''", "'Bearer '"})
    void anIdentityTokenPassesWithItsClaimsAsTexts(String prefix) {
        try (GatewayRig rig = rig("")) {
            Shown shown = get(rig, "Authorization", prefix + Tokens.signed(Tokens.HEADER, claims("{}")));

            assertThat(shown.status()).isEqualTo(200);
            assertThat(shown.json()).isEqualTo(SubmitApi.json("""
                    {"claims":{"iss":"%s","aud":"client","sub":"u-1","token_use":"id","cognito:groups":"a,b",
                     "email_verified":"true","iat":"Sun Nov 22 11:59:00 UTC 2026","exp":"Sun Nov 22 12:01:00 UTC 2026"}}
                    """.formatted(ISSUER)));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`` | {\"exp\":1795348800} | The incoming token has expired",
                "`` | {\"token_use\":\"access\"} | Unauthorized",
                "`` | {\"iss\":\"http://x\"} | Unauthorized",
                "`\"read\"` | {} | Unauthorized",
                "`\"read\"` | {\"token_use\":\"access\",\"scope\":\"write\"} | Unauthorized"
            })
    void otherTokensReturn401(String scopes, String changes, String message) {
        try (GatewayRig rig = rig(scopes)) {
            Shown shown = get(rig, "Authorization", Tokens.signed(Tokens.HEADER, claims(changes)));

            assertThat(shown.status()).isEqualTo(401);
            assertThat(shown.body()).isEqualTo("{\"message\":\"" + message + "\"}");
            assertThat(rig.events).isEmpty();
        }
    }

    @Test
    void anAccessTokenPassesWhereTheMethodHasScopes() {
        try (GatewayRig rig = rig("\"read\",\"admin\"")) {
            String claims = claims("{\"token_use\":\"access\",\"scope\":\"read write\"}");

            assertThat(get(rig, "Authorization", Tokens.signed(Tokens.HEADER, claims))
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void missingMalformedAndForgedTokensReturn401() {
        try (GatewayRig rig = rig("")) {
            String[] parts = Tokens.signed(Tokens.HEADER, claims("{}")).split("\\.", 3);
            String forged = parts[0] + "."
                    + Tokens.base64(claims("{\"sub\":\"root\"}").getBytes(java.nio.charset.StandardCharsets.UTF_8))
                    + "." + parts[2];

            assertThat(get(rig).status()).isEqualTo(401);
            assertThat(get(rig, "Authorization", "x").status()).isEqualTo(401);
            assertThat(get(rig, "Authorization", forged).status()).isEqualTo(401);
            rig.keys.sets.clear();
            assertThat(get(rig, "Authorization", Tokens.signed(Tokens.HEADER, claims("{}")))
                            .status())
                    .isEqualTo(401);
        }
    }

    @Test
    void anArnOfAnotherKindIsRefused() {
        assertThatThrownBy(() -> api("", "arn:aws:lambda:us-east-1:000000000000:function:f"))
                .isInstanceOf(ApiDefinitionException.class)
                .hasMessageContaining("is not the ARN of a Cognito user pool");
    }
}
