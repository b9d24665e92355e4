package dev.ingestkit.local.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.functions.Invocation;
import dev.ingestkit.local.functions.InvokeRejectedException;
import dev.ingestkit.local.gateway.GatewayRig.Shown;
import dev.ingestkit.local.gateway.authorizer.AuthorizerPolicy;
import dev.ingestkit.local.gateway.authorizer.RequestKeys;
import dev.ingestkit.local.gateway.authorizer.Wildcard;
import dev.ingestkit.local.gateway.definition.ApiDefinition;
import dev.ingestkit.local.gateway.definition.StageSettings;
import dev.ingestkit.local.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuthorizerTest {

    private static final String STAGE = "arn:aws:execute-api:us-east-1:000000000000:abc123/prod/";

    private final GatewayRig rig = new GatewayRig(SubmitApi.definition());

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void theFunctionReceivesTheEventOfAws() {
        rig.send(GatewayRig.post(
                "/prod/submit/orders/a%20b?x=1&x=2&y",
                "{}", "Authorization", "Basic one", "X-Custom", "a", "X-Custom", "b"));

        JsonNode event = GatewayRig.json(rig.events.get(0));
        assertThat(event.get("type").asText()).isEqualTo("REQUEST");
        assertThat(event.get("methodArn").asText()).isEqualTo(STAGE + "POST/submit/orders/a b");
        assertThat(event.get("resource").asText()).isEqualTo("/submit/{streamName}/{eventId}");
        assertThat(event.get("path").asText()).isEqualTo("/submit/orders/a%20b");
        assertThat(event.get("httpMethod").asText()).isEqualTo("POST");
        assertThat(event.at("/headers/Authorization").asText()).isEqualTo("Basic one");
        assertThat(event.at("/headers/X-Custom").asText()).isEqualTo("b");
        assertThat(event.at("/multiValueHeaders/X-Custom").toString()).isEqualTo("[\"a\",\"b\"]");
        assertThat(event.at("/queryStringParameters").toString()).isEqualTo("{\"x\":\"2\",\"y\":\"\"}");
        assertThat(event.at("/multiValueQueryStringParameters/x").toString()).isEqualTo("[\"1\",\"2\"]");
        assertThat(event.at("/pathParameters/eventId").asText()).isEqualTo("a%20b");
        assertThat(event.get("stageVariables").isObject()).isTrue();
        assertThat(event.at("/requestContext/stage").asText()).isEqualTo("prod");
        assertThat(event.at("/requestContext/path").asText()).isEqualTo("/prod/submit/orders/a%20b");
        assertThat(event.at("/requestContext/apiId").asText()).isEqualTo("abc123");
        assertThat(event.at("/requestContext/requestTime").asText()).isEqualTo("22/Nov/2026:12:00:00 +0000");
        assertThat(event.at("/requestContext/identity/sourceIp").asText()).isEqualTo("127.0.0.1");
        assertThat(event.at("/requestContext/identity/user").isNull()).isTrue();
    }

    @Test
    void anAnswerIsCachedForOtherEventsUntilItExpires() {
        assertThat(rig.submit("1", "{}").status()).isEqualTo(200);
        assertThat(rig.submit("2", "{}").status()).isEqualTo(200);
        assertThat(rig.events).hasSize(1);

        rig.pass(Duration.ofSeconds(299));
        rig.submit("3", "{}");
        assertThat(rig.events).hasSize(1);

        rig.pass(Duration.ofSeconds(1));
        rig.submit("4", "{}");
        assertThat(rig.events).hasSize(2);
    }

    @Test
    void otherCredentialsInvokeTheFunctionAgain() {
        rig.submit("1", "{}");
        rig.send(GatewayRig.post("/prod/submit/orders/1", "{}", "Authorization", "Basic other"));

        assertThat(rig.events).hasSize(2);
    }

    @Test
    void aCachedPolicyForOneMethodArnDeniesAnother() {
        rig.function = event ->
                GatewayRig.succeeded(SubmitApi.allow(event.get("methodArn").asText(), Map.of()));

        assertThat(rig.submit("1", "{}").status()).isEqualTo(200);
        Shown second = rig.submit("2", "{}");

        assertThat(second.status()).isEqualTo(403);
        assertThat(second.body()).isEqualTo("{\"Message\":\"User is not authorized to access this resource\"}");
        assertThat(rig.events).hasSize(1);
    }

    @Test
    void anExplicitDenyIsReportedAndCached() {
        String deny = SubmitApi.allow(STAGE + "*", Map.of()).replace("Allow", "Deny");
        rig.function = event -> GatewayRig.succeeded(deny);

        Shown shown = rig.submit("1", "{}");
        rig.submit("2", "{}");

        assertThat(shown.status()).isEqualTo(403);
        assertThat(shown.body()).contains("with an explicit deny");
        assertThat(shown.header("x-amzn-ErrorType")).isEqualTo("AccessDeniedException");
        assertThat(rig.events).hasSize(1);
        assertThat(rig.calls).isEmpty();
    }

    @Test
    void unauthorizedReturns401AndIsNotCached() {
        rig.function = event -> GatewayRig.failed("Unauthorized");

        Shown shown = rig.submit("1", "{}");
        rig.submit("1", "{}");

        assertThat(shown.status()).isEqualTo(401);
        assertThat(shown.header("WWW-Authenticate")).startsWith("Basic realm");
        assertThat(rig.events).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "[]",
                "{",
                "{\"principalId\":\"a\"}",
                "{\"policyDocument\":{\"Statement\":[]}}",
                "{\"principalId\":\"a\",\"policyDocument\":{}}",
                "{\"principalId\":\"a\",\"policyDocument\":{\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"*\"}]}}",
                "{\"principalId\":\"a\",\"policyDocument\":{\"Statement\":{\"Effect\":\"Maybe\",\"Action\":\"*\",\"Resource\":\"*\"}}}",
                "{\"principalId\":\"a\",\"policyDocument\":{\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\","
                        + "\"Condition\":{\"Unknown\":{}}}]}}",
                "{\"principalId\":\"a\",\"policyDocument\":{\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\","
                        + "\"Condition\":null}]}}",
                "{\"principalId\":\"a\",\"context\":{\"list\":[1]},"
                        + "\"policyDocument\":{\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}]}}"
            })
    void anInvalidPolicyNeverAllowsARequest(String answer) {
        rig.function = event -> GatewayRig.succeeded(answer);

        Shown shown = rig.submit("1", "{}");

        assertThat(shown.status()).isEqualTo(500);
        assertThat(shown.body()).isEqualTo("{\"message\":null}");
        assertThat(shown.header("x-amzn-ErrorType")).isEqualTo("AuthorizerConfigurationException");
        assertThat(rig.calls).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "THROTTLED, AuthorizerFailureException",
        "START_FAILED, AuthorizerFailureException",
        "NOT_FOUND, AuthorizerConfigurationException"
    })
    void aFunctionThatCannotRunNeverAllowsARequest(InvokeRejectedException.Reason reason, String type) {
        rig.function = event -> CompletableFuture.failedFuture(new InvokeRejectedException(reason, "no"));

        Shown shown = rig.submit("1", "{}");

        assertThat(shown.status()).isEqualTo(500);
        assertThat(shown.header("x-amzn-ErrorType")).isEqualTo(type);
        assertThat(rig.calls).isEmpty();
    }

    @Test
    void anyOtherErrorOfTheFunctionIsAConfigurationError() {
        rig.function = event -> GatewayRig.failed("Unauthorized.");

        assertThat(rig.submit("1", "{}").status()).isEqualTo(500);
    }

    @Test
    void requestsWithTheSameUnknownIdentityShareOneInvocation() {
        CompletableFuture<Invocation> running = new CompletableFuture<>();
        rig.function = event -> running;
        List<CompletableFuture<Integer>> answers = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            HttpRequest request = GatewayRig.post("/prod/submit/orders/" + i, "{}", "Authorization", "Basic eA==");
            answers.add(rig.gateway.handle(request).toCompletableFuture().thenApply(response -> response.status()));
        }
        assertThat(answers).noneMatch(CompletableFuture::isDone);

        running.complete(
                GatewayRig.succeeded(SubmitApi.allow(STAGE + "*", Map.of())).join());

        assertThat(answers).allMatch(answer -> answer.join() == 200);
        assertThat(rig.events).hasSize(1);
    }

    @Test
    void contextValuesReachTheTemplatesAsText() {
        ObjectNode body = SubmitApi.body();
        SubmitApi.integration(body)
                .withObject("/requestTemplates")
                .put(
                        "application/json",
                        "$context.authorizer.principalId|$context.authorizer.number|$context.authorizer.flag|"
                                + "$context.authorizer.absent|");
        rig.gateway.deploy(ApiDefinition.parse("abc123", body, StageSettings.named("prod")));
        rig.function = event -> GatewayRig.succeeded(SubmitApi.allow(STAGE + "*", Map.of("number", 7, "flag", true)));

        rig.submit("1", "{}");

        assertThat(rig.onlyCall().text()).isEqualTo("ann|7|true||");
    }

    @Test
    void aTokenThatFailsTheValidationIsRefusedWithoutAnInvocation() {
        ObjectNode body = SubmitApi.body();
        ObjectNode authorizer =
                (ObjectNode) body.at("/components/securitySchemes/Basic/x-amazon-apigateway-authorizer");
        authorizer.put("type", "token").put("identityValidationExpression", "Bearer [a-z]+");
        rig.gateway.deploy(ApiDefinition.parse("abc123", body, StageSettings.named("prod")));

        assertThat(rig.submit("1", "{}").status()).isEqualTo(401);
        assertThat(rig.events).isEmpty();
        assertThat(rig.send(GatewayRig.post("/prod/submit/orders/1", "{}", "Authorization", "Bearer abc"))
                        .status())
                .isEqualTo(200);
        assertThat(GatewayRig.json(rig.events.get(0)).get("authorizationToken").asText())
                .isEqualTo("Bearer abc");
    }

    @Test
    void percentEncodingALetterDoesNotChangeTheMethodArn() {
        rig.function = event -> GatewayRig.succeeded(SubmitApi.allow(STAGE + "POST/submit/*", Map.of()));

        assertThat(rig.send(GatewayRig.post("/prod/%73ubmit/orders/1", "{}", "Authorization", "x"))
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "*, abc, true",
        "a*c, abbbc, true",
        "a*c, ab, false",
        "a?c, abc, true",
        "a?c, ac, false",
        "*/POST/submit/*, x/POST/submit/a/b, true",
        "a*b*c, a-b-b-c-c, true",
        "abc, abcd, false",
        "'', '', true",
        "**, '', true"
    })
    void wildcardsMatchAsInIam(String pattern, String text, boolean matches) {
        assertThat(Wildcard.matches(pattern, text)).isEqualTo(matches);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'Effect':'Allow','Action':'execute-api:Invoke','Resource':['x','*/POST/*']}|ALLOW",
                "{'Effect':'Allow','Action':'EXECUTE-API:*','Resource':'*'}|ALLOW",
                "{'Effect':'Allow','Action':'s3:*','Resource':'*'}|DENY",
                "{'Effect':'Allow','NotAction':'s3:*','Resource':'*'}|ALLOW",
                "{'Effect':'Allow','Action':'*','NotResource':'*/POST/*'}|DENY",
                "{'Effect':'Deny','NotAction':'execute-api:Invoke','Resource':'*'}|DENY",
                "{'Effect':'Deny','Action':'*','Resource':'*'}|EXPLICIT_DENY"
            })
    void aStatementCoversItsActionsAndResources(String statement, AuthorizerPolicy.Verdict verdict) {
        JsonNode policy = SubmitApi.json("{\"Statement\":[" + statement.replace('\'', '"') + "]}");

        assertThat(AuthorizerPolicy.parse(policy).verdict("arn/POST/a", RequestKeys.NONE))
                .isEqualTo(verdict);
    }

    @Test
    void aDenyWinsOverAnAllow() {
        JsonNode policy = SubmitApi.json("""
            {"Statement":[{"Effect":"Allow","Action":"*","Resource":"*"},
                          {"Effect":"Deny","Action":"*","Resource":"*/admin/*"}]}\
            """);

        assertThat(AuthorizerPolicy.parse(policy).verdict("a/admin/b", RequestKeys.NONE))
                .isEqualTo(AuthorizerPolicy.Verdict.EXPLICIT_DENY);
        assertThat(AuthorizerPolicy.parse(policy).verdict("a/user/b", RequestKeys.NONE))
                .isEqualTo(AuthorizerPolicy.Verdict.ALLOW);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'IpAddress':{'aws:SourceIp':'10.0.0.0/8'}}|true",
                "{'IpAddress':{'AWS:sourceip':['192.0.2.1','10.1.2.3']}}|true",
                "{'NotIpAddress':{'aws:SourceIp':['192.0.2.0/24','10.0.0.0/8']}}|false",
                "{'StringEquals':{'aws:UserAgent':['a','curl/8']}}|true",
                "{'StringNotEquals':{'aws:UserAgent':['a','curl/8']}}|false",
                "{'StringLike':{'aws:UserAgent':'curl/*'},'Bool':{'aws:SecureTransport':true}}|true",
                "{'StringLike':{'aws:UserAgent':'curl/*'},'Bool':{'aws:SecureTransport':'false'}}|false",
                "{'StringEquals':{'aws:SourceVpc':'vpc-1'}}|false",
                "{'StringNotEquals':{'aws:SourceVpc':'vpc-1'}}|true",
                "{'StringEqualsIfExists':{'aws:SourceVpc':'vpc-1'}}|true",
                "{'Null':{'aws:SourceVpc':true}}|true",
                "{'Null':{'aws:UserAgent':'true'}}|false",
                "{'DateLessThan':{'aws:CurrentTime':'2026-11-23T00:00:00Z'}}|true",
                "{'DateGreaterThan':{'aws:CurrentTime':'2026-11-23'}}|false",
                "{'NumericGreaterThan':{'aws:EpochTime':'1000'}}|true",
                "{'NumericGreaterThan':{'aws:UserAgent':'1000'}}|false",
                "{'ForAnyValue:StringLike':{'aws:SourceVpc':'*'}}|false",
                "{'ForAllValues:StringLike':{'aws:SourceVpc':'*'}}|true"
            })
    void conditionsAreComparedWithTheRequest(String condition, boolean allowed) {
        JsonNode policy = SubmitApi.json("""
            {"Statement":[{"Effect":"Allow","Action":"*","Resource":"*","Condition":%s}]}\
            """.formatted(condition.replace('\'', '"')));
        RequestKeys keys = RequestKeys.of(
                "10.1.2.3", Instant.parse("2026-11-22T12:00:00Z"), Optional.of("curl/8"), Optional.empty());

        assertThat(AuthorizerPolicy.parse(policy).verdict("a", keys))
                .isEqualTo(allowed ? AuthorizerPolicy.Verdict.ALLOW : AuthorizerPolicy.Verdict.DENY);
    }
}
