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
import dev.ingestkit.local.template.spec.Stack;
import java.util.List;
import java.util.UUID;

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

    @Override
    public void close() {
        buses.close();
        invocations.close();
    }
}
