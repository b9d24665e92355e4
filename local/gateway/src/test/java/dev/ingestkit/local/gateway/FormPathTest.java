package dev.ingestkit.local.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ingestkit.local.gateway.GatewayRig.Shown;
import dev.ingestkit.local.gateway.definition.ApiDefinition;
import dev.ingestkit.local.gateway.definition.StageSettings;
import org.junit.jupiter.api.Test;

/** Integrations by path whose request is a form. */
class FormPathTest {

    @Test
    void aBackEndWithoutFormsAnswers501AndIsNotCalledByAction() {
        ApiDefinition api = ApiDefinition.parse("a", SubmitApi.json("""
            {"openapi":"3.0.1","paths":{"/x":{"post":{"x-amazon-apigateway-integration":{
              "type":"aws","httpMethod":"POST","uri":"arn:aws:apigateway:us-east-1:sqs:path/000000000000/q",
              "requestParameters":{"integration.request.header.Content-Type":"'application/x-www-form-urlencoded'"},
              "requestTemplates":{"application/json":"Action=SendMessage&MessageBody=$input.body"},
              "responses":{"default":{"statusCode":"200"}}}}}}}
            """), StageSettings.named("v1"));
        try (GatewayRig rig = new GatewayRig(api)) {
            Shown shown = rig.send(GatewayRig.post("/v1/x", "{}"));

            assertThat(shown.body()).contains("forms are not supported by this back end");
            assertThat(rig.calls).isEmpty();
        }
    }
}
