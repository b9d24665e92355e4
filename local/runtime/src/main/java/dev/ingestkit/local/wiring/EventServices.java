package dev.ingestkit.local.wiring;

import static dev.ingestkit.local.wiring.Refusals.located;

import dev.ingestkit.local.delivery.AsyncInvocations;
import dev.ingestkit.local.delivery.Redelivery;
import dev.ingestkit.local.delivery.WaitingInvocations;
import dev.ingestkit.local.eventbridge.EventBridgeService;
import dev.ingestkit.local.events.Arn;
import dev.ingestkit.local.functions.FunctionInvoker;
import dev.ingestkit.local.inprocess.QueueCalls;
import dev.ingestkit.local.inprocess.RetriedSubscribers;
import dev.ingestkit.local.inprocess.ServiceTargets;
import dev.ingestkit.local.inprocess.StreamPuts;
import dev.ingestkit.local.kinesis.KinesisService;
import dev.ingestkit.local.mapping.ThreadEventLoop;
import dev.ingestkit.local.protocol.AwsService;
import dev.ingestkit.local.sns.SnsService;
import dev.ingestkit.local.sqs.SqsService;
import dev.ingestkit.local.store.Store;
import dev.ingestkit.local.template.spec.RuleSpec;
import dev.ingestkit.local.template.spec.Stack;
import dev.ingestkit.local.template.spec.SubscriptionSpec;
import dev.ingestkit.local.template.spec.TopicSpec;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.function.Function;

/** The services of this process that pass events on: topics, buses, and the queue of asynchronous invocations. Thread-safe. */
final class EventServices implements AutoCloseable {

    private final AsyncInvocations invocations;
    private final ScheduledExecutorService redeliveries;
    private final SnsService sns;
    private final EventBridgeService buses;

    EventServices(Store store, RuntimeParts parts, KinesisService kinesis, SqsService sqs, FunctionInvoker functions) {
        ServiceTargets targets = new ServiceTargets(
                new QueueCalls(sqs), new StreamPuts(kinesis)::put, this::sns, this::buses, this::invocations);
        this.invocations = new AsyncInvocations(
                functions,
                parts.journal(),
                parts.clock(),
                ThreadEventLoop.on(parts.clock(), "asynchronous-invocations"),
                targets,
                WaitingInvocations.in(store));
        this.redeliveries = parts.clock().scheduler("redeliveries");
        Redelivery ofRules = redelivery(Redelivery.Policy.EVENT_BRIDGE, parts);
        this.sns = SnsService.over(
                store,
                parts.region(),
                parts.accountId(),
                parts.clock(),
                new RetriedSubscribers(targets, redelivery(Redelivery.Policy.SNS, parts)),
                () -> UUID.randomUUID().toString());
        this.buses = EventBridgeService.over(
                store,
                parts.region(),
                parts.accountId(),
                parts.clock(),
                (target, payload, rule, event) -> ofRules.deliver(() -> targets.send(target, payload, rule, event)),
                () -> UUID.randomUUID().toString());
    }

    private Redelivery redelivery(Redelivery.Policy policy, RuntimeParts parts) {
        return new Redelivery(policy, parts.clock(), redeliveries);
    }

    EventBridgeService buses() {
        return buses;
    }

    SnsService sns() {
        return sns;
    }

    AsyncInvocations invocations() {
        return invocations;
    }

    /** Returns the services that the port serves. */
    List<AwsService> all() {
        return List.of(sns, buses);
    }

    /** Creates the stack's topics, whose queues exist, and its buses and rules. */
    void create(Stack stack) {
        Stack.Events events = stack.events();
        events.asynchronous().forEach(spec -> invocations.configure(spec.functionArn(), spec.settings()));
        events.topics().forEach(spec -> sns.create(spec.name(), spec.attributes(), spec.tags()));
        events.subscriptions()
                .forEach(spec ->
                        sns.subscribe(Arn.parse(spec.topicArn()), spec.protocol(), spec.endpoint(), spec.attributes()));
        events.buses().forEach(buses::createBus);
        events.rules().forEach(spec -> buses.put(Rules.rule(spec)));
        buses.restore();
    }

    /**
     * Creates what the template has added, and changes what can be changed while it runs.
     *
     * @param parts the parts that run; each part that is added or changed is recorded
     * @param applied receives a line for each of them
     * @param restart receives a line for each change that needs a restart
     */
    void update(AppliedParts.Events parts, Stack stack, Consumer<String> applied, Consumer<String> restart) {
        Stack.Events next = stack.events();
        next.asynchronous().forEach(spec -> invocations.configure(spec.functionArn(), spec.settings()));
        next.topics().forEach(located(stack, TopicSpec::logicalId, topic -> {
            TopicSpec last = parts.topics().get(topic.name());
            if (last == null) {
                sns.create(topic.name(), topic.attributes(), topic.tags());
                parts.topics().put(topic.name(), topic);
                applied.accept("topic %s was added".formatted(topic.name()));
            } else if (!last.equals(topic)) {
                restart.accept("topic %s was changed".formatted(topic.name()));
            }
        }));
        next.subscriptions().forEach(located(stack, SubscriptionSpec::logicalId, spec -> {
            if (!spec.equals(parts.subscriptions().get(spec.logicalId()))) {
                sns.subscribe(Arn.parse(spec.topicArn()), spec.protocol(), spec.endpoint(), spec.attributes());
                parts.subscriptions().put(spec.logicalId(), spec);
                applied.accept("subscription %s was added".formatted(spec.logicalId()));
            }
        }));
        for (String bus : next.buses()) {
            if (!parts.buses().containsKey(bus)) {
                buses.createBus(bus);
                parts.buses().put(bus, bus);
                applied.accept("event bus %s was added".formatted(bus));
            }
        }
        next.rules().forEach(located(stack, RuleSpec::logicalId, spec -> {
            if (!spec.equals(parts.rules().get(spec.name()))) {
                buses.put(Rules.rule(spec));
                parts.rules().put(spec.name(), spec);
                applied.accept("rule %s was added or changed".formatted(spec.name()));
            }
        }));
        gone("topic", parts.topics(), names(next.topics(), TopicSpec::name), restart);
        gone("rule", parts.rules(), names(next.rules(), RuleSpec::name), restart);
        gone("event bus", parts.buses(), next.buses(), restart);
        gone("subscription", parts.subscriptions(), names(next.subscriptions(), SubscriptionSpec::logicalId), restart);
    }

    private static <T> List<String> names(List<T> all, Function<T, String> name) {
        return all.stream().map(name).toList();
    }

    private static void gone(String kind, Map<String, ?> running, List<String> next, Consumer<String> restart) {
        running.keySet().stream()
                .filter(name -> !next.contains(name))
                .forEach(name -> restart.accept("%s %s was removed from the template".formatted(kind, name)));
    }

    @Override
    public void close() {
        buses.close();
        redeliveries.shutdownNow();
        invocations.close();
    }
}
