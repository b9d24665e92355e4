package dev.ingestkit.local.gateway.definition;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.networknt.schema.JsonMetaSchema;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaException;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.NonValidationKeyword;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import dev.ingestkit.local.gateway.document.Located;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A body's model: JSON schema draft 4, with references to the other models of the API. Thread-safe. References to
 * anything outside the API body are refused at deploy: validation never reaches for the network.
 */
public final class BodyModel {

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    /** For bodies with a number whose exponent no decimal holds: it is JSON all the same, and API Gateway lets it pass. */
    private static final ObjectMapper FLOATS = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final String DEFINITIONS = "#/definitions/";
    private static final String SCHEMA = "$request";

    /** OpenAPI's own keywords (example, nullable …) say nothing to draft 4: they are passed over, as on AWS. */
    private static final JsonSchemaFactory FACTORY = JsonSchemaFactory.getInstance(
            SpecVersion.VersionFlag.V4,
            factory -> factory.metaSchema(JsonMetaSchema.builder(JsonMetaSchema.getV4())
                    .unknownKeywordFactory((keyword, context) -> new NonValidationKeyword(keyword))
                    .build()));

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
        document.put("$ref", DEFINITIONS + SCHEMA);
        ObjectNode models = document.putObject("definitions");
        models.setAll(models(new Located(api.path("definitions"), "$.definitions"), api));
        models.setAll(models(new Located(api.at("/components/schemas"), "$.components.schemas"), api));
        models.set(SCHEMA, local(place, api));
        try {
            SchemaValidatorsConfig config =
                    SchemaValidatorsConfig.builder().preloadJsonSchema(true).build();
            JsonSchema schema = FACTORY.getSchema(document, config);
            schema.initializeValidators();
            return new BodyModel(schema);
        } catch (JsonSchemaException invalid) {
            throw place.problem("is no JSON schema that can be used: " + invalid.getMessage());
        }
    }

    /** What is wrong with a body; empty if it is valid. */
    public Optional<String> problem(byte[] body) {
        JsonNode document;
        try {
            document = document(body);
        } catch (JsonProcessingException malformed) {
            return Optional.of("[" + malformed.getOriginalMessage() + "]");
        } catch (IOException impossible) {
            throw new UncheckedIOException("a body in memory could not be read", impossible);
        }
        if (document == null || document.isMissingNode()) {
            return Optional.of("[the body is empty]");
        }
        Set<ValidationMessage> messages = schema.validate(document);
        return messages.isEmpty()
                ? Optional.empty()
                : Optional.of(ValidationTexts.of(messages).stream().collect(Collectors.joining(", ", "[", "]")));
    }

    private static JsonNode document(byte[] body) throws IOException {
        try {
            return MAPPER.readTree(body);
        } catch (NumberFormatException beyondDecimals) {
            return FLOATS.readTree(body);
        }
    }

    private static ObjectNode models(Located place, JsonNode api) {
        ObjectNode models = MAPPER.createObjectNode();
        place.fields().forEach((name, model) -> models.set(name, local(model, api)));
        return models;
    }

    /** The schema with every reference checked, and turned into one to the definitions beside it. */
    private static JsonNode local(Located place, JsonNode api) {
        JsonNode copy = place.node().deepCopy();
        localize(place, copy, api);
        return copy;
    }

    private static void localize(Located place, JsonNode node, JsonNode api) {
        if (node instanceof ObjectNode object && object.path("$ref").isTextual()) {
            String reference = object.get("$ref").textValue();
            String model = model(reference);
            boolean known = !api.at("/definitions/" + model).isMissingNode()
                    || !api.at("/components/schemas/" + model).isMissingNode();
            if (model.isEmpty() || !known) {
                throw place.problem("refers to a model that is not in this API: " + reference);
            }
            object.set("$ref", TextNode.valueOf(DEFINITIONS + model));
        }
        node.forEach(child -> localize(place, child, api));
    }

    /** What follows the place where models are kept; empty for a reference to anything else. */
    private static String model(String reference) {
        for (String place : new String[] {DEFINITIONS, "#/components/schemas/"}) {
            if (reference.startsWith(place)) {
                return reference.substring(place.length());
            }
        }
        return reference.startsWith(API_GATEWAY_MODEL) ? reference.substring(reference.lastIndexOf('/') + 1) : "";
    }
}
