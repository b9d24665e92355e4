package dev.ingestkit.local.secrets;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ingestkit.local.protocol.AwsInput;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/**
 * Starts and stops rotation; {@link SecretRotation} performs the steps. Not thread-safe: {@link SecretsService} guards
 * it.
 */
final class RotationActions {

    private final SecretStore store;
    private final SecretRotation rotation;

    RotationActions(SecretStore store, SecretRotation rotation) {
        this.store = requireNonNull(store, "store");
        this.rotation = requireNonNull(rotation, "rotation");
    }

    /**
     * Configures and starts a rotation.
     *
     * @param requireFunction whether the function must exist already
     */
    JsonNode rotateSecret(AwsInput input, boolean requireFunction) {
        Secret secret = store.findLive(SecretInput.secretId(input));
        Optional<String> token = SecretInput.token(input);
        Optional<String> named = input.string("RotationLambdaARN").or(() -> functionOf(secret));
        if (requireFunction && named.isPresent() && !rotation.hasFunction(named.get())) {
            throw SecretErrors.functionNotInvokable();
        }
        configure(secret, input);
        String function = secret.rotation.functionArn;
        if (function == null) {
            throw SecretErrors.invalidRequest("No Lambda rotation function ARN is associated with this secret.");
        }
        secret.rotation.enabled = true;
        if (!input.bool("RotateImmediately").orElse(true)) {
            return SecretNodes.identity(secret);
        }
        Optional<String> unfinished = unfinished(secret);
        if (unfinished.isPresent()) {
            rotation.start(secret, function, unfinished.get());
            throw SecretErrors.invalidRequest("A previous rotation isn't complete. That rotation will be reattempted.");
        }
        String version = token.orElseGet(store::newToken);
        startNew(secret, function, version);
        return SecretNodes.identity(secret).put("VersionId", version);
    }

    private static Optional<String> functionOf(Secret secret) {
        return Optional.ofNullable(secret.rotation.functionArn);
    }

    private static Optional<String> unfinished(Secret secret) {
        Optional<Secret.Version> pending = secret.withLabel(Secret.PENDING);
        return pending.equals(secret.withLabel(Secret.CURRENT)) ? Optional.empty() : pending.map(Secret.Version::id);
    }

    private void startNew(Secret secret, String function, String version) {
        createPending(secret, version);
        rotation.start(secret, function, version);
    }

    /** Rotates the secrets that are due by their schedule; an unfinished rotation is resumed. */
    void rotateDue() {
        Instant now = store.now();
        for (Secret secret : store.all()) {
            String function = secret.rotation.functionArn;
            boolean due = secret.nextRotation().filter(at -> !at.isAfter(now)).isPresent();
            if (function != null && due) {
                secret.rotation.baseline = now;
                unfinished(secret)
                        .ifPresentOrElse(
                                version -> rotation.start(secret, function, version),
                                () -> startNew(secret, function, store.newToken()));
            }
        }
    }

    /** Returns whether a schedule rotates any secret. */
    boolean hasSchedule() {
        return next().isPresent();
    }

    /** Returns the time of the next rotation by a schedule. */
    Optional<Instant> next() {
        return store.all().stream()
                .flatMap(secret -> secret.nextRotation().stream())
                .min(Comparator.naturalOrder());
    }

    /**
     * Creates the new version with the label AWSPENDING and without a value; the function fills it in its first step.
     */
    private void createPending(Secret secret, String version) {
        if (secret.version(version).isEmpty()) {
            secret.put(new Secret.Version(version, null, store.now()), store.now());
        }
        secret.label(Secret.PENDING, version, store.now());
    }

    private void configure(Secret secret, AwsInput input) {
        Optional<AwsInput> rules = input.object("RotationRules");
        Optional<RotationSchedule> schedule = rules.flatMap(given -> RotationSchedule.of(
                given.integer("AutomaticallyAfterDays"), given.string("ScheduleExpression"), given.string("Duration")));
        input.string("RotationLambdaARN").ifPresent(arn -> secret.rotation.functionArn = arn);
        rules.ifPresent(given -> {
            secret.rotation.schedule = schedule.orElse(null);
            secret.rotation.baseline = store.now();
            secret.rotation.automaticallyAfterDays =
                    given.integer("AutomaticallyAfterDays").orElse(null);
            secret.rotation.scheduleExpression =
                    given.string("ScheduleExpression").orElse(null);
            secret.rotation.duration = given.string("Duration").orElse(null);
        });
    }

    /** Turns rotation off. As on AWS, the labels do not change, not even those of a rotation in progress. */
    JsonNode cancelRotateSecret(AwsInput input) {
        Secret secret = store.findLive(SecretInput.secretId(input));
        secret.rotation.enabled = false;
        return SecretNodes.identity(secret);
    }
}
