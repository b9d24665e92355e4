package dev.ingestkit.local.eventbridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.http.HttpRequest;
import dev.ingestkit.local.protocol.ServiceException;
import dev.ingestkit.local.protocol.ServiceRequest;
import dev.ingestkit.local.protocol.ServiceResponse;
import dev.ingestkit.local.store.MemoryStore;
import dev.ingestkit.local.time.RuntimeClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Events, rules and schedules on a clock that is moved by hand. */
final class EventBridgeServiceTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String QUEUE = "arn:aws:sqs:us-east-1:000000000000:copies";

    private final RuntimeClock clock = RuntimeClock.system();
    private final List<String> sent = new CopyOnWriteArrayList<>();
    private final AtomicLong ids = new AtomicLong();
    private final EventBridgeService events = new EventBridgeService(
            "us-east-1",
            "000000000000",
            clock,
            (target, payload, rule, id) -> {
                sent.add(payload);
                return CompletableFuture.completedFuture(null);
            },
            () -> "id-" + ids.incrementAndGet());

    @AfterEach
    void close() {
        events.close();
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text.replace('\'', '"'));
        } catch (IOException malformed) {
            throw new UncheckedIOException(malformed);
        }
    }

    private JsonNode call(String action, String input) {
        HttpRequest http = new HttpRequest("POST", "/", "", Map.of(), new byte[0], "127.0.0.1");
        try {
            ServiceResponse response = events.handle(
                            new ServiceRequest(action, json(input), "request", ServiceRequest.Wire.JSON_1_1, http))
                    .toCompletableFuture()
                    .join();
            return ((ServiceResponse.Tree) response).members();
        } catch (CompletionException failed) {
            throw (ServiceException) failed.getCause();
        }
    }

    private void rule(String pattern, String target) {
        call(
                "PutRule",
                "{'Name':'r','EventPattern':" + JSON.getNodeFactory().textNode(pattern.replace('\'', '"')) + "}");
        call("PutTargets", "{'Rule':'r','Targets':[{'Id':'1','Arn':'" + QUEUE + "'" + target + "}]}");
    }

    private JsonNode put(String detail) {
        return call(
                "PutEvents",
                "{'Entries':[{'Source':'shop','DetailType':'created','Detail':"
                        + JSON.getNodeFactory().textNode(detail.replace('\'', '"'))
                        + ",'Resources':['arn:x']}]}");
    }

    private Rule schedule(String expression) {
        Rule rule = new Rule(
                "nightly",
                "arn:aws:events:us-east-1:000000000000:rule/nightly",
                "default",
                Optional.empty(),
                Optional.empty(),
                Optional.of(Schedule.of(expression, ZoneOffset.UTC)),
                true,
                List.of(new Target("1", QUEUE, TargetInput.event(), Map.of())));
        events.put(rule);
        return rule;
    }

    @Test
    void anEventReachesTheRulesWhosePatternItMatches() {
        rule("{'source':['shop'],'detail':{'price':[{'numeric':['>',10]}]}}", "");
        assertThat(put("{'price':5}").path("FailedEntryCount").asInt()).isZero();
        put("{'price':15}");

        assertThat(sent).hasSize(1);
        JsonNode event = json(sent.get(0));
        assertThat(event.path("version").asText()).isEqualTo("0");
        assertThat(event.path("detail-type").asText()).isEqualTo("created");
        assertThat(event.path("account").asText()).isEqualTo("000000000000");
        assertThat(event.at("/resources/0").asText()).isEqualTo("arn:x");
        assertThat(event.at("/detail/price").asInt()).isEqualTo(15);
    }

    @Test
    void aTargetReceivesAPartAConstantOrAFilledTemplate() {
        rule("{'source':['shop']}", ",'InputPath':'$.detail.items[1]'");
        put("{'items':[1,{'a':2}]}");
        rule("{'source':['shop']}", ",'Input':'{}'");
        put("{}");
        rule(
                "{'source':['shop']}",
                ",'InputTransformer':{'InputPathsMap':{'n':'$.detail.n','o':'$.detail.o'},'InputTemplate':'{\\\"text\\\":\\\"is"
                        + " <n> of <aws.events.rule-name>\\\",\\\"o\\\":<o>,\\\"n\\\":<n>}'}");
        put("{'n':'a\\\"b','o':{'x':1}}");

        assertThat(sent)
                .containsExactly("{\"a\":2}", "{}", "{\"text\":\"is a\\\"b of r\",\"o\":{\"x\":1},\"n\":\"a\\\"b\"}");
    }

    @Test
    void entriesThatAreInvalidFailAlone() {
        JsonNode answer = call(
                "PutEvents",
                "{'Entries':[{'Source':'s','DetailType':'t','Detail':'{}'},{'DetailType':'t','Detail':'{}'},"
                        + "{'Source':'s','DetailType':'t','Detail':'no json'}]}");

        assertThat(answer.path("FailedEntryCount").asInt()).isEqualTo(2);
        assertThat(answer.at("/Entries/0/EventId").asText()).isNotEmpty();
        assertThat(answer.at("/Entries/1/ErrorMessage").asText())
                .isEqualTo("Parameter Source is not valid. Reason: Source is a required argument.");
        assertThat(answer.at("/Entries/2/ErrorCode").asText()).isEqualTo("MalformedDetail");
        JsonNode ofAws = call("PutEvents", "{'Entries':[{'Source':'aws.s3','DetailType':'t','Detail':'{}'}]}");
        assertThat(ofAws.at("/Entries/0/ErrorCode").asText()).isEqualTo("NotAuthorizedForSourceException");
        assertThat(ofAws.at("/Entries/0/ErrorMessage").asText()).isEqualTo("Not authorized for the source.");
        assertThatThrownBy(() -> call("PutEvents", "{'Entries':[]}"))
                .hasMessageContaining("'entries' failed to satisfy constraint");
    }

    @Test
    void aRuleRunsByItsSchedule() throws InterruptedException {
        clock.freeze();
        schedule("rate(1 hour)");
        clock.advance(Duration.ofMinutes(59));
        assertThat(sent).isEmpty();

        clock.advance(Duration.ofHours(3));
        clock.settle();
        assertThat(sent).hasSize(3);
        JsonNode event = json(sent.get(0));
        assertThat(event.path("detail-type").asText()).isEqualTo("Scheduled Event");
        assertThat(event.path("source").asText()).isEqualTo("aws.events");
        assertThat(event.at("/resources/0").asText()).endsWith(":rule/nightly");
    }

    @Test
    void aDisabledRuleDoesNothingUntilItIsEnabled() throws InterruptedException {
        clock.freeze();
        schedule("rate(1 hour)");
        call("DisableRule", "{'Name':'nightly'}");
        clock.advance(Duration.ofMinutes(90));
        clock.settle();
        assertThat(sent).isEmpty();

        call("EnableRule", "{'Name':'nightly'}");
        clock.advance(Duration.ofHours(1));
        clock.settle();
        assertThat(sent).hasSize(1);
    }

    @Test
    void aRuleIsFiredByHand() {
        Rule rule = schedule("cron(0 3 * * ? *)");
        ObjectNode event = events.fire(rule, Optional.empty());

        assertThat(json(sent.get(0))).isEqualTo(event);
        Rule other = new Rule(
                "o", "arn:o", "default", Optional.empty(), Optional.of("{}"), Optional.empty(), true, List.of());
        assertThatThrownBy(() -> events.fire(other, Optional.empty())).hasMessageContaining("has no schedule");
    }

    @Test
    void aRuleShowsTheDescriptionThatItWasPutWith() {
        call("PutRule", "{'Name':'r','ScheduleExpression':'rate(1 hour)','Description':'of the shop'}");
        assertThat(call("DescribeRule", "{'Name':'r'}").path("Description").asText())
                .isEqualTo("of the shop");
    }

    @Test
    void requestsWaitUntilTheRulesOfAnEarlierProcessAreRestored() {
        MemoryStore store = new MemoryStore();
        EventBridgeService restarted = EventBridgeService.over(
                store, "us-east-1", "000000000000", clock, (target, payload, rule, id) -> done(), () -> "id");
        HttpRequest http = new HttpRequest("POST", "/", "", Map.of(), new byte[0], "127.0.0.1");
        CompletionStage<ServiceResponse> answer = restarted.handle(
                new ServiceRequest("ListRules", json("{}"), "request", ServiceRequest.Wire.JSON_1_1, http));

        assertThat(answer.toCompletableFuture()).isNotDone();
        restarted.restore();
        assertThat(answer.toCompletableFuture()).isCompleted();
        restarted.close();
    }

    private static CompletionStage<Void> done() {
        return CompletableFuture.completedFuture(null);
    }

    @Test
    void rulesAndBusesAreListedAndRemoved() {
        rule("{'source':['shop']}", "");
        call("CreateEventBus", "{'Name':'own'}");

        assertThat(call("ListRules", "{}").at("/Rules/0/Arn").asText())
                .isEqualTo("arn:aws:events:us-east-1:000000000000:rule/r");
        assertThat(call("ListTargetsByRule", "{'Rule':'r'}")
                        .at("/Targets/0/Arn")
                        .asText())
                .isEqualTo(QUEUE);
        assertThat(call("ListEventBuses", "{}").path("EventBuses")).hasSize(2);
        assertThatThrownBy(() -> call("DeleteRule", "{'Name':'r'}")).hasMessageContaining("has targets");
        call("RemoveTargets", "{'Rule':'r','Ids':['1']}");
        call("DeleteRule", "{'Name':'r'}");
        assertThatThrownBy(() -> call("DescribeRule", "{'Name':'r'}"))
                .hasMessage("Rule r does not exist on EventBus default.");
        assertThatThrownBy(() -> call("PutRule", "{'Name':'r','ScheduleExpression':'rate(5)'}"))
                .hasMessage("Parameter ScheduleExpression is not valid.");
        assertThatThrownBy(() -> call("PutRule", "{'Name':'r','ScheduleExpression':'at(2030-01-01T00:00:00)'}"))
                .hasMessage("Parameter ScheduleExpression is not valid.");
        assertThatThrownBy(() -> call("PutRule", "{'Name':'r','EventPattern':'{}'}"))
                .isInstanceOf(ServiceException.class);
    }

    @Test
    void aPatternIsTested() {
        assertThat(call(
                                "TestEventPattern",
                                "{'EventPattern':'{\\\"source\\\":[\\\"a\\\"]}','Event':'{\\\"source\\\":\\\"a\\\"}'}")
                        .path("Result")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void aScheduleRunsBetweenItsStartAndItsEnd() {
        Instant start = Instant.parse("2026-01-01T00:00:00Z");
        Schedule schedule = Schedule.of("rate(1 day)", ZoneOffset.UTC).between(start, start.plus(Duration.ofDays(2)));

        assertThat(schedule.next(start.minusSeconds(60), start.minusSeconds(60)))
                .contains(start);
        assertThat(schedule.next(start.minusSeconds(60), start)).contains(start.plus(Duration.ofDays(1)));
        assertThat(schedule.next(start, start.plus(Duration.ofDays(2)))).isEmpty();
    }
}
