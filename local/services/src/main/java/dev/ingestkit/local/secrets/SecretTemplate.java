package dev.ingestkit.local.secrets;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.events.Json;
import dev.ingestkit.local.protocol.AwsOutput;
import java.util.random.RandomGenerator;

/**
 * Converts the properties of an {@code AWS::SecretsManager::Secret} to the input of CreateSecret.
 *
 * @see <a
 *
 * href="https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-secretsmanager-secret.html">AWS::SecretsManager::Secret</a>
 */
final class SecretTemplate {

    private final JsonNode properties;

    SecretTemplate(JsonNode properties) {
        this.properties = requireNonNull(properties, "properties");
    }

    /**
     * Returns the input of CreateSecret.
     *
     * @param generatedName the name if the template gives none
     * @throws dev.ingestkit.local.protocol.ServiceException for properties that CloudFormation rejects
     */
    ObjectNode toCreateSecret(String generatedName, RandomGenerator random) {
        ObjectNode input = AwsOutput.object().put("Name", generatedName);
        for (String member : new String[] {"Name", "Description", "KmsKeyId", "SecretString", "Tags"}) {
            if (properties.hasNonNull(member)) {
                input.set(member, properties.get(member));
            }
        }
        JsonNode generate = properties.path("GenerateSecretString");
        if (!generate.isObject()) {
            return input;
        }
        if (input.has("SecretString")) {
            throw SecretErrors.validation("Only one of SecretString and GenerateSecretString can be given.");
        }
        return input.put("SecretString", generate(generate, random));
    }

    private static String generate(JsonNode options, RandomGenerator random) {
        String password = RandomPassword.of(options).draw(random);
        String template = options.path("SecretStringTemplate").textValue();
        String key = options.path("GenerateStringKey").textValue();
        if (template == null && key == null) {
            return password;
        }
        if (template == null || key == null) {
            throw SecretErrors.validation("SecretStringTemplate and GenerateStringKey must be given together.");
        }
        return parse(template).put(key, password).toString();
    }

    private static ObjectNode parse(String template) {
        try {
            if (Json.mapper().readTree(template) instanceof ObjectNode object) {
                return object;
            }
        } catch (JsonProcessingException notJson) {
            throw notAnObject(template);
        }
        throw notAnObject(template);
    }

    private static RuntimeException notAnObject(String template) {
        return SecretErrors.validation("SecretStringTemplate must be a JSON object, found " + template);
    }
}
