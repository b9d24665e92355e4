package dev.ingestkit.handlers.authorizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BasicAuthorizerTest extends AuthorizerFixture {

    @Test
    void rightCredentialsAllowEverySubmissionToTheStage() throws IOException {
        JsonNode policy = authorize(authorizer, event(basic("writer", "s3cret:with:colons")));

        assertThat(policy).isEqualTo(JSON.readTree("""
            {"principalId": "writer",
             "policyDocument": {"Version": "2012-10-17", "Statement": [{
               "Action": "execute-api:Invoke",
               "Effect": "Allow",
               "Resource": "arn:aws:execute-api:us-east-1:123456789012:abcdef1234/prod/POST/submit/*"}]},
             "context": {"realm": "submit"}}\
            """));
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
    void refusalIsLoggedWithTheRequestIdThatTheClientGot() throws IOException {
        String wrong = basic("someone", "hunter2");

        assertUnauthorized(event(wrong));

        assertThat(JSON.readTree(context.log())).isEqualTo(JSON.readTree("""
            {"level": "WARN", "event": "refused",
             "requestId": "c6af9ac6-7b61-11e6-9a41-93e8deadbeef",
             "invocationId": "00000000-0000-4000-8000-000000000001",
             "reason": "wrong user name or password"}\
            """));
        assertThat(context.log())
                .endsWith("}\n")
                .doesNotContain("hunter2")
                .doesNotContain("someone")
                .doesNotContain(wrong);
    }

    @Test
    void failureIsLoggedApartFromRefusals() throws IOException {
        secrets.remove("AWSCURRENT");

        assertThatThrownBy(() -> authorize(authorizer, event(basic("writer", "s3cret:with:colons"))))
                .isInstanceOf(SecretUnavailableException.class);

        JsonNode line = JSON.readTree(context.log());
        assertThat(line.path("level").textValue()).isEqualTo("ERROR");
        assertThat(line.path("event").textValue()).isEqualTo("failed");
        assertThat(line.path("requestId").textValue()).isEqualTo("c6af9ac6-7b61-11e6-9a41-93e8deadbeef");
        assertThat(line.path("reason").textValue()).contains("ingest-kit/credentials");
        assertThat(context.log()).doesNotContain("s3cret");
    }

    @Test
    void allowedRequestLogsNothing() throws IOException {
        authorize(authorizer, event(basic("writer", "s3cret:with:colons")));

        assertThat(context.log()).isEmpty();
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
}
