package dev.ingestkit.local.wiring;

import dev.ingestkit.local.delivery.AsyncInvocations;
import dev.ingestkit.local.eventbridge.EventBridgeService;
import dev.ingestkit.local.events.Arn;
import dev.ingestkit.local.functions.FunctionInvoker;
import dev.ingestkit.local.inprocess.QueueCalls;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** The services of this process that pass events on: topics, buses, and the queue of asynchronous invocations. Thread-safe. */
final class EventServices implements AutoCloseable {

    private final AsyncInvocations invocations;
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
                targets);
        this.sns = SnsService.over(
                store,
                parts.region(),
                parts.accountId(),
                parts.clock(),
                targets,
                () -> UUID.randomUUID().toString());
        this.buses = EventBridgeService.over(
                store,
                parts.region(),
                parts.accountId(),
                parts.clock(),
                targets,
                () -> UUID.randomUUID().toString());
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

    /** Creates what the template has added, and changes what can be changed while it runs. */
    StackChanges update(Stack.Events before, Stack.Events next) {
        List<String> applied = new ArrayList<>();
        List<String> restart = new ArrayList<>();
        next.asynchronous().forEach(spec -> invocations.configure(spec.functionArn(), spec.settings()));
        for (TopicSpec topic : next.topics()) {
            Optional<TopicSpec> last = before.topics().stream()
                    .filter(one -> one.name().equals(topic.name()))
                    .findFirst();
            if (last.isEmpty()) {
                sns.create(topic.name(), topic.attributes(), topic.tags());
                applied.add("topic %s was added".formatted(topic.name()));
            } else if (!last.get().equals(topic)) {
                restart.add("topic %s was changed".formatted(topic.name()));
            }
        }
        for (SubscriptionSpec spec : added(before.subscriptions(), next.subscriptions())) {
            sns.subscribe(Arn.parse(spec.topicArn()), spec.protocol(), spec.endpoint(), spec.attributes());
            applied.add("subscription %s was added".formatted(spec.logicalId()));
        }
        added(before.buses(), next.buses()).forEach(bus -> {
            buses.createBus(bus);
            applied.add("event bus %s was added".formatted(bus));
        });
        added(before.rules(), next.rules()).forEach(spec -> {
            buses.put(Rules.rule(spec));
            applied.add("rule %s was added or changed".formatted(spec.name()));
        });
        gone("topic", names(before.topics(), TopicSpec::name), names(next.topics(), TopicSpec::name), restart);
        gone("rule", names(before.rules(), RuleSpec::name), names(next.rules(), RuleSpec::name), restart);
        gone("event bus", before.buses(), next.buses(), restart);
        gone(
                "subscription",
                names(before.subscriptions(), SubscriptionSpec::logicalId),
                names(next.subscriptions(), SubscriptionSpec::logicalId),
                restart);
        return new StackChanges(applied, restart);
    }

    private static <T> List<T> added(List<T> before, List<T> next) {
        return next.stream().filter(one -> !before.contains(one)).toList();
    }

    private static <T> List<String> names(List<T> all, Function<T, String> name) {
        return all.stream().map(name).toList();
    }

    private static void gone(String kind, List<String> before, List<String> next, List<String> restart) {
        before.stream()
                .filter(name -> !next.contains(name))
                .forEach(name -> restart.add("%s %s was removed from the template".formatted(kind, name)));
    }

    @Override
    public void close() {
        buses.close();
        invocations.close();
    }
}
