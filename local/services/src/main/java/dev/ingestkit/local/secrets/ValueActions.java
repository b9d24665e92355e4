package dev.ingestkit.local.secrets;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.protocol.AwsInput;
import dev.ingestkit.local.protocol.AwsOutput;
import dev.ingestkit.local.protocol.ServiceException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The actions on a secret's versions and values. Not thread-safe: {@link SecretsService} guards it. */
final class ValueActions {

    private static final int MAX_LABELS = 20;

    private final SecretStore store;

    ValueActions(SecretStore store) {
        this.store = requireNonNull(store, "store");
    }

    JsonNode getSecretValue(AwsInput input) {
        return value(SecretInput.secretId(input), input.string("VersionId"), input.string("VersionStage"));
    }

    private ObjectNode value(String secretId, Optional<String> versionId, Optional<String> label) {
        Secret secret = store.findLive(secretId);
        Secret.Version version = version(secret, versionId, label);
        SecretValue value = version.value();
        if (value == null) {
            throw valueNotFound("VersionId: " + version.id());
        }
        secret.accessed(version.id(), store.now());
        return SecretNodes.value(secret, version, value);
    }

    private static Secret.Version version(Secret secret, Optional<String> versionId, Optional<String> label) {
        if (versionId.isEmpty()) {
            String wanted = label.orElse(Secret.CURRENT);
            return secret.withLabel(wanted).orElseThrow(() -> valueNotFound("staging label: " + wanted));
        }
        Secret.Version version =
                secret.version(versionId.get()).orElseThrow(() -> valueNotFound("VersionId: " + versionId.get()));
        if (label.isPresent() && !secret.labels(version.id()).contains(label.get())) {
            throw SecretErrors.invalidRequest(
                    "You provided a VersionStage that is not associated to the provided VersionId.");
        }
        return version;
    }

    private static ServiceException valueNotFound(String by) {
        return SecretErrors.notFound("Secrets Manager can't find the specified secret value for " + by);
    }

    JsonNode batchGetSecretValue(AwsInput input) {
        List<String> ids = input.strings("SecretIdList");
        List<AwsInput> filters = input.objects("Filters");
        if (ids.isEmpty() == filters.isEmpty()) {
            throw SecretErrors.invalidParameter("Either 'SecretIdList' or 'Filters' must be provided, but not both.");
        }
        if (filters.isEmpty() && input.has("MaxResults")) {
            throw SecretErrors.invalidParameter(
                    "'Filters' not specified. 'Filters' must also be specified when 'MaxResults' is provided.");
        }
        if (ids.size() > 20) {
            throw SecretErrors.invalidParameter("SecretIdList can have at most 20 ids, found " + ids.size() + ".");
        }
        ObjectNode response = AwsOutput.object();
        if (ids.isEmpty()) {
            int limit = SecretInput.number(input, "MaxResults", 1, 20, 20);
            SecretFilters wanted = SecretFilters.of(filters);
            List<Secret> matching = store.all().stream()
                    .filter(secret -> secret.deletionDate == null && wanted.accept(secret))
                    .toList();
            Page<Secret> page = Page.of(matching, limit, input.string("NextToken"));
            ids = page.items().stream().map(secret -> secret.arn.toString()).toList();
            page.next().ifPresent(token -> response.put("NextToken", token));
        }
        ArrayNode values = response.putArray("SecretValues");
        ArrayNode errors = response.putArray("Errors");
        for (String id : ids) {
            addValue(id, values, errors);
        }
        return response;
    }

    private void addValue(String id, ArrayNode values, ArrayNode errors) {
        try {
            values.add(value(id, Optional.empty(), Optional.empty()));
        } catch (ServiceException failure) {
            errors.addObject()
                    .put("SecretId", id)
                    .put("ErrorCode", failure.code())
                    .put("Message", failure.text());
        }
    }

    JsonNode putSecretValue(AwsInput input) {
        Secret secret = store.findLive(SecretInput.secretId(input));
        SecretValue value = SecretInput.value(input)
                .orElseThrow(
                        () -> SecretErrors.invalidRequest("You must provide either SecretString or SecretBinary."));
        List<String> labels = input.strings("VersionStages");
        if (labels.size() > MAX_LABELS) {
            throw SecretErrors.invalidParameter("A version can have at most " + MAX_LABELS + " staging labels.");
        }
        String id = SecretInput.token(input).orElseGet(store::newToken);
        Secret.Version version = addVersion(secret, id, value, labels.isEmpty() ? List.of(Secret.CURRENT) : labels);
        ObjectNode response = SecretNodes.identity(secret).put("VersionId", version.id());
        SecretNodes.labels(response.putArray("VersionStages"), secret, version);
        return response;
    }

