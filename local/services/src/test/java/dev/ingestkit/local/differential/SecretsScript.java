package dev.ingestkit.local.differential;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.Filter;
import software.amazon.awssdk.services.secretsmanager.model.FilterNameStringType;
import software.amazon.awssdk.services.secretsmanager.model.Tag;

/**
 * Calls that any Secrets Manager must answer alike. The notes leave out what may differ: ARN endings, times, error
 * texts. A note begins with its label.
 */
final class SecretsScript {

    private static final String ONE = "11111111-1111-4111-8111-111111111111";
    private static final String TWO = "22222222-2222-4222-8222-222222222222";
    private static final String THREE = "33333333-3333-4333-8333-333333333333";

    private final SecretsManagerClient client;
    private final String name;
    private final List<String> notes = new ArrayList<>();

    /**
     * @param name an unused name
     */
    SecretsScript(SecretsManagerClient client, String name) {
        this.client = client;
        this.name = name;
    }

    List<String> run() {
        created();
        versions();
        settings();
        others();
        deleted();
        rejections();
        return notes;
    }

    private void note(String label, Object value) {
        notes.add(label + ": " + value);
    }

    private void error(String label, Supplier<Object> call) {
        try {
            note(label, "no error " + call.get());
        } catch (AwsServiceException rejected) {
            note(label, rejected.statusCode() + " " + Endpoint.code(rejected));
        }
    }

    private String value() {
        return client.getSecretValue(get -> get.secretId(name)).secretString();
    }

    private String stages() {
        var stages = new TreeMap<String, List<String>>();
        client.describeSecret(describe -> describe.secretId(name))
                .versionIdsToStages()
                .forEach((version, labels) ->
                        stages.put(version, labels.stream().sorted().toList()));
        return stages.toString();
    }

    private void created() {
        var created = client.createSecret(
                create -> create.name(name).clientRequestToken(ONE).secretString("one"));
        note("created", created.name() + " " + created.versionId());
        note("arn", created.arn().replaceFirst("-[A-Za-z0-9]{6}$", ""));
        note("value", value());
        note(
                "by partial arn",
                client.getSecretValue(get -> get.secretId(
                                created.arn().substring(0, created.arn().length() - 7)))
                        .secretString());
        error(
                "repeated",
                () -> client.createSecret(create ->
                                create.name(name).clientRequestToken(ONE).secretString("one"))
                        .versionId());
        error(
                "the name is taken",
                () -> client.createSecret(create -> create.name(name).secretString("other")));
    }

    private void versions() {
        var put = client.putSecretValue(
                put2 -> put2.secretId(name).clientRequestToken(TWO).secretString("two"));
        note("put", put.versionId() + " " + put.versionStages());
        note("stages", stages());
        note(
                "previous",
                client.getSecretValue(get -> get.secretId(name).versionStage("AWSPREVIOUS"))
                        .secretString());
        note(
                "put again",
                client.putSecretValue(again ->
                                again.secretId(name).clientRequestToken(TWO).secretString("two"))
                        .versionId());
        error(
                "a token with another value",
                () -> client.putSecretValue(
                        other -> other.secretId(name).clientRequestToken(TWO).secretString("not two")));
        client.putSecretValue(pending -> pending.secretId(name)
                .clientRequestToken(THREE)
                .secretString("three")
                .versionStages("AWSPENDING"));
        note("pending", stages());
        client.updateSecretVersionStage(update -> update.secretId(name)
                .versionStage("AWSCURRENT")
                .moveToVersionId(THREE)
                .removeFromVersionId(TWO));
        note("moved", stages());
        error(
                "a label moved from where it is not",
                () -> client.updateSecretVersionStage(update -> update.secretId(name)
                        .versionStage("AWSCURRENT")
                        .moveToVersionId(TWO)
                        .removeFromVersionId(ONE)));
        note(
                "version ids",
                client.listSecretVersionIds(list -> list.secretId(name).includeDeprecated(true)).versions().stream()
                        .map(version -> version.versionId())
                        .sorted()
                        .toList());
    }

    private void settings() {
        client.updateSecret(update -> update.secretId(name).description("described"));
        client.tagResource(tag -> tag.secretId(name)
                .tags(
                        Tag.builder().key("a").value("1").build(),
                        Tag.builder().key("b").value("2").build()));
        client.untagResource(untag -> untag.secretId(name).tagKeys("a"));
        var description = client.describeSecret(describe -> describe.secretId(name));
        note(
                "described",
                description.description() + " "
                        + description.tags().stream()
                                .map(tag -> tag.key() + "=" + tag.value())
                                .toList());
        String policy = "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Deny\",\"Principal\":\"*\","
                + "\"Action\":\"secretsmanager:DeleteSecret\",\"Resource\":\"*\"}]}";
        client.putResourcePolicy(put -> put.secretId(name).resourcePolicy(policy));
        note("policy", client.getResourcePolicy(get -> get.secretId(name)).resourcePolicy());
        client.deleteResourcePolicy(delete -> delete.secretId(name));
        note("no policy", client.getResourcePolicy(get -> get.secretId(name)).resourcePolicy());
    }

    private void others() {
        note(
                "password",
                client.getRandomPassword(get ->
                                get.passwordLength(20L).excludePunctuation(true).excludeNumbers(true))
                        .randomPassword()
                        .matches("[A-Za-z]{20}"));
        client.createSecret(
                create -> create.name(name + "-binary").secretBinary(SdkBytes.fromByteArray(new byte[] {0, -1, 7})));
        note(
                "binary",
                client.getSecretValue(get -> get.secretId(name + "-binary")).secretBinary());
        var batch = client.batchGetSecretValue(get -> get.secretIdList(name, name + "-none"));
        note(
                "batch",
                batch.secretValues().stream()
                                .map(each -> each.secretString())
                                .sorted(Comparator.naturalOrder())
                                .toList()
                        + " " + batch.errors().size());
        note(
                "listed",
                client
                        .listSecrets(list -> list.filters(Filter.builder()
                                .key(FilterNameStringType.NAME)
                                .values(name)
                                .build()))
                        .secretList()
                        .stream()
                        .map(each -> each.name())
                        .sorted()
                        .toList());
    }

    private void deleted() {
        client.deleteSecret(delete -> delete.secretId(name).recoveryWindowInDays(7L));
        error("a value of a deleted secret", this::value);
        error(
                "a deleted name taken again",
                () -> client.createSecret(create -> create.name(name).secretString("x")));
        client.restoreSecret(restore -> restore.secretId(name));
        note("restored", value());
        client.deleteSecret(delete -> delete.secretId(name).forceDeleteWithoutRecovery(true));
        client.deleteSecret(delete -> delete.secretId(name + "-binary").forceDeleteWithoutRecovery(true));
        error("a value that is gone", this::value);
    }

    private void rejections() {
        error("no such secret", () -> client.getSecretValue(get -> get.secretId(name + "-none")));
        error(
                "a recovery window of six days",
                () -> client.deleteSecret(
                        delete -> delete.secretId(name + "-none").recoveryWindowInDays(6L)));
        error(
                "a name with a space",
                () -> client.createSecret(create -> create.name("a b").secretString("x")));
        error(
                "no room for each type",
                () -> client.getRandomPassword(get -> get.passwordLength(2L).requireEachIncludedType(true)));
        error(
                "nothing to make a password of",
                () -> client.getRandomPassword(get -> get.excludeLowercase(true)
                        .excludeUppercase(true)
                        .excludeNumbers(true)
                        .excludePunctuation(true)));
    }
}
