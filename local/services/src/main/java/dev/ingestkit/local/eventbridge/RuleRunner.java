package dev.ingestkit.local.eventbridge;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.events.Completions;
import dev.ingestkit.local.events.Json;
import dev.ingestkit.local.pattern.EventPattern;
import dev.ingestkit.local.time.RuntimeClock;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs rules: by their schedules on the runtime's clock, and by the events of their buses. Each run of a schedule plans
 * the next one, so that runs missed while the machine was suspended are made up for by one run. Thread-safe.
 */
final class RuleRunner implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RuleRunner.class);

    /** No runtime lives longer, and a wait must fit into the nanoseconds of a timer. */
    private static final Duration MAX_WAIT = Duration.ofDays(36_500);

    private final RuleStore store;
    private final Clock clock;
    private final TargetSender sender;
    private final Supplier<String> ids;
    private final ScheduledExecutorService timers;

    RuleRunner(RuleStore store, Clock clock, TargetSender sender, Supplier<String> ids) {
        this.store = requireNonNull(store, "store");
        this.clock = requireNonNull(clock, "clock");
        this.sender = requireNonNull(sender, "sender");
        this.ids = requireNonNull(ids, "ids");
        this.timers = RuntimeClock.scheduler(clock, "schedules");
    }

    /** Adds a rule, or replaces the one with its ARN, and plans its next run. */
    void put(Rule rule) {
        store.put(rule);
        Instant created = clock.instant();
        rule.schedule().ifPresent(schedule -> plan(rule, schedule, created, created));
    }

    private void plan(Rule rule, Schedule schedule, Instant created, Instant after) {
        Optional<Instant> next = schedule.next(created, after);
        if (next.isEmpty()) {
            return;
        }
        Duration wait = Duration.between(clock.instant(), next.get());
        if (wait.compareTo(MAX_WAIT) > 0) {
            return;
        }
        long nanos = Math.max(0, wait.toNanos());
        try {
            var unused = timers.schedule(() -> run(rule, schedule, created, next.get()), nanos, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException closed) {
            LOG.debug("the rule {} is not planned again: the runtime stops", rule.name(), closed);
        }
    }

    private void run(Rule planned, Schedule schedule, Instant created, Instant at) {
        // A timer may be a little early; the next run is planned from the later of both times.
        Instant after = clock.instant().isAfter(at) ? clock.instant() : at;
        Optional<Rule> current =
                store.byArn(planned.arn()).filter(rule -> rule.schedule().equals(planned.schedule()));
        if (current.isPresent()) {
            if (current.get().enabled()) {
                send(current.get(), scheduled(current.get(), at));
            }
            plan(planned, schedule, created, after);
        }
    }

    /** Returns the event of a schedule's run. */
    ObjectNode scheduled(Rule rule, Instant at) {
        ObjectNode event = Json.mapper()
                .createObjectNode()
                .put("version", "0")
                .put("id", ids.get())
                .put("detail-type", "Scheduled Event")
                .put("source", rule.isOfScheduler() ? "aws.scheduler" : "aws.events")
                .put("account", store.accountId())
                .put("time", at.truncatedTo(ChronoUnit.SECONDS).toString())
                .put("region", store.region());
        event.putArray("resources").add(rule.arn());
        if (rule.isOfScheduler()) {
            event.put("detail", "{}");
        } else {
            event.putObject("detail");
        }
        return event;
    }

    /** Passes an event on to the rules of a bus that take it. */
    void publish(String bus, ObjectNode event) {
        for (Rule rule : store.rulesOf(bus)) {
            if (rule.enabled()
                    && rule.pattern().isPresent()
                    && matches(rule.pattern().get(), event)) {
                send(rule, event);
            }
        }
    }

    static boolean matches(String pattern, JsonNode event) {
        try {
            return EventPattern.parse(Json.exactMapper().readTree(pattern)).matches(event);
        } catch (IOException checkedWhenPut) {
            throw new IllegalStateException("a pattern that was checked is not JSON", checkedWhenPut);
        }
    }

    /** Sends an event to all targets of a rule. */
    void send(Rule rule, ObjectNode event) {
        String id = event.path("id").asText();
        TargetInput.Context context = new TargetInput.Context(
                rule.arn(),
                rule.name(),
                clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
        for (Target target : rule.targets()) {
            String payload = target.input().of(event, context);
            if (rule.isOfScheduler()) {
                payload = ofScheduler(payload, rule, event);
            }
            CompletionStage<?> unused = attempt(rule, target, payload, id).whenComplete((sent, failure) -> {
                if (failure != null) {
                    LOG.warn(
                            "the rule {} could not send to {}: {}",
                            rule.name(),
                            target.arn(),
                            Completions.unwrap(failure).getMessage());
                }
            });
        }
    }

    private static String ofScheduler(String payload, Rule rule, ObjectNode event) {
        return payload.replace("<aws.scheduler.schedule-arn>", rule.arn())
                .replace("<aws.scheduler.scheduled-time>", event.path("time").asText())
                .replace("<aws.scheduler.execution-id>", event.path("id").asText())
                .replace("<aws.scheduler.attempt-number>", "1");
    }

    private CompletionStage<Void> attempt(Rule rule, Target target, String payload, String eventId) {
        try {
            return sender.send(target, payload, rule.arn(), eventId);
        } catch (RuntimeException failure) {
            return CompletableFuture.failedFuture(failure);
        }
    }

    @Override
    public void close() {
        timers.shutdownNow();
    }
}
