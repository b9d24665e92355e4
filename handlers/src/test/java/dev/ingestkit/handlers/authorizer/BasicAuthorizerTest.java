package dev.ingestkit.handlers.authorizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.handlers.authorizer.FakeSecretsManager.Failure;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BasicAuthorizerTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Instant START = Instant.parse("2026-11-01T10:00:00Z");
    private static final Instant LONG_AGO = START.minus(Duration.ofDays(30));
    private static final Failure DOWN = new Failure(500, "{\"__type\":\"InternalServiceError\",\"Message\":\"down\"}");
    private static final String METHOD_ARN =
            "arn:aws:execute-api:us-east-1:123456789012:abcdef1234/prod/POST/submit/event:1";

    private final MutableClock clock = new MutableClock(START);
    private final FakeContext context = new FakeContext();
    private FakeSecretsManager secrets;
    private BasicAuthorizer authorizer;

    @BeforeEach
    void start() throws IOException {
        secrets = new FakeSecretsManager();
        secrets.put("AWSCURRENT", "writer", "s3cret:with:colons", LONG_AGO);
        authorizer = new BasicAuthorizer(environment(secrets.endpoint()), clock);
    }

    @AfterEach
    void stop() {
        secrets.close();
    }

    @Test
    void rightCredentialsAllowEverySubmissionToTheStage() throws IOException {
        JsonNode policy = authorize(authorizer, event(basic("writer", "s3cret:with:colons")));

        assertThat(policy).isEqualTo(JSON.readTree("""
                {"principalId": "writer",
                 "policyDocument": {"Version": "2012-10-17", "Statement": [{
                   "Action": "execute-api:Invoke",
                   "Effect": "Allow",
                   "Resource": "arn:aws:execute-api:us-east-1:123456789012:abcdef1234/prod/POST/submit/*"}]},
                 "context": {"realm": "submit"}}"""));
    }

    @Test
    void userNameAndPasswordMayHoldAnyUnicodeText() throws IOException {
        secrets.put("AWSCURRENT", "jürgen \"𝄞\"", "pässwörd €", LONG_AGO);

        assertThat(authorize(authorizer, event(basic("jürgen \"𝄞\"", "pässwörd €")))
                        .path("principalId")
                        .textValue())
                .isEqualTo("jürgen \"𝄞\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"authorization", "AUTHORIZATION", "Authorization", "aUTHORIZATION"})
    void headerNameHasAnyLetterCase(String name) throws IOException {
        ObjectNode event = event();
        addHeader(event, name, List.of(basic("writer", "s3cret:with:colons")));

        assertThat(authorize(authorizer, event).path("principalId").textValue()).isEqualTo("writer");
    }

    @Test
    void eventWithSingleValueHeadersOnlyIsRead() throws IOException {
        ObjectNode event = event();
        event.withObject("headers").put("authorization", basic("writer", "s3cret:with:colons"));
        event.putNull("multiValueHeaders");

        assertThat(authorize(authorizer, event).path("principalId").textValue()).isEqualTo("writer");
    }

    @Test
    void missingHeaderIsUnauthorizedWithoutACallToSecretsManager() {
        assertUnauthorized(event());
        assertThat(secrets.calls()).isEmpty();
    }

    @Test
    void twoHeadersAreUnauthorizedEvenIfBothAreRight() {
        String right = basic("writer", "s3cret:with:colons");
        ObjectNode twoValues = event();
        addHeader(twoValues, "Authorization", List.of(right, right));
        ObjectNode twoSpellings = event();
        addHeader(twoSpellings, "Authorization", List.of(right));
        addHeader(twoSpellings, "authorization", List.of(right));

        assertUnauthorized(twoValues);
        assertUnauthorized(twoSpellings);
        assertThat(secrets.calls()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Basic",
                "Basic !!!!",
                "Basic d3JpdGVy",
                "Bearer d3JpdGVyOnMzY3JldA==",
                "Basic d3JpdGVyOnMzY3JldA==, Basic d3JpdGVyOnMzY3JldA==",
                "Basic d3JpdGVyOgA="
            })
    void malformedHeaderIsUnauthorizedWithoutACallToSecretsManager(String value) {
        assertUnauthorized(event(value));
        assertThat(secrets.calls()).isEmpty();
    }

    @Test
    void wrongUserOrPasswordIsUnauthorized() {
        assertUnauthorized(event(basic("reader", "s3cret:with:colons")));
        assertUnauthorized(event(basic("writer", "s3cret")));
        assertUnauthorized(event(basic("Writer", "s3cret:with:colons")));
        assertUnauthorized(event(basic("writer:s3cret", "with:colons2")));
        assertUnauthorized(event(basic("", "")));
    }

    @Test
    void secretIsFetchedOncePerTimeToLive() throws IOException {
        for (int request = 0; request < 5; request++) {
            authorize(authorizer, event(basic("writer", "s3cret:with:colons")));
        }
        assertThat(secrets.calls()).hasSize(1);

        clock.advance(Duration.ofSeconds(299));
        authorize(authorizer, event(basic("writer", "s3cret:with:colons")));
        assertThat(secrets.calls()).hasSize(1);

        clock.advance(Duration.ofSeconds(1));
        authorize(authorizer, event(basic("writer", "s3cret:with:colons")));
        assertThat(secrets.calls()).hasSize(2);
    }

    @Test
    void wrongCredentialsCauseAtMostOneFetchPerRefreshInterval() throws IOException {
        authorize(authorizer, event(basic("writer", "s3cret:with:colons")));
        clock.advance(Duration.ofSeconds(10));
        for (int guess = 0; guess < 50; guess++) {
            assertUnauthorized(event(basic("writer", "guess" + guess)));
        }
        assertThat(secrets.calls()).hasSize(2);

        clock.advance(Duration.ofSeconds(10));
        assertUnauthorized(event(basic("writer", "guess")));
        assertThat(secrets.calls()).hasSize(3);
    }

    @Test
    void rotatedSecretIsAcceptedBeforeTheCacheExpires() throws IOException {
        authorize(authorizer, event(basic("writer", "s3cret:with:colons")));
        clock.advance(Duration.ofSeconds(11));
        secrets.rotate("writer", "fresh", clock.instant());

        assertThat(authorize(authorizer, event(basic("writer", "fresh")))
                        .path("principalId")
                        .textValue())
                .isEqualTo("writer");
    }

    @Test
    void previousSecretIsAcceptedWithinTheGraceTimeOnly() throws IOException {
        secrets.rotate("writer", "fresh", START);
        assertThat(authorize(authorizer, event(basic("writer", "s3cret:with:colons"))))
                .isNotNull();

        clock.advance(Duration.ofSeconds(3_599));
        assertThat(authorize(authorizer, event(basic("writer", "s3cret:with:colons"))))
                .isNotNull();

        clock.advance(Duration.ofSeconds(1));
        assertUnauthorized(event(basic("writer", "s3cret:with:colons")));
        assertThat(authorize(authorizer, event(basic("writer", "fresh")))).isNotNull();
    }

    @Test
    void graceTimeEndsForACachedPreviousSecretToo() throws IOException {
        secrets.rotate("writer", "fresh", START.minus(Duration.ofSeconds(3_590)));
        authorize(authorizer, event(basic("writer", "s3cret:with:colons")));

        clock.advance(Duration.ofSeconds(9));
        authorize(authorizer, event(basic("writer", "s3cret:with:colons")));
        clock.advance(Duration.ofSeconds(1));
        assertUnauthorized(event(basic("writer", "s3cret:with:colons")));
    }

    @Test
    void fieldsOfCurrentAndPreviousSecretDoNotMix() {
        secrets.put("AWSCURRENT", "old", "oldpass", LONG_AGO);
        secrets.rotate("new", "newpass", START);

        assertUnauthorized(event(basic("old", "newpass")));
        assertUnauthorized(event(basic("new", "oldpass")));
    }

    @Test
    void secretThatWasNeverRotatedHasNoPreviousOne() {
        secrets.put("AWSCURRENT", "writer", "s3cret", START);

        assertUnauthorized(event(basic("writer", "wrong")));
        assertThat(secrets.calls()).hasSize(2);
    }

    @Test
    void unreachableSecretIsAnErrorAndNeverAllows() {
        secrets.failAll(DOWN);

        assertThatExceptionOfType(SecretUnavailableException.class)
                .isThrownBy(() -> authorize(authorizer, event(basic("writer", "s3cret:with:colons"))))
                .withMessageContaining("500 InternalServiceError: down");
    }

    @Test
    void closedPortIsAnErrorThatNamesTheEndpoint() {
        secrets.close();

        assertThatExceptionOfType(SecretUnavailableException.class)
                .isThrownBy(() -> authorize(authorizer, event(basic("writer", "s3cret:with:colons"))))
                .withMessageContaining(secrets.endpoint())
                .withMessageContaining("does not answer");
    }

    @Test
    void oneFailedCallIsTriedAgain() throws IOException {
        secrets.failNext(DOWN);
        assertThat(authorize(authorizer, event(basic("writer", "s3cret:with:colons"))))
                .isNotNull();
        assertThat(secrets.calls()).hasSize(2);

        clock.advance(Duration.ofMinutes(5));
        secrets.failNext(new Failure(400, "{\"__type\":\"ThrottlingException\",\"message\":\"Rate exceeded\"}"));
        assertThat(authorize(authorizer, event(basic("writer", "s3cret:with:colons"))))
                .isNotNull();
        assertThat(secrets.calls()).hasSize(4);
    }

    @Test
    void refusedCallIsNotTriedAgain() {
        secrets.failAll(new Failure(400, "{\"__type\":\"AccessDeniedException\",\"Message\":\"not allowed\"}"));

        assertThatExceptionOfType(SecretUnavailableException.class)
                .isThrownBy(() -> authorize(authorizer, event(basic("writer", "s3cret:with:colons"))))
                .withMessageContaining("AccessDeniedException: not allowed");
        assertThat(secrets.calls()).hasSize(1);
    }

    @Test
    void staleSecretIsNotUsedWhenItCannotBeRefreshed() throws IOException {
        authorize(authorizer, event(basic("writer", "s3cret:with:colons")));
        secrets.failAll(DOWN);

        clock.advance(Duration.ofSeconds(299));
        authorize(authorizer, event(basic("writer", "s3cret:with:colons")));
        clock.advance(Duration.ofSeconds(1));
        assertThatExceptionOfType(SecretUnavailableException.class)
                .isThrownBy(() -> authorize(authorizer, event(basic("writer", "s3cret:with:colons"))));

        secrets.recover();
        assertThat(authorize(authorizer, event(basic("writer", "s3cret:with:colons"))))
                .isNotNull();
    }

    @Test
    void mismatchIsAnErrorWhileTheSecretCannotBeLookedAtAgain() throws IOException {
        authorize(authorizer, event(basic("writer", "s3cret:with:colons")));
        clock.advance(Duration.ofSeconds(10));
        secrets.failAll(DOWN);

        for (int request = 0; request < 3; request++) {
            assertThatExceptionOfType(SecretUnavailableException.class)
                    .isThrownBy(() -> authorize(authorizer, event(basic("writer", "maybe new"))));
        }
        assertThat(secrets.calls()).as("one fetch with its one retry").hasSize(3);
        assertThat(authorize(authorizer, event(basic("writer", "s3cret:with:colons"))))
                .as("what the cache knows still holds")
                .isNotNull();

        secrets.recover();
        clock.advance(Duration.ofSeconds(10));
        assertUnauthorized(event(basic("writer", "maybe new")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain text",
                "[]",
                "{\"username\":\"writer\"}",
                "{\"username\":\"writer\",\"password\":\"\"}",
                "{\"username\":\"wri:ter\",\"password\":\"x\"}",
                "{\"username\":1,\"password\":\"x\"}"
            })
    void secretInAnotherFormIsAnErrorThatDoesNotShowIt(String secret) {
        secrets.put("AWSCURRENT", secret, LONG_AGO);

        assertThatExceptionOfType(SecretUnavailableException.class)
                .isThrownBy(() -> authorize(authorizer, event(basic("writer", "x"))))
                .withMessageContaining("secret")
                .satisfies(error -> assertThat(error.getMessage()).doesNotContain(secret));
    }

    @Test
    void missingSecretIsAnErrorThatNamesIt() {
        secrets.remove("AWSCURRENT");

        assertThatExceptionOfType(SecretUnavailableException.class)
                .isThrownBy(() -> authorize(authorizer, event(basic("writer", "x"))))
                .withMessageContaining("ingest-kit/credentials");
    }

    @Test
    void neitherHeaderNorSecretReachesTheLog() {
        String wrong = basic("someone", "hunter2");

        assertUnauthorized(event(wrong));

        assertThat(context.log())
                .isEqualTo("Refused: wrong user name or password\n")
                .doesNotContain("hunter2")
                .doesNotContain(wrong);
    }

    @Test
    void eventWithoutAMethodArnIsAnErrorNotARefusal() {
        ObjectNode event = event(basic("writer", "s3cret:with:colons"));
        event.remove("methodArn");
        assertThatThrownBy(() -> authorize(authorizer, event))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("methodArn");

        event.put("methodArn", "arn:aws:lambda:us-east-1:123456789012:function:x");
        assertThatThrownBy(() -> authorize(authorizer, event)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void callIsSignedForTheSecretsRegionAndNamesTheStage() throws IOException {
        authorize(authorizer, event(basic("writer", "s3cret:with:colons")));

        FakeSecretsManager.Call call = secrets.calls().element();
        assertThat(call.method()).isEqualTo("POST");
        assertThat(call.header("X-amz-target")).isEqualTo("secretsmanager.GetSecretValue");
        assertThat(call.header("Content-type")).isEqualTo("application/x-amz-json-1.1");
        assertThat(call.header("X-amz-security-token")).isEqualTo("session");
        assertThat(call.header("Authorization"))
                .startsWith("AWS4-HMAC-SHA256 Credential=AKID/20261101/eu-central-1/secretsmanager/aws4_request, ")
                .contains("SignedHeaders=content-type;host;x-amz-date;x-amz-security-token;x-amz-target, ");
        assertThat(call.body().path("VersionStage").textValue()).isEqualTo("AWSCURRENT");
        assertThat(call.body().path("SecretId").textValue())
                .isEqualTo("arn:aws:secretsmanager:eu-central-1:123456789012:secret:ingest-kit/credentials-AbCdEf");
    }

    @Test
    void primedFunctionAnswersItsFirstRequestFromTheCache() throws IOException {
        authorizer.prime(false);
        secrets.failAll(DOWN);

        assertThat(authorize(authorizer, event(basic("writer", "s3cret:with:colons"))))
                .isNotNull();
    }

    @Test
    void snapshotHoldsNoSecret() {
        authorizer.prime(true);
        secrets.failAll(DOWN);

        assertThatExceptionOfType(SecretUnavailableException.class)
                .isThrownBy(() -> authorize(authorizer, event(basic("writer", "s3cret:with:colons"))));
    }

    @Test
    void primingThatFailsLeavesTheDecisionToTheFirstRequest() throws IOException {
        secrets.failAll(DOWN);
        authorizer.prime(false);
        secrets.recover();

        assertThat(authorize(authorizer, event(basic("writer", "s3cret:with:colons"))))
                .isNotNull();
    }

    private void assertUnauthorized(ObjectNode event) {
        assertThatThrownBy(() -> authorize(authorizer, event)).hasMessage("Unauthorized");
    }

    private JsonNode authorize(BasicAuthorizer with, ObjectNode event) throws IOException {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        with.handleRequest(new ByteArrayInputStream(JSON.writeValueAsBytes(event)), output, context);
        return JSON.readTree(output.toByteArray());
    }

    private static ObjectNode event() {
        ObjectNode event = JSON.createObjectNode()
                .put("type", "REQUEST")
                .put("methodArn", METHOD_ARN)
                .put("resource", "/submit/{eventId}")
                .put("path", "/submit/event:1")
                .put("httpMethod", "POST");
        addHeader(event, "Content-Type", List.of("application/json"));
        event.putNull("queryStringParameters");
        event.putObject("pathParameters").put("eventId", "event:1");
        return event;
    }

    private static ObjectNode event(String authorization) {
        ObjectNode event = event();
        addHeader(event, "Authorization", List.of(authorization));
        return event;
    }

    private static void addHeader(ObjectNode event, String name, List<String> values) {
        event.withObject("headers").put(name, values.get(values.size() - 1));
        var all = event.withObject("multiValueHeaders").putArray(name);
        values.forEach(all::add);
    }

    private static String basic(String username, String password) {
        byte[] text = (username + ":" + password).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(text);
    }

    private static Map<String, String> environment(String endpoint) {
        Map<String, String> environment = new HashMap<>();
        environment.put(
                "SECRET_ARN", "arn:aws:secretsmanager:eu-central-1:123456789012:secret:ingest-kit/credentials-AbCdEf");
        environment.put("AWS_REGION", "us-east-1");
        environment.put("AWS_ACCESS_KEY_ID", "AKID");
        environment.put("AWS_SECRET_ACCESS_KEY", "key");
        environment.put("AWS_SESSION_TOKEN", "session");
        environment.put("AWS_ENDPOINT_URL_SECRETS_MANAGER", endpoint);
        return environment;
    }
}
