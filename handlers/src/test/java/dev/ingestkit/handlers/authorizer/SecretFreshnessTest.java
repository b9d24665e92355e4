package dev.ingestkit.handlers.authorizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ingestkit.handlers.authorizer.FakeSecretsManager.Failure;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SecretFreshnessTest extends AuthorizerFixture {

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
    void mismatchIsAnErrorWhileTheSecretCannotBeFetchedAgain() throws IOException {
        authorize(authorizer, event(basic("writer", "s3cret:with:colons")));
        clock.advance(Duration.ofSeconds(10));
        secrets.failAll(DOWN);

        for (int request = 0; request < 3; request++) {
            assertThatExceptionOfType(SecretUnavailableException.class)
                    .isThrownBy(() -> authorize(authorizer, event(basic("writer", "maybe new"))));
        }
        assertThat(secrets.calls()).as("one fetch and its one retry").hasSize(3);
        assertThat(authorize(authorizer, event(basic("writer", "s3cret:with:colons"))))
                .as("the cached secret still works")
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
}
