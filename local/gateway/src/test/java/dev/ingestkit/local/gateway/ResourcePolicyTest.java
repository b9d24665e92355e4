package dev.ingestkit.local.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.gateway.GatewayRig.Shown;
import dev.ingestkit.local.gateway.definition.ApiDefinition;
import dev.ingestkit.local.gateway.definition.StageSettings;
import dev.ingestkit.local.gateway.document.ApiDefinitionException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Covers an API's resource policy, alone and beside an authorizer. */
final class ResourcePolicyTest {

    private static ObjectNode withPolicy(ObjectNode body, String statements) {
        body.set(
                "x-amazon-apigateway-policy",
                SubmitApi.json(
                        "{\"Version\":\"2012-10-17\",\"Statement\":[%s]}".formatted(statements.replace('\'', '"'))));
        return body;
    }

    private static GatewayRig open(String statements) {
        ObjectNode body = withPolicy(SubmitApi.withTemplate("/x", "{}"), statements);
        return new GatewayRig(ApiDefinition.parse("a", body, StageSettings.named("v1")));
    }

    private static GatewayRig authorized(String statements) {
        return new GatewayRig(
                ApiDefinition.parse("abc123", withPolicy(SubmitApi.body(), statements), StageSettings.named("prod")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'Effect':'Allow','Principal':'*','Action':'execute-api:Invoke','Resource':'*'}|200",
                "{'Effect':'Allow','Principal':{'AWS':'*'},'Action':'*','Resource':'execute-api:/v1/POST/x'}|200",
                "{'Effect':'Allow','Principal':{'AWS':['1','*']},'Action':'*','Resource':'execute-api:/*'}|200",
                "{'Effect':'Allow','Principal':'*','Action':'*','Resource':'execute-api:/v1/GET/*'}|403",
                "{'Effect':'Allow','Principal':{'AWS':'000000000000'},'Action':'*','Resource':'*'}|403",
                "{'Effect':'Allow','Principal':'*','Action':'*','Resource':'*',"
                        + "'Condition':{'StringEquals':{'aws:UserAgent':'nobody'}}}|403",
                "{'Effect':'Allow','Principal':'*','Action':'*','Resource':'*'},"
                        + "{'Effect':'Deny','Principal':'*','Action':'*','Resource':'*',"
                        + "'Condition':{'NotIpAddress':{'aws:SourceIp':'192.0.2.0/24'}}}|403"
            })
    void aMethodWithoutAuthorizationNeedsAnAllow(String statements, int status) {
        try (GatewayRig rig = open(statements)) {
            assertThat(rig.send(GatewayRig.post("/v1/x", "{}")).status()).isEqualTo(status);
            assertThat(rig.calls).hasSize(status == 200 ? 1 : 0);
        }
    }

    @Test
    void theRefusalNamesTheMethodAndHidesTheAccount() {
        try (GatewayRig rig = open("{'Effect':'Deny','Principal':'*','Action':'*','Resource':'*'}")) {
            Shown shown = rig.send(GatewayRig.post("/v1/x", "{}"));

            assertThat(shown.body())
                    .isEqualTo("{\"Message\":\"User: anonymous is not authorized to perform: execute-api:Invoke on"
                            + " resource: arn:aws:execute-api:us-east-1:********0000:a/v1/POST/x with an explicit"
                            + " deny\"}");
            assertThat(shown.header("x-amzn-ErrorType")).isEqualTo("AccessDeniedException");
        }
    }

    @Test
    void aDenyIsFoundBeforeTheAuthorizerIsAsked() {
        try (GatewayRig rig = authorized("{'Effect':'Deny','Principal':'*','Action':'*','Resource':'*'}")) {
            assertThat(rig.submit("1", "{}").status()).isEqualTo(403);
            assertThat(rig.events).isEmpty();
        }
    }

    @Test
    void anAllowOfTheAuthorizerOrOfThePolicyIsEnough() {
        String neither = "{'Effect':'Allow','Principal':'*','Action':'s3:*','Resource':'*'}";
        try (GatewayRig rig = authorized(neither)) {
            assertThat(rig.submit("1", "{}").status()).isEqualTo(200);
        }
        try (GatewayRig rig = authorized("{'Effect':'Allow','Principal':'*','Action':'*','Resource':'*'}")) {
            rig.function = event -> GatewayRig.succeeded(SubmitApi.allow("arn:aws:execute-api:*:*:other/*", Map.of()));

            assertThat(rig.submit("1", "{}").status()).isEqualTo(200);
        }
    }

    @Test
    void aPolicyThatIsMalformedIsNotDeployed() {
        assertThatThrownBy(() -> open("{'Effect':'Perhaps','Principal':'*','Action':'*','Resource':'*'}"))
                .isInstanceOf(ApiDefinitionException.class)
                .hasMessageContaining("Effect must be Allow or Deny");
    }
}
