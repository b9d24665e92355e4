package dev.ingestkit.local.gateway;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ingestkit.local.journal.CallDetail;
import dev.ingestkit.local.journal.CallDetail.Grounds;
import dev.ingestkit.local.journal.JournalEvent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The steps of requests that the journal's details hold, for both kinds of API. */
class RequestStepsTest {

    private static final String PUT = """
            {"type":"aws_proxy","integrationSubtype":"Kinesis-PutRecord","requestParameters":
             {"StreamName":"s","Data":"$request.body","PartitionKey":"$request.path.id"}}
            """;

    private static final HttpApis HTTP_API = new HttpApis().integration("POST /p/{id}", PUT);
    private static final String ISSUER = "http://localhost:9";
    /** A minute after the time of the rig's clock. */
    private static final long SOON = 1_795_348_860L;

    /** Returns the details of the latest request, which the journal names. */
    private static List<CallDetail.ApiRequest> details(GatewayRig rig) {
        List<JournalEvent> entries = rig.journalled();
        JournalEvent last = entries.get(entries.size() - 1);
        String requestId = last instanceof JournalEvent.Accepted accepted
                ? accepted.requestId()
                : ((JournalEvent.Rejected) last).requestId();
        return rig.journal.details().of(Set.of(requestId)).stream()
                .map(kept -> (CallDetail.ApiRequest) kept.detail())
                .toList();
    }

    private static CallDetail.ApiRequest detail(GatewayRig rig) {
        List<CallDetail.ApiRequest> all = details(rig);
        return all.get(all.size() - 1);
    }

    private static CallDetail.Authorizer authorizer(GatewayRig rig) {
        return requireNonNull(detail(rig).authorizer());
    }

    private static CallDetail.Mapping mapping(GatewayRig rig) {
        return requireNonNull(detail(rig).mapping());
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Test
    void aRequestToARestApiHasItsDecisionTemplateAndIntegration() {
        try (GatewayRig rig = new GatewayRig(SubmitApi.definition())) {
            rig.submit("id-1", "{\"a\":1}");

            assertThat(authorizer(rig).grounds()).isEqualTo(Grounds.FUNCTION);
            assertThat(mapping(rig).name()).isEqualTo("application/json");
            assertThat(text(mapping(rig).input())).isEqualTo("{\"a\":1}");
            assertThat(text(mapping(rig).output())).contains("\"PartitionKey\"");
            assertThat(detail(rig).integration()).isNotNull();
            rig.submit("id-2", "{}");
            assertThat(authorizer(rig).grounds()).isEqualTo(Grounds.CACHE);
        }
    }

    @Test
    void aRequestToAnHttpApiHasItsParameterMapping() {
        try (GatewayRig rig = HTTP_API.rig()) {
            rig.send(GatewayRig.post("/_aws/execute-api/" + HttpApis.ID + "/p/7", "{\"a\":1}"));

            assertThat(detail(rig).authorizer()).isNull();
            assertThat(mapping(rig).name()).isEqualTo("Kinesis-PutRecord");
            assertThat(text(mapping(rig).input())).isEqualTo("{\"a\":1}");
            assertThat(text(mapping(rig).output())).contains("\"PartitionKey\":\"7\"");
            assertThat(requireNonNull(detail(rig).integration()).after())
                    .isGreaterThanOrEqualTo(mapping(rig).timing().after());
        }
    }

    @Test
    void aRequestToAnHttpApiHasTheDecisionOfItsFunction() {
        HttpApis api =
                new HttpApis().integration("POST /p/{id}", PUT, "[{\"L\":[]}]").scheme("L", """
            {"type":"apiKey","x-amazon-apigateway-authorizer":{"type":"request","authorizerUri":
              "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:000000000000:function:a/invocations",
              "identitySource":["$request.header.Authorization"],"authorizerPayloadFormatVersion":"2.0",
              "enableSimpleResponses":true,"authorizerResultTtlInSeconds":60}}\
            """);
        try (GatewayRig rig = api.rig()) {
            rig.function = event -> GatewayRig.succeeded(
                    "{\"isAuthorized\":%s}".formatted(event.toString().contains("let me in")));

            post(rig, "let me in");
            assertThat(authorizer(rig).name()).isEqualTo("L");
            assertThat(authorizer(rig).grounds()).isEqualTo(Grounds.FUNCTION);
            assertThat(mapping(rig).timing().after())
                    .isGreaterThanOrEqualTo(authorizer(rig).timing().after());
            post(rig, "let me in");
            assertThat(authorizer(rig).grounds()).isEqualTo(Grounds.CACHE);
            post(rig, "and me");
            assertThat(authorizer(rig).grounds()).isEqualTo(Grounds.FUNCTION);
            assertThat(detail(rig).mapping()).isNull();
        }
    }

    @Test
    void aRequestToAnHttpApiHasTheSubjectOfItsToken() {
        HttpApis api =
                new HttpApis().integration("POST /p/{id}", PUT, "[{\"J\":[]}]").scheme("J", """
            {"type":"oauth2","x-amazon-apigateway-authorizer":{"type":"jwt",
              "identitySource":"$request.header.Authorization","jwtConfiguration":{"issuer":"%s","audience":["api"]}}}\
            """.formatted(ISSUER));
        try (GatewayRig rig = api.rig()) {
            rig.keys.sets.put(ISSUER, Tokens.keySet());
            post(
                    rig,
                    "Bearer "
                            + Tokens.signed(
                                    Tokens.HEADER,
                                    "{\"iss\":\"%s\",\"aud\":\"api\",\"sub\":\"u-1\",\"exp\":%d}"
                                            .formatted(ISSUER, SOON)));

            assertThat(authorizer(rig).grounds()).isEqualTo(Grounds.TOKEN);
            assertThat(authorizer(rig).principal()).isEqualTo("u-1");
        }
    }

    private static void post(GatewayRig rig, String authorization) {
        rig.send(GatewayRig.post(
                "/_aws/execute-api/" + HttpApis.ID + "/p/7", "{\"a\":1}", "Authorization", authorization));
    }

    @Test
    void aRequestWithoutAuthorizerResultKeepsTheStepsBefore() {
        try (GatewayRig rig = new GatewayRig(SubmitApi.definition())) {
            rig.send(GatewayRig.post("/prod/submit/orders/id-1", "{}"));

            assertThat(detail(rig).authorizer()).isNull();
            assertThat(detail(rig).mapping()).isNull();
        }
    }

    @Test
    void stepsThatAreNotWantedAreNotKept() {
        try (GatewayRig rig = new GatewayRig()) {
            RequestSteps steps = new RequestSteps(Instant.EPOCH, false);
            steps.mapped("application/json", new byte[1], new byte[1], 0);
            steps.answered();
            RequestIds ids = RequestIds.of(UUID.randomUUID(), Instant.EPOCH, Optional.empty());
            steps.keep(ids, rig.journal.details());

            assertThat(rig.journal.details().of(Set.of(ids.request()))).isEmpty();
            assertThat(steps.startedAt()).isEqualTo(Instant.EPOCH);
        }
    }
}
