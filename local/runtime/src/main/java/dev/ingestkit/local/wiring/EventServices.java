package dev.ingestkit.local.wiring;

import dev.ingestkit.local.delivery.AsyncInvocations;
import dev.ingestkit.local.events.Arn;
import dev.ingestkit.local.functions.FunctionInvoker;
import dev.ingestkit.local.inprocess.QueueCalls;
import dev.ingestkit.local.inprocess.ServiceTargets;
import dev.ingestkit.local.mapping.ThreadEventLoop;
import dev.ingestkit.local.protocol.AwsService;
import dev.ingestkit.local.sns.SnsService;
import dev.ingestkit.local.sqs.SqsService;
import dev.ingestkit.local.template.spec.Stack;
import java.util.List;
import java.util.UUID;

/** The services of this process that pass events on: topics, and the queue of asynchronous invocations. Thread-safe. */
final class EventServices implements AutoCloseable {

    private final AsyncInvocations invocations;
    private final SnsService sns;

    EventServices(RuntimeParts parts, SqsService sqs, FunctionInvoker functions) {
        ServiceTargets targets = new ServiceTargets(new QueueCalls(sqs), this::sns, this::invocations);
        this.invocations = new AsyncInvocations(
                functions,
                parts.journal(),
                parts.clock(),
                ThreadEventLoop.on(parts.clock(), "asynchronous-invocations"),
                targets);
        this.sns = new SnsService(
                parts.region(),
                parts.accountId(),
                parts.clock(),
                targets,
                () -> UUID.randomUUID().toString());
    }

    SnsService sns() {
        return sns;
    }

    AsyncInvocations invocations() {
        return invocations;
    }

    /** Returns the services that the port serves. */
    List<AwsService> all() {
        return List.of(sns);
    }

    /** Creates the stack's topics and their subscriptions, whose queues exist. */
    void create(Stack stack) {
        stack.events().topics().forEach(spec -> sns.create(spec.name(), spec.attributes(), spec.tags()));
        stack.events()
                .subscriptions()
                .forEach(spec ->
                        sns.subscribe(Arn.parse(spec.topicArn()), spec.protocol(), spec.endpoint(), spec.attributes()));
    }

    @Override
    public void close() {
        invocations.close();
    }
}
