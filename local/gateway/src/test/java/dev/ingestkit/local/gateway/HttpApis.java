package dev.ingestkit.local.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.gateway.definition.StageSettings;
import dev.ingestkit.local.gateway.httpapi.HttpApiDefinition;

/** Small documents of HTTP APIs. */
final class HttpApis {

    static final String ID = "abc123";
    private static final String EXTENSION = "x-amazon-apigateway-";

    private final ObjectNode document = SubmitApi.json("{\"openapi\":\"3.0.1\",\"paths\":{}}");

    /** Adds a route to a function, {@code GET /x} or {@code $default}; {@code security} is a JSON list. */
    HttpApis function(String key, String format, String security) {
        ObjectNode operation = operation(key, SubmitApi.json("""
            {"type":"aws_proxy","payloadFormatVersion":"%s",
             "uri":"arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:000000000000:function:f/invocations"}
            """.formatted(format)));
        operation.set("security", SubmitApi.json("{\"all\":" + security + "}").get("all"));
        return this;
    }

    HttpApis function(String key) {
        return function(key, "2.0", "[]");
    }

    HttpApis integration(String key, String integration) {
        operation(key, SubmitApi.json(integration));
        return this;
    }

    /** Adds a route to a service; {@code security} is a JSON list. */
    HttpApis integration(String key, String integration, String security) {
        operation(key, SubmitApi.json(integration))
                .set("security", SubmitApi.json("{\"all\":" + security + "}").get("all"));
        return this;
    }

    HttpApis cors(String cors) {
        document.set(EXTENSION + "cors", SubmitApi.json(cors));
        return this;
    }

    HttpApis scheme(String name, String scheme) {
        document.withObjectProperty("components")
                .withObjectProperty("securitySchemes")
                .set(name, SubmitApi.json(scheme));
        return this;
    }

    private ObjectNode operation(String key, JsonNode integration) {
        int space = key.indexOf(' ');
        String method = space < 0 ? "ANY" : key.substring(0, space);
        ObjectNode operation = document.withObjectProperty("paths")
                .withObjectProperty(key.substring(space + 1))
                .putObject(method.equals("ANY") ? EXTENSION + "any-method" : method.toLowerCase(java.util.Locale.ROOT));
        operation.set(EXTENSION + "integration", integration);
        return operation;
    }

    HttpApiDefinition stage(StageSettings stage) {
        return HttpApiDefinition.parse(ID, document, stage);
    }

    /** Returns a gateway with the API's default stage. */
    GatewayRig rig() {
        GatewayRig rig = new GatewayRig();
        rig.gateway.deploy(stage(StageSettings.named(HttpApiDefinition.DEFAULT_STAGE)));
        return rig;
    }
}
