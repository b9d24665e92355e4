package dev.ingestkit.local.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ingestkit.local.faults.FaultKind;
import dev.ingestkit.local.faults.Faults;
import dev.ingestkit.local.http.DroppedConnectionException;
import dev.ingestkit.local.protocol.ServiceException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SecretsServiceTest {

    private static final String TOKEN_1 = "11111111-1111-4111-8111-111111111111";
    private static final String TOKEN_2 = "22222222-2222-4222-8222-222222222222";
    private static final String TOKEN_3 = "33333333-3333-4333-8333-333333333333";

    private final SecretCalls secrets = new SecretCalls();

    @Test
    void secretsAreFoundByNameArnAndPartialArn() {
        String arn = text(secrets.call("CreateSecret", "{'Name':'a/b','SecretString':'s'}"), "ARN");
        assertThat(arn).matches("arn:aws:secretsmanager:us-east-1:000000000000:secret:a/b-[A-Za-z0-9]{6}");

        for (String id : List.of("a/b", arn, arn.substring(0, arn.length() - 7))) {
            assertThat(text(secrets.call("GetSecretValue", "{'SecretId':'%s'}".formatted(id)), "SecretString"))
                    .isEqualTo("s");
        }
        assertError("ResourceNotFoundException", "GetSecretValue", "{'SecretId':'%s'}".formatted(arn + "x"));
        assertError("ResourceNotFoundException", "GetSecretValue", "{'SecretId':'a'}");
        assertError(
                "ResourceNotFoundException",
                "GetSecretValue",
                "{'SecretId':'%sAAAAAA'}".formatted(arn.substring(0, arn.length() - 6)));
    }

    @Test
    void partialArnsThatLookWholeAreNotFound() {
        String arn = text(secrets.call("CreateSecret", "{'Name':'app/db-abcdef','SecretString':'s'}"), "ARN");

        assertError(
                "ResourceNotFoundException",
                "GetSecretValue",
                "{'SecretId':'%s'}".formatted(arn.substring(0, arn.length() - 7)));
        assertThat(text(secrets.call("GetSecretValue", "{'SecretId':'%s'}".formatted(arn)), "SecretString"))
                .isEqualTo("s");
    }

    @Test
    void everyActionChecksTheSecretsName() {
        assertError("ValidationException", "DeleteSecret", "{'SecretId':'bad name','ForceDeleteWithoutRecovery':true}");
        assertError("ValidationException", "DescribeSecret", "{'SecretId':'bad name'}");
    }

    @Test
    void newValuesEndAFinishedRotation() {
        secrets.call("CreateSecret", "{'Name':'s','SecretString':'one','ClientRequestToken':'%s'}".formatted(TOKEN_1));
        secrets.call(
                "PutSecretValue",
                "{'SecretId':'s','SecretString':'two','ClientRequestToken':'%s','VersionStages':['AWSPENDING']}"
                        .formatted(TOKEN_2));
        secrets.call(
                "UpdateSecretVersionStage",
                "{'SecretId':'s','VersionStage':'AWSCURRENT','MoveToVersionId':'%s','RemoveFromVersionId':'%s'}"
                        .formatted(TOKEN_2, TOKEN_1));
        secrets.call("PutSecretValue", "{'SecretId':'s','SecretString':'three'}");

        assertThat(secrets.call("DescribeSecret", "{'SecretId':'s'}").at("/VersionIdsToStages/" + TOKEN_2))
                .hasToString("[\"AWSPREVIOUS\"]");
    }

    @Test
    void membersWithoutAValueAreLeftOut() {
        secrets.call("CreateSecret", "{'Name':'s','SecretString':'one','Description':''}");
        secrets.call("GetSecretValue", "{'SecretId':'s'}");
        JsonNode description = secrets.call("DescribeSecret", "{'SecretId':'s'}");
        JsonNode version =
                secrets.call("ListSecretVersionIds", "{'SecretId':'s'}").at("/Versions/0");

        assertThat(description.has("Tags")).isFalse();
        assertThat(description.has("Description")).isFalse();
        assertThat(version.path("KmsKeyIds").path(0).asText()).isEqualTo("DefaultEncryptionKey");
        assertThat(version.has("LastAccessedDate")).isTrue();
    }

    @Test
    void newVersionsMoveTheCurrentLabel() {
        secrets.call("CreateSecret", "{'Name':'s','SecretString':'one','ClientRequestToken':'%s'}".formatted(TOKEN_1));
        put(TOKEN_2, "two");
        put(TOKEN_3, "three");

        assertThat(value("")).isEqualTo("three");
        assertThat(value(",'VersionStage':'AWSPREVIOUS'")).isEqualTo("two");
        assertThat(value(",'VersionId':'%s'".formatted(TOKEN_1))).isEqualTo("one");
        assertThat(secrets.call("DescribeSecret", "{'SecretId':'s'}").path("VersionIdsToStages"))
                .isEqualTo(json("{'%s':['AWSPREVIOUS'],'%s':['AWSCURRENT']}".formatted(TOKEN_2, TOKEN_3)));
        assertThat(versionIds("")).containsExactly(TOKEN_2, TOKEN_3);
        assertThat(versionIds(",'IncludeDeprecated':true")).containsExactly(TOKEN_1, TOKEN_2, TOKEN_3);
        assertError(
                "InvalidRequestException",
                "GetSecretValue",
                "{'SecretId':'s','VersionId':'%s','VersionStage':'AWSCURRENT'}".formatted(TOKEN_1));
    }

    @Test
    void repeatedTokensChangeNothingAndNeedTheSameValue() {
        String create = "{'Name':'s','SecretString':'one','ClientRequestToken':'%s'}".formatted(TOKEN_1);
        JsonNode first = secrets.call("CreateSecret", create);
        assertThat(secrets.call("CreateSecret", create)).isEqualTo(first);
        assertError("ResourceExistsException", "CreateSecret", create.replace("one", "other"));
        assertError("ResourceExistsException", "CreateSecret", "{'Name':'s','SecretString':'one'}");

        put(TOKEN_2, "two");
        put(TOKEN_3, "three");
        put(TOKEN_2, "two");
        assertThat(value("")).as("the repeated call moved no label").isEqualTo("three");
        assertError(
                "ResourceExistsException",
                "PutSecretValue",
                "{'SecretId':'s','SecretString':'x','ClientRequestToken':'%s'}".formatted(TOKEN_2));
    }

    @Test
    void secretsWithoutAValueHaveNoVersion() {
        JsonNode created = secrets.call("CreateSecret", "{'Name':'empty'}");

        assertThat(created.has("VersionId")).isFalse();
        assertError("ResourceNotFoundException", "GetSecretValue", "{'SecretId':'empty'}");
    }

    @Test
    void binaryValuesAreReturnedUnchanged() throws Exception {
        secrets.call("CreateSecret", "{'Name':'b','SecretBinary':'AAECAw=='}");

        assertThat(secrets.call("GetSecretValue", "{'SecretId':'b'}")
                        .path("SecretBinary")
                        .binaryValue())
                .containsExactly(0, 1, 2, 3);
    }

    @Test
    void valuesHaveAtMost65536Bytes() {
        String longest = "é".repeat(32_768);
        secrets.call("CreateSecret", "{'Name':'large','SecretString':'%s'}".formatted(longest));
        assertError("ValidationException", "CreateSecret", "{'Name':'more','SecretString':'%sx'}".formatted(longest));
        assertError("ValidationException", "CreateSecret", "{'Name':'none','SecretString':''}");
        assertError(
                "InvalidParameterException",
                "CreateSecret",
                "{'Name':'both','SecretString':'a','SecretBinary':'AA=='}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "with space", "colon:", "ümlaut", "quote*"})
    void invalidNamesAreRejected(String name) {
        assertError("ValidationException", "CreateSecret", "{'Name':'%s'}".formatted(name));
    }

    @Test
    void deletedSecretsCanBeRestoredWithinTheirWindow() {
        secrets.call("CreateSecret", "{'Name':'s','SecretString':'one'}");
        secrets.call("DeleteSecret", "{'SecretId':'s','RecoveryWindowInDays':7}");

        assertError("InvalidRequestException", "GetSecretValue", "{'SecretId':'s'}");
        assertError("InvalidRequestException", "CreateSecret", "{'Name':'s'}");
        assertError("InvalidRequestException", "DeleteSecret", "{'SecretId':'s'}");
        assertThat(secrets.call("DescribeSecret", "{'SecretId':'s'}").has("DeletedDate"))
                .isTrue();
        assertThat(names("{}")).isEmpty();
        assertThat(names("{'IncludePlannedDeletion':true}")).containsExactly("s");

        secrets.call("RestoreSecret", "{'SecretId':'s'}");
        assertThat(value("")).isEqualTo("one");

        secrets.call("DeleteSecret", "{'SecretId':'s','RecoveryWindowInDays':7}");
        secrets.clock.advance(Duration.ofDays(7));
        assertError("ResourceNotFoundException", "RestoreSecret", "{'SecretId':'s'}");
    }

    @Test
    void forcedDeletionIsImmediateAndIdempotent() {
        secrets.call("CreateSecret", "{'Name':'s','SecretString':'one'}");
        secrets.call("DeleteSecret", "{'SecretId':'s','ForceDeleteWithoutRecovery':true}");
        secrets.call("DeleteSecret", "{'SecretId':'s','ForceDeleteWithoutRecovery':true}");

        assertError("ResourceNotFoundException", "DescribeSecret", "{'SecretId':'s'}");
        assertError("InvalidParameterException", "DeleteSecret", "{'SecretId':'s','RecoveryWindowInDays':6}");
        assertError(
                "InvalidParameterException",
                "DeleteSecret",
                "{'SecretId':'s','RecoveryWindowInDays':7,'ForceDeleteWithoutRecovery':true}");
        secrets.call("CreateSecret", "{'Name':'s'}");
    }

    @Test
    void labelsMoveOnlyFromTheNamedVersion() {
        secrets.call("CreateSecret", "{'Name':'s','SecretString':'one','ClientRequestToken':'%s'}".formatted(TOKEN_1));
        secrets.call(
                "PutSecretValue",
                "{'SecretId':'s','SecretString':'two','ClientRequestToken':'%s','VersionStages':['NEXT']}"
                        .formatted(TOKEN_2));
        String move = "{'SecretId':'s','VersionStage':'AWSCURRENT','MoveToVersionId':'%s'".formatted(TOKEN_2);

        assertError("InvalidParameterException", "UpdateSecretVersionStage", move + "}");
        assertError(
                "InvalidParameterException",
                "UpdateSecretVersionStage",
                move + ",'RemoveFromVersionId':'%s'}".formatted(TOKEN_2));
        secrets.call("UpdateSecretVersionStage", move + ",'RemoveFromVersionId':'%s'}".formatted(TOKEN_1));
        assertThat(value("")).isEqualTo("two");
        assertThat(value(",'VersionStage':'AWSPREVIOUS'")).isEqualTo("one");
        assertError(
                "InvalidParameterException",
                "UpdateSecretVersionStage",
                "{'SecretId':'s','VersionStage':'AWSCURRENT','RemoveFromVersionId':'%s'}".formatted(TOKEN_2));
    }

    @Test
    void updatesChangeSettingsAndAddAVersionForAValue() {
        secrets.call("CreateSecret", "{'Name':'s','SecretString':'one','Description':'first'}");
        assertThat(secrets.call("UpdateSecret", "{'SecretId':'s','Description':'second'}")
                        .has("VersionId"))
                .isFalse();
        assertThat(secrets.call("UpdateSecret", "{'SecretId':'s','SecretString':'two'}")
                        .has("VersionId"))
                .isTrue();

        assertThat(value("")).isEqualTo("two");
        assertThat(text(secrets.call("DescribeSecret", "{'SecretId':'s'}"), "Description"))
                .isEqualTo("second");
    }

    @Test
    void listsAreFilteredSortedAndPaged() {
        for (String name : List.of("app/b", "app/a", "other")) {
            secrets.call(
                    "CreateSecret",
                    "{'Name':'%s','SecretString':'x','Description':'the %s secret','Tags':[{'Key':'team','Value':'%s'}]}"
                            .formatted(name, name, name));
            secrets.clock.advance(Duration.ofSeconds(1));
        }

        assertThat(names("{}")).containsExactly("other", "app/a", "app/b");
        assertThat(names("{'SortOrder':'asc'}")).containsExactly("app/b", "app/a", "other");
        assertThat(names("{'SortBy':'name','SortOrder':'asc'}")).containsExactly("app/a", "app/b", "other");
        assertThat(names("{'Filters':[{'Key':'name','Values':['app/']}]}")).containsExactly("app/a", "app/b");
        assertThat(names("{'Filters':[{'Key':'name','Values':['!app/']}]}")).containsExactly("other");
        assertThat(names("{'Filters':[{'Key':'tag-value','Values':['other','app/a']}]}"))
                .containsExactly("other", "app/a");
        assertThat(names("{'Filters':[{'Key':'description','Values':['OTH']}]}"))
                .containsExactly("other");
        assertThat(names("{'Filters':[{'Key':'all','Values':['secret b']}]}")).containsExactly("app/b");

        JsonNode page = secrets.call("ListSecrets", "{'MaxResults':2}");
        assertThat(page.path("SecretList")).hasSize(2);
        assertThat(names("{'MaxResults':2,'NextToken':'%s'}".formatted(text(page, "NextToken"))))
                .containsExactly("app/b");
        assertError("InvalidNextTokenException", "ListSecrets", "{'NextToken':'nonsense'}");
    }

    @Test
    void batchesReturnValuesAndErrors() {
        secrets.call("CreateSecret", "{'Name':'a','SecretString':'1'}");
        secrets.call("CreateSecret", "{'Name':'b','SecretString':'2'}");

        JsonNode response = secrets.call("BatchGetSecretValue", "{'SecretIdList':['a','nowhere','b']}");

        assertThat(response.path("SecretValues"))
                .extracting(value -> text(value, "SecretString"))
                .containsExactly("1", "2");
        assertThat(response.path("Errors"))
                .singleElement()
                .satisfies(error -> assertThat(text(error, "ErrorCode")).isEqualTo("ResourceNotFoundException"));
        assertThat(secrets.call("BatchGetSecretValue", "{'Filters':[{'Key':'name','Values':['b']}]}")
                        .path("SecretValues"))
                .hasSize(1);
        assertError("InvalidParameterException", "BatchGetSecretValue", "{}");
        assertError("InvalidParameterException", "BatchGetSecretValue", "{'SecretIdList':['a'],'MaxResults':1}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    GetSecretValue    | VersionId   | 1 | length greater than or equal to 32
                    GetSecretValue    | VersionId   | 65 | length less than or equal to 64
                    GetSecretValue    | VersionStage | 257 | length less than or equal to 256
                    UpdateSecret      | Description | 2049 | length less than or equal to 2048
                    PutResourcePolicy | ResourcePolicy | 20481 | length less than or equal to 20480
                    ListSecrets       | SortOrder   | 1 | enum value set: [asc, desc]
                    """)
    void membersOutsideTheModelsConstraintsAreRejected(String action, String member, int length, String constraint) {
        secrets.call("CreateSecret", "{'Name':'s','SecretString':'1'}");

        assertThatExceptionOfType(ServiceException.class)
                .isThrownBy(() ->
                        secrets.call(action, "{'SecretId':'s','%s':'%s'}".formatted(member, "x".repeat(length))))
                .withMessageContaining("1 validation error detected: Value '")
                .withMessageContaining("failed to satisfy constraint: Member must")
                .withMessageContaining(constraint);
    }

    @Test
    void policiesAreStored() {
        secrets.call("CreateSecret", "{'Name':'s'}");

        secrets.call(
                "PutResourcePolicy", "{'SecretId':'s','ResourcePolicy':'{\\'Statement\\':[]}'}".replace("\\'", "\\\""));
        assertThat(text(secrets.call("GetResourcePolicy", "{'SecretId':'s'}"), "ResourcePolicy"))
                .isEqualTo("{\"Statement\":[]}");
        assertError("MalformedPolicyDocumentException", "PutResourcePolicy", "{'SecretId':'s','ResourcePolicy':'x'}");
        secrets.call("DeleteResourcePolicy", "{'SecretId':'s'}");
        assertThat(secrets.call("GetResourcePolicy", "{'SecretId':'s'}").has("ResourcePolicy"))
                .isFalse();
    }

    @Test
    void everyKindOfFaultHasItsEffect() {
        FaultKind[] next = new FaultKind[1];
        SecretCalls faulty = new SecretCalls(
                (stage, target) -> Optional.ofNullable(next[0]).map(kind -> new Faults.Fault(kind, Duration.ZERO)),
                (function, payload) -> new CompletableFuture<>());
        faulty.call("CreateSecret", "{'Name':'s','SecretString':'one'}");

        next[0] = FaultKind.THROTTLE;
        assertThatExceptionOfType(ServiceException.class)
                .isThrownBy(() -> faulty.call("GetSecretValue", "{'SecretId':'s'}"))
                .satisfies(error -> assertThat(error.code()).isEqualTo("ThrottlingException"));
        next[0] = FaultKind.ERROR;
        assertThatExceptionOfType(ServiceException.class)
                .isThrownBy(() -> faulty.call("GetSecretValue", "{'SecretId':'s'}"))
                .satisfies(error -> assertThat(error.status()).isEqualTo(500));
        next[0] = FaultKind.TIMEOUT;
        assertThat(faulty.service.handle(SecretCalls.request("GetSecretValue", "{'SecretId':'s'}")))
                .isNotCompleted();
        next[0] = FaultKind.DROP;
        assertThat(faulty.service.handle(SecretCalls.request("UpdateSecret", "{'SecretId':'s','SecretString':'two'}")))
                .failsWithin(Duration.ofSeconds(5))
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(DroppedConnectionException.class);
        next[0] = FaultKind.DELAY;
        assertThat(text(faulty.call("GetSecretValue", "{'SecretId':'s'}"), "SecretString"))
                .as("the dropped call was executed")
                .isEqualTo("two");
    }

    private void put(String token, String value) {
        secrets.call(
                "PutSecretValue",
                "{'SecretId':'s','SecretString':'%s','ClientRequestToken':'%s'}".formatted(value, token));
    }

    private String value(String more) {
        return text(secrets.call("GetSecretValue", "{'SecretId':'s'" + more + "}"), "SecretString");
    }

    private List<String> versionIds(String more) {
        List<String> ids = new ArrayList<>();
        secrets.call("ListSecretVersionIds", "{'SecretId':'s'" + more + "}")
                .path("Versions")
                .forEach(version -> ids.add(text(version, "VersionId")));
        return ids;
    }

    private List<String> names(String input) {
        List<String> names = new ArrayList<>();
        secrets.call("ListSecrets", input).path("SecretList").forEach(secret -> names.add(text(secret, "Name")));
        return names;
    }

    private void assertError(String code, String action, String input) {
        assertThatExceptionOfType(ServiceException.class)
                .isThrownBy(() -> secrets.call(action, input))
                .satisfies(error -> assertThat(error.code()).isEqualTo(code));
    }

    private static String text(JsonNode node, String member) {
        return node.path(member).asText();
    }

    private static JsonNode json(String text) {
        try {
            return SecretCalls.JSON.readTree(text.replace('\'', '"'));
        } catch (IOException notJson) {
            throw new UncheckedIOException(text, notJson);
        }
    }
}
