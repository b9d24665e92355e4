package dev.ingestkit.local.secrets;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.protocol.AwsInput;
import dev.ingestkit.local.protocol.AwsOutput;
import dev.ingestkit.local.protocol.ServiceException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The actions on whole secrets. Not thread-safe: {@link SecretsService} guards it. */
final class SecretActions {

    private static final int DEFAULT_RECOVERY_DAYS = 30;

    private final SecretStore store;
    private final ValueActions values;

    SecretActions(SecretStore store, ValueActions values) {
        this.store = requireNonNull(store, "store");
        this.values = requireNonNull(values, "values");
    }

    JsonNode createSecret(AwsInput input) {
        return createSecret(input, store::create);
    }

    /**
     * Creates a secret.
     *
     * @param create creates the secret for an unused name
     */
    JsonNode createSecret(AwsInput input, Function<String, Secret> create) {
        String name = SecretInput.name(input);
        if (!input.objects("AddReplicaRegions").isEmpty()) {
            throw ServiceException.notImplemented("Secrets Manager", "CreateSecret with AddReplicaRegions");
        }
        Optional<String> token = SecretInput.token(input);
        Optional<SecretValue> value = SecretInput.value(input);
        Map<String, String> tags = SecretInput.tags(input);
        Optional<Secret> existing = store.byName(name);
        if (existing.isPresent()) {
            return repeated(existing.get(), token, value);
        }
        Secret secret = create.apply(name);
        describe(secret, input);
        secret.tags.putAll(tags);
        return withVersion(
                secret,
                value.map(given ->
                        values.addVersion(secret, token.orElseGet(store::newToken), given, List.of(Secret.CURRENT))));
    }

    /** A call repeated with its token has succeeded already; any other finds the name taken. */
    private JsonNode repeated(Secret secret, Optional<String> token, Optional<SecretValue> value) {
        if (secret.deletionDate != null) {
            throw SecretErrors.invalidRequest("You can't create this secret because a secret with this name is already"
                    + " scheduled for deletion.");
        }
        Optional<Secret.Version> version = token.flatMap(secret::version);
        boolean same = version.map(Secret.Version::value)
                .flatMap(known -> value.map(known::sameAs))
                .orElse(false);
        if (!same) {
            throw SecretErrors.exists("The operation failed because the secret " + secret.name + " already exists.");
        }
        return withVersion(secret, version);
    }

    JsonNode updateSecret(AwsInput input) {
        Secret secret = store.findLive(SecretInput.secretId(input));
        Optional<String> token = SecretInput.token(input);
        Optional<SecretValue> value = SecretInput.value(input);
        Optional<Secret.Version> version = value.map(
                given -> values.addVersion(secret, token.orElseGet(store::newToken), given, List.of(Secret.CURRENT)));
        describe(secret, input);
        secret.changedAt = store.now();
        return withVersion(secret, version);
    }

    private static void describe(Secret secret, AwsInput input) {
        input.string("Description").ifPresent(text -> secret.description = text);
        input.string("KmsKeyId").ifPresent(key -> secret.kmsKeyId = key);
    }

    private static JsonNode withVersion(Secret secret, Optional<Secret.Version> version) {
        ObjectNode response = SecretNodes.identity(secret);
        version.ifPresent(added -> response.put("VersionId", added.id()));
        return response;
    }

    JsonNode describeSecret(AwsInput input) {
        ObjectNode description = SecretNodes.description(store.find(SecretInput.secretId(input)), "VersionIdsToStages");
        if (description.path("Tags").isEmpty()) {
            description.remove("Tags");
        }
        return description;
    }

    JsonNode listSecrets(AwsInput input) {
        SecretFilters filters = SecretFilters.of(input.objects("Filters"));
        boolean deleted = input.bool("IncludePlannedDeletion").orElse(false);
        int limit = SecretInput.number(input, "MaxResults", 1, 100, 100);
        List<Secret> secrets = store.all().stream()
                .filter(secret -> deleted || secret.deletionDate == null)
                .filter(filters::accept)
                .sorted(order(input))
                .toList();
        Page<Secret> page = Page.of(secrets, limit, input.string("NextToken"));
        ObjectNode response = AwsOutput.object();
        ArrayNode list = response.putArray("SecretList");
        page.items().forEach(secret -> list.add(SecretNodes.description(secret, "SecretVersionsToStages")));
        page.next().ifPresent(token -> response.put("NextToken", token));
        return response;
    }

    private static Comparator<Secret> order(AwsInput input) {
        String by = input.string("SortBy").orElse("created-date");
        Comparator<Secret> order = switch (by) {
            case "name" -> Comparator.comparing(secret -> secret.name);
            case "created-date" -> Comparator.comparing(secret -> secret.createdAt);
            case "last-changed-date" -> Comparator.comparing(secret -> secret.changedAt);
            case "last-accessed-date" ->
                Comparator.comparing(secret -> secret.accessedAt, Comparator.nullsFirst(Comparator.naturalOrder()));
            default -> throw new IllegalStateException("the order was not checked: " + by);
        };
        Comparator<Secret> stable = order.thenComparing(secret -> secret.name);
        return input.string("SortOrder").filter("asc"::equals).isPresent() ? stable : stable.reversed();
    }

    JsonNode deleteSecret(AwsInput input) {
        String id = SecretInput.secretId(input);
        boolean force = input.bool("ForceDeleteWithoutRecovery").orElse(false);
        if (force && input.has("RecoveryWindowInDays")) {
            throw SecretErrors.invalidParameter(
                    "You can't use ForceDeleteWithoutRecovery in conjunction with RecoveryWindowInDays.");
        }
        int days = SecretInput.number(input, "RecoveryWindowInDays", 7, 30, DEFAULT_RECOVERY_DAYS);
        return force ? deleteNow(id) : deleteLater(store.find(id), days);
    }

    /** Deletes a secret at once. A missing or already marked secret is not an error. */
    private JsonNode deleteNow(String id) {
        Optional<Secret> secret = store.tryFind(id);
        secret.ifPresent(store::remove);
        ObjectNode response = secret.map(SecretNodes::identity)
                .orElseGet(
                        () -> AwsOutput.object().put("ARN", store.arnTextOf(id)).put("Name", id));
        SecretNodes.putTime(response, "DeletionDate", store.now());
        return response;
    }

    private JsonNode deleteLater(Secret secret, int days) {
        if (secret.deletionDate != null) {
            throw SecretErrors.invalidRequest(
                    "You tried to perform the operation on a secret that's currently marked deleted.");
        }
        Instant now = store.now();
        secret.deletedAt = now;
        secret.deletionDate = now.plus(Duration.ofDays(days));
        ObjectNode response = SecretNodes.identity(secret);
        SecretNodes.putTime(response, "DeletionDate", secret.deletionDate);
        return response;
    }

    JsonNode restoreSecret(AwsInput input) {
        Secret secret = store.find(SecretInput.secretId(input));
        secret.deletionDate = null;
        secret.deletedAt = null;
        return SecretNodes.identity(secret);
    }

    JsonNode tagResource(AwsInput input) {
        store.findLive(SecretInput.secretId(input)).tags.putAll(SecretInput.tags(input));
        return AwsOutput.object();
    }

    JsonNode untagResource(AwsInput input) {
        store.findLive(SecretInput.secretId(input)).tags.keySet().removeAll(List.copyOf(input.strings("TagKeys")));
        return AwsOutput.object();
    }
}
