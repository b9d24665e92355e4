package dev.ingestkit.local.secrets;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** One account's secrets in one region. Not thread-safe: {@link SecretsService} lets one call in at a time. */
final class SecretStore {

    private static final String SUFFIX_CHARACTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final int SUFFIX_LENGTH = 6;

    private final Map<String, Secret> byName = new TreeMap<>();
    private final String arnPrefix;
    private final Clock clock;
    private final RandomGenerator random;

    SecretStore(String region, String accountId, Clock clock, RandomGenerator random) {
        this.arnPrefix = "arn:aws:secretsmanager:" + region + ":" + accountId + ":secret:";
        this.clock = requireNonNull(clock, "clock");
        this.random = requireNonNull(random, "random");
    }

    Instant now() {
        return clock.instant();
    }

    String newToken() {
        return new UUID((random.nextLong() & ~0xF000L) | 0x4000L, (random.nextLong() >>> 2) | 0x8000_0000_0000_0000L)
                .toString();
    }

    Secret create(String name) {
        return create(name, suffix());
    }

    /** Makes a secret whose ARN ends in these six characters. */
    Secret create(String name, String ending) {
        Secret secret = new Secret(name, arnPrefix + name + "-" + ending, now());
        byName.put(name, secret);
        return secret;
    }

    void remove(Secret secret) {
        byName.remove(secret.name);
    }

    Optional<Secret> byName(String name) {
        forgetDeleted();
        return Optional.ofNullable(byName.get(name));
    }

    List<Secret> all() {
        forgetDeleted();
        return List.copyOf(byName.values());
    }

    /**
     * Finds a secret by name, by ARN, or by ARN without its random ending.
     *
     * @throws dev.ingestkit.local.protocol.ServiceException ResourceNotFoundException
     */
    Secret find(String secretId) {
        return lookUp(secretId).orElseThrow(SecretErrors::secretNotFound);
    }

    /** As {@link #find}, but a secret that is marked for deletion is refused. */
    Secret findLive(String secretId) {
        Secret secret = find(secretId);
        if (secret.deletionDate != null) {
            throw SecretErrors.markedForDeletion();
        }
        return secret;
    }

    Optional<Secret> lookUp(String secretId) {
        forgetDeleted();
        if (!secretId.startsWith(arnPrefix)) {
            return Optional.ofNullable(byName.get(secretId));
        }
        String rest = secretId.substring(arnPrefix.length());
        Secret partial = byName.get(rest);
        if (partial != null) {
            return Optional.of(partial);
        }
        int cut = rest.length() - SUFFIX_LENGTH - 1;
        return Optional.ofNullable(cut > 0 ? byName.get(rest.substring(0, cut)) : null)
                .filter(secret -> secret.arn.equals(secretId));
    }

    /** The ARN that a forced deletion of an unknown secret answers. */
    String arnOf(String secretId) {
        return secretId.startsWith("arn:") ? secretId : arnPrefix + secretId;
    }

    private void forgetDeleted() {
        Instant now = now();
        byName.values().removeIf(secret -> secret.deletionDate != null && !now.isBefore(secret.deletionDate));
    }

    private String suffix() {
        StringBuilder suffix = new StringBuilder(SUFFIX_LENGTH);
        for (int index = 0; index < SUFFIX_LENGTH; index++) {
            suffix.append(SUFFIX_CHARACTERS.charAt(random.nextInt(SUFFIX_CHARACTERS.length())));
        }
        return suffix.toString();
    }
}
