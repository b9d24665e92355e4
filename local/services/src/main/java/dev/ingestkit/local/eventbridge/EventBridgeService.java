package dev.ingestkit.local.eventbridge;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.http.HttpRequest;
import dev.ingestkit.local.protocol.AwsService;
import dev.ingestkit.local.protocol.ServiceException;
import dev.ingestkit.local.protocol.ServiceRequest;
import dev.ingestkit.local.protocol.ServiceResponse;
import dev.ingestkit.local.store.Store;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * EventBridge in memory: the buses of one account in one region, their rules by pattern and by schedule, and the
 * schedules of EventBridge Scheduler that a template declares. Thread-safe. An action runs on the calling thread; one
 * daemon thread runs the schedules.
 *
 * @see <a href="https://docs.aws.amazon.com/eventbridge/latest/APIReference/Welcome.html">EventBridge API Reference</a>
 */
public final class EventBridgeService implements AwsService, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EventBridgeService.class);

    private final RuleStore store;
    private final RuleRunner runner;
    private final Clock clock;
    private final KeptCalls kept;
    /** Completes once all buses, rules and targets of an earlier process are restored: an earlier event would miss them. */
    private final CompletableFuture<Void> restored = new CompletableFuture<>();

    private final Map<String, Function<ServiceRequest, JsonNode>> actions = new HashMap<>();

    /**
     * Creates the service with the default bus.
     *
     * @param region the region in ARNs
     * @param accountId the account in ARNs, twelve digits
     * @param clock the time of schedules
     * @param sender sends to the targets of rules
     * @param ids generates the ids of events: UUIDs
     */
    public EventBridgeService(String region, String accountId, Clock clock, TargetSender sender, Supplier<String> ids) {
        this(KeptCalls.NONE, region, accountId, clock, sender, ids);
    }

    /**
     * Creates the service over a store that keeps the buses and rules of clients; {@link #restore} brings them back.
     *
     * @param store closed by the caller, after this service
     */
    public static EventBridgeService over(
            Store store, String region, String accountId, Clock clock, TargetSender sender, Supplier<String> ids) {
        return new EventBridgeService(KeptCalls.in(store), region, accountId, clock, sender, ids);
    }

    private EventBridgeService(
            KeptCalls kept, String region, String accountId, Clock clock, TargetSender sender, Supplier<String> ids) {
        this.kept = kept;
        if (kept == KeptCalls.NONE) {
            restored.complete(null);
        }
        this.store = new RuleStore(region, accountId);
        this.runner = new RuleRunner(store, clock, sender, ids);
        this.clock = clock;
        EventActions events = new EventActions(store, runner, clock, ids);
        actions.put("PutEvents", events::putEvents);
        actions.put("TestEventPattern", events::testEventPattern);
        RuleActions rules = new RuleActions(store, runner);
        actions.put("CreateEventBus", rules::createEventBus);
        actions.put("DeleteEventBus", rules::deleteEventBus);
        actions.put("ListEventBuses", rules::listEventBuses);
        actions.put("DescribeEventBus", rules::describeEventBus);
        actions.put("PutRule", rules::putRule);
        actions.put("DeleteRule", rules::deleteRule);
        actions.put("EnableRule", rules::enableRule);
        actions.put("DisableRule", rules::disableRule);
        actions.put("ListRules", rules::listRules);
        actions.put("DescribeRule", rules::describeRule);
        actions.put("PutTargets", rules::putTargets);
        actions.put("RemoveTargets", rules::removeTargets);
        actions.put("ListTargetsByRule", rules::listTargetsByRule);
    }

    @Override
    public String name() {
        return "events";
    }

    @Override
    public Set<String> actionsWithoutResult() {
        return Set.of("DeleteEventBus", "DeleteRule", "DisableRule", "EnableRule", "PutPermission", "RemovePermission");
    }

    @Override
    public Set<String> actions() {
        return Set.copyOf(actions.keySet());
    }

    /**
     * Repeats the calls of an earlier process's clients, which change the rules of the template, too. Requests of a
     * service over a store wait until then.
     */
    public void restore() {
        kept.repeat((action, input) -> {
            try {
                var unused = requireNonNull(actions.get(action)).apply(repeated(action, input));
            } catch (ServiceException refused) {
                LOG.warn("{} of an earlier run is skipped: {}", action, refused.getMessage());
            }
        });
        restored.complete(null);
    }

    private static ServiceRequest repeated(String action, JsonNode input) {
        HttpRequest http = new HttpRequest("POST", "/", "", Map.of(), new byte[0], "127.0.0.1");
        return new ServiceRequest(action, input, "restored", ServiceRequest.Wire.JSON_1_1, http);
    }

    /** Adds a bus of a template. */
    public void createBus(String name) {
        store.addBus(name);
    }

    /** Adds a rule or schedule of a template. */
    public void put(Rule rule) {
        rule.pattern().ifPresent(EventActions::checkPattern);
        runner.put(rule);
    }

    /** Returns all rules and schedules. */
    public List<Rule> rules() {
        return store.all();
    }

    /** Passes an event on to the rules of a bus. */
    public void publish(String bus, ObjectNode event) {
        runner.publish(RuleStore.busName(bus), event);
    }

    /**
     * Sends an event to the targets of a rule at once, regardless of its schedule, pattern and state.
     *
     * @param event empty for the event of the rule's schedule
     * @return the event that was sent
     * @throws IllegalArgumentException without an event, if the rule has no schedule
     */
    public ObjectNode fire(Rule rule, Optional<ObjectNode> event) {
        if (event.isEmpty() && rule.schedule().isEmpty()) {
            throw new IllegalArgumentException(
                    "the rule %s has no schedule, so an event must be given".formatted(rule.name()));
        }
        ObjectNode sent = event.orElseGet(() -> runner.scheduled(rule, clock.instant()));
        runner.send(rule, sent);
        return sent;
    }

    @Override
    public CompletionStage<ServiceResponse> handle(ServiceRequest request) {
        Function<ServiceRequest, JsonNode> action = actions.get(request.action());
        if (action == null) {
            return CompletableFuture.failedFuture(ServiceException.notImplemented("EventBridge", request.action()));
        }
        return restored.thenCompose(ready -> perform(action, request));
    }

    private CompletionStage<ServiceResponse> perform(
            Function<ServiceRequest, JsonNode> action, ServiceRequest request) {
        try {
            JsonNode output = action.apply(request);
            kept.made(request.action(), request.input());
            return CompletableFuture.completedFuture(ServiceResponse.of(output));
        } catch (ServiceException error) {
            return CompletableFuture.failedFuture(error);
        }
    }

    @Override
    public void close() {
        runner.close();
    }
}
