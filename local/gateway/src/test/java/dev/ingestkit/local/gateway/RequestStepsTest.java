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

    private static final HttpApis HTTP_API = new HttpApis().integration("POST /p/{id}", """
            {"type":"aws_proxy","integrationSubtype":"Kinesis-PutRecord","requestParameters":
             {"StreamName":"s","Data":"$request.body","PartitionKey":"$request.path.id"}}
            """);

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