    /**
     * Adds a version. The same token with the same value changes nothing, so that a client can repeat a call whose
     * response it missed; with another value it is rejected.
     */
    Secret.Version addVersion(Secret secret, String id, SecretValue value, List<String> labels) {
        Optional<Secret.Version> known = secret.version(id);
        if (known.isPresent() && known.get().value() != null) {
            if (known.get().value().sameAs(value)) {
                return known.get();
            }
            throw SecretErrors.exists(
                    "You can't use ClientRequestToken %s because that value is already in use for a".formatted(id)
                            + " version of secret " + secret.arn + ".");
        }
        Instant now = store.now();
        boolean first = secret.versions().isEmpty();
        Secret.Version version = new Secret.Version(id, value, now);
        secret.put(version, now);
        if (labels.contains(Secret.CURRENT)) {
            endPending(secret, id, now);
        }
        labels.forEach(label -> secret.label(label, id, now));
        if (first) {
            secret.label(Secret.CURRENT, id, now);
        }
        return version;
    }

    /** Takes AWSPENDING from a version that loses AWSCURRENT to a new value: its rotation is over. */
    private static void endPending(Secret secret, String newCurrent, Instant now) {
        Optional<String> current = secret.withLabel(Secret.CURRENT).map(Secret.Version::id);
        if (current.isPresent()
                && !current.get().equals(newCurrent)
                && secret.labels(current.get()).contains(Secret.PENDING)) {
            secret.unlabel(Secret.PENDING, now);
        }
    }

    JsonNode listSecretVersionIds(AwsInput input) {
        Secret secret = store.find(SecretInput.secretId(input));
        boolean deprecated = input.bool("IncludeDeprecated").orElse(false);
        int limit = SecretInput.number(input, "MaxResults", 1, 100, 100);
        List<Secret.Version> versions = secret.versions().stream()
                .filter(version -> deprecated || !secret.labels(version.id()).isEmpty())
                .toList();
        Page<Secret.Version> page = Page.of(versions, limit, input.string("NextToken"));
        ObjectNode response = SecretNodes.identity(secret);
        ArrayNode entries = response.putArray("Versions");
        page.items().forEach(version -> entries.add(SecretNodes.version(secret, version)));
        page.next().ifPresent(token -> response.put("NextToken", token));
        return response;
    }

    JsonNode updateSecretVersionStage(AwsInput input) {
        Secret secret = store.findLive(SecretInput.secretId(input));
        String label = SecretInput.required(input, "VersionStage");
        Optional<String> from = input.string("RemoveFromVersionId");
        Optional<String> to = input.string("MoveToVersionId");
        Optional<String> holder = secret.withLabel(label).map(Secret.Version::id);
        if (to.isPresent() && secret.version(to.get()).isEmpty()) {
            throw valueNotFound("VersionId: " + to.get());
        }
        if (from.isPresent() && !from.equals(holder)) {
            throw SecretErrors.invalidParameter(
                    "The parameter RemoveFromVersionId is invalid: staging label %s is not".formatted(label)
                            + " attached to version " + from.get() + ".");
        }
        if (from.isEmpty() && to.isEmpty()) {
            throw SecretErrors.invalidParameter("RemoveFromVersionId and MoveToVersionId can't both be empty.");
        }
        if (to.isPresent() && from.isEmpty() && holder.isPresent() && !holder.equals(to)) {
            throw SecretErrors.invalidParameter(("The parameter RemoveFromVersionId can't be empty. Staging label %s is"
                            + " currently attached to version %s, so you must explicitly reference that version in"
                            + " RemoveFromVersionId.")
                    .formatted(label, holder.get()));
        }
        if (to.isPresent()) {
            secret.label(label, to.get(), store.now());
        } else if (label.equals(Secret.CURRENT)) {
            throw SecretErrors.invalidParameter(
                    "You can't remove the staging label AWSCURRENT; move it to another version by MoveToVersionId.");
        } else {
            secret.unlabel(label, store.now());
        }
        return SecretNodes.identity(secret);
    }
}
