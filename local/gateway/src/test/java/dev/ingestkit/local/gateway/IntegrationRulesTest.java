package dev.ingestkit.local.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.gateway.GatewayRig.Shown;
import dev.ingestkit.local.gateway.definition.ApiDefinition;
import dev.ingestkit.local.gateway.definition.StageSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Covers the rules of integrations and validators that AWS enforces at each call. */
final class IntegrationRulesTest {

    private static final String FUNCTION = "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/"
            + "arn:aws:lambda:us-east-1:000000000000:function:hello/invocations";

    private static GatewayRig rig(ObjectNode body) {
        return new GatewayRig(ApiDefinition.parse("a", body, StageSettings.named("v1")));
    }

    private static ObjectNode integration(ObjectNode body) {
        return (ObjectNode) body.at("/paths/~1x/post/x-amazon-apigateway-integration");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Authorization", "content-length", "TE", "X-Amzn-Trace-Id"})
    void aMappingOfAForbiddenHeaderIsAnInternalServerError(String header) {
        ObjectNode body = SubmitApi.withTemplate("/x", "{}");
        integration(body).putObject("requestParameters").put("integration.request.header." + header, "'z'");
        ApiDefinition definition = ApiDefinition.parse("a", body, StageSettings.named("v1"));
        try (GatewayRig rig = rig(body)) {
            Shown shown = rig.send(GatewayRig.post("/v1/x", "{}"));

            assertThat(shown.status()).isEqualTo(500);
            assertThat(shown.body()).isEqualTo("{\"message\":\"Internal server error\"}");
            assertThat(shown.header("x-amzn-ErrorType")).isEqualTo("InternalServerErrorException");
            assertThat(rig.calls).isEmpty();
            assertThat(definition.warnings()).singleElement().asString().contains(header);
        }
    }

    @Test
    void anOverrideOfAForbiddenHeaderIsAnInternalServerError() {
        String template = "#set($context.requestOverride.header.Authorization = 'z'){}";
        try (GatewayRig rig = rig(SubmitApi.withTemplate("/x", template))) {
            assertThat(rig.send(GatewayRig.post("/v1/x", "{}")).status()).isEqualTo(500);
            assertThat(rig.calls).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"201, 201", "204, 200", "404, 500"})
    void aMockPrefersTheMatchingPatternWithItsStatus(int sent, int expected) {
        ObjectNode body = SubmitApi.withTemplate("/x", "{\"statusCode\": " + sent + "}");
        integration(body).put("type", "mock").remove("uri");
        ObjectNode responses = integration(body).putObject("responses");
        responses.putObject("2\\d{2}").put("statusCode", 200);
        responses.putObject("201").put("statusCode", 201);
        responses.putObject("default").put("statusCode", 500);
        try (GatewayRig rig = rig(body)) {
            assertThat(rig.send(GatewayRig.post("/v1/x", "{}")).status()).isEqualTo(expected);
        }
    }

    @Test
    void aRequestWithoutABodyInvokesTheFunctionWithAnEmptyObject() {
        ObjectNode body = SubmitApi.withTemplate("/x", "{}");
        integration(body).put("uri", FUNCTION).remove("requestTemplates");
        try (GatewayRig rig = rig(body)) {
            rig.function = event -> GatewayRig.succeeded(event.toString());

            assertThat(rig.send(GatewayRig.post("/v1/x", "")).body()).isEqualTo("{}");
        }
    }

    @ParameterizedTest
    @CsvSource({"404.*, 200", "404(.|\\n)*, 404"})
    void aDotOfASelectionPatternDoesNotMatchALineBreak(String pattern, int expected) {
        ObjectNode body = SubmitApi.withTemplate("/x", "{}");
        integration(body)
                .put("uri", FUNCTION)
                .withObject("/responses")
                .putObject(pattern)
                .put("statusCode", 404);
        try (GatewayRig rig = rig(body)) {
            rig.function = event -> GatewayRig.failed("404: no\nsuch");

            assertThat(rig.send(GatewayRig.post("/v1/x", "{}")).status()).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | [object has missing required properties ([\"datetime\",\"email\"])]",
                "{\"email\":\"a\",\"datetime\":1} | [instance type (integer) does not match any allowed primitive type"
                        + " (allowed: [\"string\"])]",
                "{\"email\":\"abcdef\",\"datetime\":\"d\"} | [string \"abcdef\" is too long (length: 6, maximum"
                        + " allowed: 5)]",
                "{\"email\":\"a\",\"datetime\":\"d\",\"z\":1} | [object instance has properties which are not allowed"
                        + " by the schema: [\"z\"]]",
                "{\"email\":\"a\",\"datetime\":\"d\",\"n\":0} | [numeric instance is lower than the required minimum"
                        + " (minimum: 1, found: 0)]"
            })
    void validationErrorsHaveTheWordsOfAws(String sent, String expected) {
        ObjectNode body = SubmitApi.body();
        body.withObject("/components/schemas").set("Event", SubmitApi.json("""
            {"type":"object","required":["email","datetime"],"additionalProperties":false,"properties":{
              "email":{"type":"string","maxLength":5},"datetime":{"type":"string"},"n":{"type":"integer","minimum":1}}}\
            """));
        body.withObject("/x-amazon-apigateway-gateway-responses")
                .putObject("BAD_REQUEST_BODY")
                .putObject("responseTemplates")
                .put("application/json", "$context.error.validationErrorString");
        try (GatewayRig rig = new GatewayRig(ApiDefinition.parse("abc123", body, StageSettings.named("prod")))) {
            Shown shown = rig.submit("1", sent);

            assertThat(shown.status()).isEqualTo(400);
            assertThat(shown.body()).isEqualTo(expected);
        }
    }
}
