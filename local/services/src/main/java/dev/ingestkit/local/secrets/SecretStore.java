package dev.ingestkit.local.secrets;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.local.events.Arn;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/** One account's secrets in one region. Not thread-safe: {@link SecretsService} admits one call at a time. */
final class SecretStore {

    private static final String SUFFIX_CHARACTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final Pattern COMPLETE = Pattern.compile(".+-[A-Za-z0-9]{6}");
    private static final int SUFFIX_LENGTH = 6;
    private static final String TYPE = "secret:";

    private final Map<String, Secret> byName = new TreeMap<>();
    private final String region;
    private final String accountId;
    private final Clock clock;
    private final RandomGenerator random;
    private final SecretStorage storage;

    SecretStore(String region, String accountId, Clock clock, RandomGenerator random, SecretStorage storage) {
        this.region = requireNonNull(region, "region");
        this.accountId = requireNonNull(accountId, "accountId");
        this.clock = requireNonNull(clock, "clock");
        this.random = requireNonNull(random, "random");
        this.storage = requireNonNull(storage, "storage");
        storage.load().forEach(secret -> byName.put(secret.name, secret));
    }

    /** Keeps what a call has changed. */
    void save() {
        storage.save(byName.values());
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

    /** Creates a secret whose ARN ends with these six characters. */
    Secret create(String name, String ending) {
        Secret secret = new Secret(name, arnOf(name + "-" + ending), now());
        byName.put(name, secret);
        return secret;
    }

    void remove(Secret secret) {
        byName.remove(secret.name);
    }

    Optional<Secret> byName(String name) {
        purgeDeleted();
        return Optional.ofNullable(byName.get(name));
    }

    List<Secret> all() {
        purgeDeleted();
        return List.copyOf(byName.values());
    }

    /**
     * Returns a secret by name, by ARN, or by ARN without its random ending.
     *
     * @throws dev.ingestkit.local.protocol.ServiceException ResourceNotFoundException
     */
    Secret find(String secretId) {
        return tryFind(secretId).orElseThrow(SecretErrors::secretNotFound);
    }

    /** Returns a secret as {@link #find} does, unless it is marked for deletion. */
    Secret findLive(String secretId) {
        Secret secret = find(secretId);
        if (secret.deletionDate != null) {
            throw SecretErrors.markedForDeletion();
        }
        return secret;
    }

    Optional<Secret> tryFind(String secretId) {
        purgeDeleted();
        Optional<Arn> arn = Arn.tryParse(secretId).filter(this::isOwn);
        if (arn.isEmpty()) {
            return Optional.ofNullable(byName.get(secretId));
        }
        String rest = arn.get().resource().substring(TYPE.length());
        // AWS takes a hyphen with six characters at the end for the random ending, even where it is the name's own.
        if (!COMPLETE.matcher(rest).matches()) {
            return Optional.ofNullable(byName.get(rest));
        }
        int cut = rest.length() - SUFFIX_LENGTH - 1;
        return Optional.ofNullable(cut > 0 ? byName.get(rest.substring(0, cut)) : null)
                .filter(secret -> secret.arn.equals(arn.get()));
    }

    private boolean isOwn(Arn arn) {
        return arn.resource().startsWith(TYPE)
                && arn.equals(arnOf(arn.resource().substring(TYPE.length())));
    }

    private Arn arnOf(String nameWithEnding) {
        return new Arn("aws", "secretsmanager", region, accountId, TYPE + nameWithEnding);
    }

    /** Returns the ARN in the response to a forced deletion of an unknown secret. */
    String arnTextOf(String secretId) {
        return Arn.isArn(secretId) ? secretId : arnOf(secretId).toString();
    }

    private void purgeDeleted() {
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
