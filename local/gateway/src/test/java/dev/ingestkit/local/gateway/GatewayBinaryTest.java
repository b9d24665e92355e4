package dev.ingestkit.local.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.gateway.GatewayRig.Shown;
import dev.ingestkit.local.gateway.definition.ApiDefinition;
import dev.ingestkit.local.gateway.definition.StageSettings;
import org.junit.jupiter.api.Test;

/** Covers bodies that are not text. */
final class GatewayBinaryTest {

    private static final byte[] BYTES = {0, (byte) 0xff, (byte) 0xc3, 0x28, 7};

    private static ApiDefinition definition(boolean converted) {
        ObjectNode body = SubmitApi.withTemplate("/a/{id}", "$input.body");
        body.putArray("x-amazon-apigateway-binary-media-types").add("application/octet-stream");
        ObjectNode integration = (ObjectNode) body.at("/paths/~1a~1{id}/post/x-amazon-apigateway-integration");
        ObjectNode templates = (ObjectNode) integration.get("requestTemplates");
        templates.set("application/octet-stream", templates.get("application/json"));
        if (converted) {
            integration.put("contentHandling", "CONVERT_TO_TEXT");
        }
        return ApiDefinition.parse("a", body, StageSettings.named("v1"));
    }

    @Test
    void aBinaryBodyConvertedToTextIsBase64InATemplate() {
        try (GatewayRig rig = new GatewayRig(definition(true))) {
            rig.send(GatewayRig.request("POST", "/v1/a/1", BYTES, "Content-Type", "application/octet-stream"));

            assertThat(rig.onlyCall().text()).isEqualTo("AP/DKAc=");
        }
    }

    @Test
    void aBinaryBodyWithoutConversionIsAConfigurationErrorAndIsNotPut() {
        try (GatewayRig rig = new GatewayRig(definition(false))) {
            Shown shown =
                    rig.send(GatewayRig.request("POST", "/v1/a/1", BYTES, "Content-Type", "application/octet-stream"));

            assertThat(shown.status()).isEqualTo(500);
            assertThat(rig.calls).isEmpty();
        }
    }
}
