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
 * The model of a body: JSON schema draft 4, with references to the other models of the API. References to anything
 * outside the API body are refused at deployment: validation never uses the network. Thread-safe.
 *
 * @see <a href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-method-request-validation.html">Request validation</a>
 */
public final class BodyModel {

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    /**
     * The mapper for bodies with a number whose exponent is too large for a decimal: such a body is still JSON, and API
     * Gateway accepts it.
     */
    private static final ObjectMapper FLOATS = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final String DEFINITIONS = "#/definitions/";
    private static final String SCHEMA = "$request";

    /** OpenAPI's own keywords (example, nullable …) mean nothing to draft 4 and are ignored, as on AWS. */
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
     * Reads a schema.
     *
     * @param at the schema in the body
     * @param api the whole body, for references
     */
    static BodyModel parse(Located at, JsonNode api) {
        ObjectNode document = MAPPER.createObjectNode();
        document.put("$ref", DEFINITIONS + SCHEMA);
        ObjectNode models = document.putObject("definitions");
        models.setAll(models(new Located(api.path("definitions"), "$.definitions"), api));
        models.setAll(models(new Located(api.at("/components/schemas"), "$.components.schemas"), api));
        models.set(SCHEMA, local(at, api));
        try {
            SchemaValidatorsConfig config =
                    SchemaValidatorsConfig.builder().preloadJsonSchema(true).build();
            JsonSchema schema = FACTORY.getSchema(document, config);
            schema.initializeValidators();
            return new BodyModel(schema);
        } catch (JsonSchemaException invalid) {
            throw at.problem("is not a usable JSON schema: " + invalid.getMessage());
        }
    }

    /** Returns the problem of a body; empty if it is valid. */
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

    private static ObjectNode models(Located at, JsonNode api) {
        ObjectNode models = MAPPER.createObjectNode();
        at.fields().forEach((name, model) -> models.set(name, local(model, api)));
        return models;
    }

    /** Returns the schema with every reference checked and redirected to the definitions beside it. */
    private static JsonNode local(Located at, JsonNode api) {
        JsonNode copy = at.node().deepCopy();
        localize(at, copy, api);
        return copy;
    }

    private static void localize(Located at, JsonNode node, JsonNode api) {
        if (node instanceof ObjectNode object && object.path("$ref").isTextual()) {
            String reference = object.get("$ref").textValue();
            String model = model(reference);
            boolean known = !api.at("/definitions/" + model).isMissingNode()
                    || !api.at("/components/schemas/" + model).isMissingNode();
            if (model.isEmpty() || !known) {
                throw at.problem("refers to a model that is not in this API: " + reference);
            }
            object.set("$ref", TextNode.valueOf(DEFINITIONS + model));
        }
        node.forEach(child -> localize(at, child, api));
    }

    /** Returns the name of the model that a reference points at; empty for a reference to anything else. */
    private static String model(String reference) {
        for (String at : new String[] {DEFINITIONS, "#/components/schemas/"}) {
            if (reference.startsWith(at)) {
                return reference.substring(at.length());
            }
        }
        return reference.startsWith(API_GATEWAY_MODEL) ? reference.substring(reference.lastIndexOf('/') + 1) : "";
    }
}
