package dev.ingestkit.local.secrets;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.events.Json;
import dev.ingestkit.local.protocol.AwsInput;
import dev.ingestkit.local.protocol.AwsOutput;

/**
 * Resource policies: stored and returned, not enforced, since a local run has one user. Not thread-safe: {@link
 * SecretsService} guards it.
 */
final class PolicyActions {

    private final SecretStore store;

    PolicyActions(SecretStore store) {
        this.store = requireNonNull(store, "store");
    }

    JsonNode getResourcePolicy(AwsInput input) {
        Secret secret = store.findLive(SecretInput.secretId(input));
        ObjectNode response = SecretNodes.identity(secret);
        if (secret.policy != null) {
            response.put("ResourcePolicy", secret.policy);
        }
        return response;
    }

    JsonNode putResourcePolicy(AwsInput input) {
        Secret secret = store.findLive(SecretInput.secretId(input));
        String policy = SecretInput.required(input, "ResourcePolicy");
        if (!isPolicy(policy)) {
            throw SecretErrors.malformedPolicy();
        }
        secret.policy = policy;
        return SecretNodes.identity(secret);
    }

    JsonNode deleteResourcePolicy(AwsInput input) {
        Secret secret = store.findLive(SecretInput.secretId(input));
        secret.policy = null;
        return SecretNodes.identity(secret);
    }

    JsonNode validateResourcePolicy(AwsInput input) {
        boolean passed = isPolicy(SecretInput.required(input, "ResourcePolicy"));
        ObjectNode response = AwsOutput.object().put("PolicyValidationPassed", passed);
        var errors = response.putArray("ValidationErrors");
        if (!passed) {
            errors.addObject()
                    .put("CheckName", "SYNTAX")
                    .put("ErrorMessage", "The policy must be a JSON object with a Statement.");
        }
        return response;
    }

    private static boolean isPolicy(String text) {
        try {
            JsonNode policy = Json.mapper().readTree(text);
            return policy.isObject() && policy.has("Statement");
        } catch (JsonProcessingException notJson) {
            return false;
        }
    }
}
