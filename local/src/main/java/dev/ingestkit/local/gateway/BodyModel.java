package dev.ingestkit.local.gateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaException;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A body's model: JSON schema draft 4, with references to the other models of the API. Thread-safe. References to
 * anything outside the API body are refused at deploy: validation never reaches for the network.
 */
final class BodyModel {

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    private static final String SCHEMA = "x-request-body";
    private static final String API_GATEWAY_MODEL = "https://apigateway.amazonaws.com/restapis/";

    private final JsonSchema schema;

    private BodyModel(JsonSchema schema) {
        this.schema = schema;
    }

    /**
     * @param place the schema in the body
     * @param api the whole body, for references
     */
    static BodyModel parse(Located place, JsonNode api) {
        ObjectNode document = MAPPER.createObjectNode();
        document.put("$ref", "#/" + SCHEMA);
        document.set(SCHEMA, inner(place, place.node(), api));
        for (String models : new String[] {"components", "definitions"}) {
            if (api.has(models)) {
                Located shared = new Located(api.get(models), "$." + models);
                document.set(
                        models, inner(shared, models.equals("components") ? schemasOnly(shared) : shared.node(), api));
            }
        }
        try {
            SchemaValidatorsConfig config =
                    SchemaValidatorsConfig.builder().preloadJsonSchema(true).build();
            JsonSchema schema =
                    JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V4).getSchema(document, config);
            schema.initializeValidators();
            return new BodyModel(schema);
        } catch (JsonSchemaException invalid) {
            throw place.problem("is no JSON schema that can be used: " + invalid.getMessage());
        }
    }

    /** What is wrong with a body; empty if it is valid. */
    Optional<String> problem(byte[] body) {
        JsonNode document;
        try {
            document = MAPPER.readTree(body);
        } catch (JsonProcessingException malformed) {
            return Optional.of("[" + malformed.getOriginalMessage() + "]");
        } catch (java.io.IOException impossible) {
            throw new java.io.UncheckedIOException(impossible);
        }
        if (document == null || document.isMissingNode()) {
            return Optional.of("[the body is empty]");
        }
        Set<ValidationMessage> messages = schema.validate(document);
        return messages.isEmpty()
                ? Optional.empty()
                : Optional.of(messages.stream()
                        .map(ValidationMessage::getMessage)
                        .collect(Collectors.joining(", ", "[", "]")));
    }

    private static JsonNode schemasOnly(Located components) {
        ObjectNode schemas = MAPPER.createObjectNode();
        JsonNode all = components.node().get("schemas");
        if (all != null) {
            schemas.set("schemas", all);
        }
        return schemas;
    }

    /** The schema with every reference checked, and AWS's own form of it turned into a local one. */
    private static JsonNode inner(Located place, JsonNode schema, JsonNode api) {
        JsonNode copy = schema.deepCopy();
        localize(place, copy, api);
        return copy;
    }

    private static void localize(Located place, JsonNode node, JsonNode api) {
        if (node instanceof ObjectNode object && object.path("$ref").isTextual()) {
            String reference = object.get("$ref").textValue();
            if (reference.startsWith(API_GATEWAY_MODEL)) {
                String name = reference.substring(reference.lastIndexOf('/') + 1);
                reference = (api.has("definitions") ? "#/definitions/" : "#/components/schemas/") + name;
                object.set("$ref", TextNode.valueOf(reference));
            }
            if (!reference.startsWith("#/") || api.at(reference.substring(1)).isMissingNode()) {
                throw place.problem("refers to a model that is not in this API: " + reference);
            }
        }
        node.forEach(child -> localize(place, child, api));
    }
}
