package dev.ingestkit.local.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ingestkit.local.faults.Faults;
import dev.ingestkit.local.functions.FunctionInvoker;
import dev.ingestkit.local.functions.Invocation;
import dev.ingestkit.local.protocol.ServiceException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Covers rotation by a function, on request and by a schedule. */
final class SecretRotationTest {

    private static final String TOKEN_1 = "11111111-1111-4111-8111-111111111111";
    private static final String TOKEN_2 = "22222222-2222-4222-8222-222222222222";

    private final List<String> steps = new CopyOnWriteArrayList<>();
    private final FunctionInvoker function = (name, payload) -> step(name, json(payload));
    private final SecretCalls secrets = new SecretCalls(Faults.NONE, function);
    private volatile boolean fails;

    @AfterEach
    void close() {
        secrets.service.close();
    }

    private static JsonNode json(byte[] text) {
        try {
            return SecretCalls.JSON.readTree(text);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private CompletableFuture<Invocation> step(String name, JsonNode event) {
        String step = event.path("Step").asText();
        String token = event.path("ClientRequestToken").asText();
        steps.add(name + " " + step);
        if (fails) {
            return CompletableFuture.completedFuture(
                    new Invocation("id", "Unhandled", "{}".getBytes(StandardCharsets.UTF_8), Duration.ZERO, ""));
        }
        if (step.equals("createSecret")) {
            secrets.call(
                    "PutSecretValue",
                    "{'SecretId':'s','SecretString':'rotated','ClientRequestToken':'%s','VersionStages':['AWSPENDING']}"
                            .formatted(token));
        } else if (step.equals("finishSecret")) {
            secrets.call(
                    "UpdateSecretVersionStage",
                    "{'SecretId':'s','VersionStage':'AWSCURRENT','MoveToVersionId':'%s','RemoveFromVersionId':'%s'}"
                            .formatted(token, current()));
        }
        return CompletableFuture.completedFuture(new Invocation("id", null, new byte[0], Duration.ZERO, ""));
    }

    private String current() {
        return secrets.call("GetSecretValue", "{'SecretId':'s'}")
                .path("VersionId")
                .asText();
    }

    private void create() {
        secrets.call("CreateSecret", "{'Name':'s','SecretString':'one','ClientRequestToken':'%s'}".formatted(TOKEN_1));
    }

    private void schedule(String rules) {
        secrets.call(
                "RotateSecret",
                "{'SecretId':'s','RotationLambdaARN':'fn','RotateImmediately':false,'RotationRules':{%s}}"
                        .formatted(rules));
    }

    private Optional<Instant> time(String member) {
        JsonNode time = secrets.call("DescribeSecret", "{'SecretId':'s'}").path(member);
        return time.isMissingNode()
                ? Optional.empty()
                : Optional.of((Instant) ((com.fasterxml.jackson.databind.node.POJONode) time).getPojo());
    }

    private void pass(Duration duration) {
        secrets.clock.advance(duration);
        secrets.service.rotateDue();
    }

    private void awaitRotation(String at) {
        Awaitility.await()
                .untilAsserted(() -> assertThat(time("LastRotatedDate")).contains(Instant.parse(at)));
    }

    @Test
    void functionsRotateInFourSteps() {
        create();

        secrets.call(
                "RotateSecret",
                "{'SecretId':'s','RotationLambdaARN':'fn','ClientRequestToken':'%s','RotationRules':{'AutomaticallyAfterDays':30}}"
                        .formatted(TOKEN_2));

        awaitRotation("2026-01-01T00:00:00Z");
        assertThat(steps).containsExactly("fn createSecret", "fn setSecret", "fn testSecret", "fn finishSecret");
        assertThat(secrets.call("DescribeSecret", "{'SecretId':'s'}").path("VersionIdsToStages"))
                .isEqualTo(json("{\"%s\":[\"AWSPREVIOUS\"],\"%s\":[\"AWSCURRENT\"]}"
                        .formatted(TOKEN_1, TOKEN_2)
                        .getBytes(StandardCharsets.UTF_8)));
        assertThat(secrets.call("GetSecretValue", "{'SecretId':'s'}")
                        .path("SecretString")
                        .asText())
                .isEqualTo("rotated");
    }

    @Test
    void failedStepsLeaveTheRotationPending() {
        create();
        fails = true;
        secrets.call("RotateSecret", "{'SecretId':'s','RotationLambdaARN':'fn'}");

        Awaitility.await().untilAsserted(() -> assertThat(steps).containsExactly("fn createSecret"));
        assertThat(current()).isEqualTo(TOKEN_1);
        assertThatExceptionOfType(ServiceException.class)
                .isThrownBy(() -> secrets.call("RotateSecret", "{'SecretId':'s'}"))
                .withMessageContaining("A previous rotation isn't complete");
    }

    @Test
    void schedulesRotateAtEveryWindow() {
        create();
        schedule("'ScheduleExpression':'rate(10 days)','Duration':'3h'");
        assertThat(time("NextRotationDate")).contains(Instant.parse("2026-01-11T00:00:00Z"));

        pass(Duration.ofDays(10).minusSeconds(1));
        assertThat(steps).isEmpty();

        pass(Duration.ofSeconds(1));
        awaitRotation("2026-01-11T00:00:00Z");
        assertThat(time("NextRotationDate")).contains(Instant.parse("2026-01-21T00:00:00Z"));

        pass(Duration.ofDays(12));
        awaitRotation("2026-01-23T00:00:00Z");
        assertThat(steps).hasSize(8);
        assertThat(time("NextRotationDate"))
                .as("a missed window is made up for once")
                .contains(Instant.parse("2026-02-02T00:00:00Z"));
    }

    @Test
    void unfinishedRotationsResumeInTheNextWindow() {
        create();
        fails = true;
        schedule("'ScheduleExpression':'rate(4 hours)'");
        pass(Duration.ofHours(4));
        Awaitility.await().untilAsserted(() -> assertThat(steps).containsExactly("fn createSecret"));

        fails = false;
        pass(Duration.ofHours(4));
        awaitRotation("2026-01-01T08:00:00Z");
        assertThat(secrets.call("ListSecretVersionIds", "{'SecretId':'s','IncludeDeprecated':true}")
                        .path("Versions"))
                .as("the rotation has no second pending version")
                .hasSize(2);
    }

    @Test
    void manualValuesCountAsRotationsBetweenDays() {
        create();
        schedule("'AutomaticallyAfterDays':10");
        pass(Duration.ofDays(6));
        secrets.call("PutSecretValue", "{'SecretId':'s','SecretString':'two'}");
        assertThat(time("NextRotationDate")).contains(Instant.parse("2026-01-17T00:00:00Z"));

        pass(Duration.ofDays(9));
        assertThat(steps).isEmpty();
        pass(Duration.ofDays(1));
        awaitRotation("2026-01-17T00:00:00Z");
    }

    @Test
    void canceledAndDeletedSecretsAreNotRotated() {
        create();
        schedule("'ScheduleExpression':'rate(1 day)'");
        secrets.call("CancelRotateSecret", "{'SecretId':'s'}");
        assertThat(time("NextRotationDate")).isEmpty();
        pass(Duration.ofDays(2));

        schedule("'ScheduleExpression':'rate(1 day)'");
        secrets.call("DeleteSecret", "{'SecretId':'s'}");
        pass(Duration.ofDays(2));
        assertThat(steps).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        rate(1 day)               | 2026-01-31T13:30:00Z | 2026-02-01T00:00:00Z
        rate(6 hours)             | 2026-01-31T13:30:00Z | 2026-01-31T19:00:00Z
        cron(0 8 * * ? *)         | 2026-01-31T08:00:00Z | 2026-02-01T08:00:00Z
        cron(0 /8 * * ? *)        | 2026-01-31T08:30:00Z | 2026-01-31T16:00:00Z
        cron(0 0 ? * SUN *)       | 2026-01-31T13:30:00Z | 2026-02-01T00:00:00Z
        cron(0 0 ? * 7L *)        | 2026-01-31T13:30:00Z | 2026-02-28T00:00:00Z
        cron(0 17 ? * 2#1 *)      | 2026-02-02T17:00:00Z | 2026-03-02T17:00:00Z
        cron(0 0 L * ? *)         | 2026-02-01T00:00:00Z | 2026-02-28T00:00:00Z
        cron(0 9 1,15 * ? *)      | 2026-02-01T09:00:00Z | 2026-02-15T09:00:00Z
        cron(0 10 ? 1-3 MON-FRI *)| 2026-03-31T10:00:00Z | 2027-01-01T10:00:00Z
        cron(0 0 29 2 ? *)        | 2026-01-01T00:00:00Z | 2028-02-29T00:00:00Z
        """)
    void schedulesReturnTheStartOfTheNextWindow(String expression, Instant after, Instant next) {
        RotationSchedule schedule = RotationSchedule.of(Optional.empty(), Optional.of(expression), Optional.empty())
                .orElseThrow();

        assertThat(schedule.next().apply(after)).isEqualTo(next);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
        rate(3 hours)        | -   | at most every 4 hours
        rate(1000 days)      | -   | at least every 999 days
        rate(2 weeks)        | -   | a number of hours or days
        every day            | -   | must be rate(...) or cron(...)
        cron(0 8 * * *)      | -   | 5 fields instead of 6
        cron(30 8 * * ? *)   | -   | minutes must be 0
        cron(0 8 * * ? 2027) | -   | the year must be *
        cron(0 8 1 * MON *)  | -   | one of them must be ?
        cron(0 24 * * ? *)   | -   | is not one of 0 to 23
        cron(0 9-5 * * ? *)  | -   | runs backwards
        cron(0 /2 * * ? *)   | -   | at most every 4 hours
        cron(0 0 30 2 ? *)   | -   | it matches no day
        cron(0 22 * * ? *)   | 3h  | must not extend into the next UTC day
        rate(4 hours)        | 5h  | must not extend into the next UTC day or into the next window
        rate(1 day)          | 25h | too long
        rate(1 day)          | 3   | a number of hours such as 3h
        """)
    void invalidSchedulesAreRejectedWithTheReason(String expression, String duration, String reason) {
        assertThatExceptionOfType(ServiceException.class)
                .isThrownBy(() ->
                        RotationSchedule.of(Optional.empty(), Optional.of(expression), Optional.ofNullable(duration)))
                .withMessageContaining(reason)
                .satisfies(error -> assertThat(error.code()).isEqualTo("InvalidParameterException"));
    }

    @Test
    void rejectedSchedulesLeaveTheSecretUnchanged() {
        create();
        assertThatExceptionOfType(ServiceException.class)
                .isThrownBy(() -> schedule("'AutomaticallyAfterDays':10,'ScheduleExpression':'rate(1 day)'"))
                .withMessageContaining("both");

        assertThat(secrets.call("DescribeSecret", "{'SecretId':'s'}").has("RotationLambdaARN"))
                .isFalse();
    }

    @Test
    void missingFunctionsAreRejectedAndChangeNothing() {
        FunctionInvoker none = new FunctionInvoker() {
            @Override
            public CompletableFuture<Invocation> invoke(String name, byte[] payload) {
                throw new AssertionError("no function is expected to run: " + name);
            }

            @Override
            public boolean has(String name) {
                return false;
            }
        };
        SecretCalls calls = new SecretCalls(Faults.NONE, none);
        calls.call("CreateSecret", "{'Name':'s','SecretString':'one'}");

        assertThatExceptionOfType(ServiceException.class)
                .isThrownBy(() -> calls.call("RotateSecret", "{'SecretId':'s','RotationLambdaARN':'nope'}"))
                .satisfies(error -> assertThat(error.code()).isEqualTo("AccessDeniedException"));
        assertThat(calls.call("DescribeSecret", "{'SecretId':'s'}").has("RotationEnabled"))
                .isFalse();
        calls.service.close();
    }
}
