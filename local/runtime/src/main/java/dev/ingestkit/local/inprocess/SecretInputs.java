package dev.ingestkit.local.inprocess;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.events.Json;
import dev.ingestkit.local.template.spec.RotationSpec;
import dev.ingestkit.local.template.spec.SecretSpec;
import dev.ingestkit.local.template.spec.SecretSpec.Generated;
import dev.ingestkit.local.template.spec.SecretSpec.Given;
import dev.ingestkit.local.template.spec.SecretSpec.Value;

/**
 * Writes secrets and rotations of a template in the form that Secrets Manager takes them. A data directory compares this
 * form with that of its last start. Stateless.
 */
public final class SecretInputs {

    private SecretInputs() {}

    /** Returns a secret's properties as {@code AWS::SecretsManager::Secret} names them. */
    public static ObjectNode properties(SecretSpec spec) {
        ObjectNode properties = object().put("Name", spec.name()).put("Description", spec.description());
        spec.kmsKeyId().ifPresent(key -> properties.put("KmsKeyId", key));
        spec.value().ifPresent(value -> value(value, properties));
        spec.tags()
                .forEach((key, value) ->
                        properties.withArray("Tags").addObject().put("Key", key).put("Value", value));
        return properties;
    }

    private static void value(Value value, ObjectNode properties) {
        switch (value.kind()) {
            case GIVEN -> properties.put("SecretString", ((Given) value).text());
            case GENERATED -> generated((Generated) value, properties.putObject("GenerateSecretString"));
        }
    }

    private static void generated(Generated password, ObjectNode properties) {
        password.target()
                .ifPresent(target -> properties
                        .put("SecretStringTemplate", target.template())
                        .put("GenerateStringKey", target.key()));
        properties.put("PasswordLength", password.length()).put("ExcludeCharacters", password.excludedCharacters());
        password.flags().forEach(properties::put);
    }

    /** Returns the input of RotateSecret. */
    public static ObjectNode rotateSecret(RotationSpec spec) {
        ObjectNode input = object().put("SecretId", spec.secretId())
                .put("RotationLambdaARN", spec.function().toString())
                .put("RotateImmediately", spec.rotateImmediately());
        spec.rules().ifPresent(rules -> {
            ObjectNode given = input.putObject("RotationRules");
            rules.afterDays().ifPresent(days -> given.put("AutomaticallyAfterDays", days));
            rules.schedule().ifPresent(text -> given.put("ScheduleExpression", text));
            rules.duration().ifPresent(text -> given.put("Duration", text));
        });
        return input;
    }

    private static ObjectNode object() {
        return Json.mapper().createObjectNode();
    }
}
