package dev.ingestkit.local.secrets;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ingestkit.local.protocol.AwsInput;
import java.util.Optional;

/** Starts and stops rotation. The steps themselves are {@link SecretRotation}'s. */
final class RotationActions {

    private final SecretStore store;
    private final SecretRotation rotation;

    RotationActions(SecretStore store, SecretRotation rotation) {
        this.store = requireNonNull(store, "store");
        this.rotation = requireNonNull(rotation, "rotation");
    }

    JsonNode rotateSecret(AwsInput input) {
        Secret secret = store.findLive(SecretInput.secretId(input));
        Optional<String> token = SecretInput.token(input);
        configure(secret, input);
        String function = secret.rotation.functionArn;
        if (function == null) {
            throw SecretErrors.invalidRequest("No Lambda rotation function ARN is associated with this secret.");
        }
        secret.rotation.enabled = true;
        if (!input.bool("RotateImmediately").orElse(true)) {
            return SecretNodes.identity(secret);
        }
        Optional<Secret.Version> pending = secret.labelled(Secret.PENDING);
        if (pending.isPresent() && !pending.equals(secret.labelled(Secret.CURRENT))) {
            rotation.start(secret, function, pending.get().id());
            throw SecretErrors.invalidRequest("A previous rotation isn't complete. That rotation will be reattempted.");
        }
        String version = token.orElseGet(store::newToken);
        announce(secret, version);
        rotation.start(secret, function, version);
        return SecretNodes.identity(secret).put("VersionId", version);
    }

    /** The function finds the new version's id labelled AWSPENDING, without a value, and fills it in its first step. */
    private void announce(Secret secret, String version) {
        if (secret.version(version).isEmpty()) {
            secret.put(new Secret.Version(version, null, store.now()), store.now());
        }
        secret.label(Secret.PENDING, version, store.now());
    }

    private static void configure(Secret secret, AwsInput input) {
        input.string("RotationLambdaARN").ifPresent(arn -> secret.rotation.functionArn = arn);
        input.object("RotationRules").ifPresent(rules -> {
            Optional<Long> days = rules.integer("AutomaticallyAfterDays");
            Optional<String> expression = rules.string("ScheduleExpression");
            if (days.isPresent() && expression.isPresent()) {
                throw SecretErrors.invalidParameter(
                        "You can't specify both AutomaticallyAfterDays and ScheduleExpression.");
            }
            if (days.isPresent() && (days.get() < 1 || days.get() > 1000)) {
                throw SecretErrors.invalidParameter("AutomaticallyAfterDays must be between 1 and 1000.");
            }
            secret.rotation.automaticallyAfterDays = days.orElse(null);
            secret.rotation.scheduleExpression = expression.orElse(null);
            secret.rotation.duration = rules.string("Duration").orElse(null);
        });
    }

    /** As on AWS: the labels stay as they are, also those of a rotation under way. */
    JsonNode cancelRotateSecret(AwsInput input) {
        Secret secret = store.findLive(SecretInput.secretId(input));
        secret.rotation.enabled = false;
        return SecretNodes.identity(secret);
    }
}
