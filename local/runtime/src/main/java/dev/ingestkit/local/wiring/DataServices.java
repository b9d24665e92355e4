package dev.ingestkit.local.wiring;

import dev.ingestkit.local.control.CurrentContents;
import dev.ingestkit.local.control.Firing;
import dev.ingestkit.local.control.QueueContents;
import dev.ingestkit.local.control.QueueDepth;
import dev.ingestkit.local.control.RecordContents;
import dev.ingestkit.local.control.StreamState;
import dev.ingestkit.local.delivery.AsyncInvocations;
import dev.ingestkit.local.faults.FaultStage;
import dev.ingestkit.local.functions.FunctionInvoker;
import dev.ingestkit.local.gateway.Gateway;
import dev.ingestkit.local.http.HttpHandler;
import dev.ingestkit.local.http.OriginRule;
import dev.ingestkit.local.lambda.Mappings;
import dev.ingestkit.local.lambda.QueueMappings;
import dev.ingestkit.local.protocol.AwsService;
import dev.ingestkit.local.template.spec.MappingSpec;
import dev.ingestkit.local.template.spec.Stack;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The services that hold data: the ones of this process, or the ones of an endpoint that the runtime is attached to.
 */
sealed interface DataServices extends AutoCloseable permits Services, AttachedServices {

    /**
     * Returns the contents of the queues and streams of the services that run at the moment; nothing while there are
     * none.
     */
    static CurrentContents contents(Supplier<Optional<DataServices>> current) {
        return new CurrentContents(
                () -> current.get().map(DataServices::queueContents).orElse(QueueContents.UNKNOWN),
                () -> current.get().map(DataServices::recordContents).orElse(RecordContents.UNKNOWN));
    }

    /** Returns whether this runtime does the work of a stage, so that its faults have an effect. */
    boolean performs(FaultStage stage);

    /** Returns the services that this port serves. */
    List<AwsService> all();

    /** Returns the services with REST APIs, by their names in a credential scope. */
    Map<String, HttpHandler> rest();

    /** Returns the port's handler, given the handler of all other requests. */
    HttpHandler before(HttpHandler others, OriginRule origins);

    /** Returns a gateway whose integrations call these services, with nothing deployed yet. */
    Gateway gateway(FunctionInvoker functions);

    /** Returns mappings from these streams, with these queues and buckets as destinations. */
    Mappings mappings(FunctionInvoker functions);

    /** Returns mappings from these queues. */
    QueueMappings queueMappings(FunctionInvoker functions);

    /** Returns the queue of asynchronous invocations. */
    AsyncInvocations invocations();

    /** Returns the schedules and rules of a stack that a client may fire. */
    Firing firing(Stack stack);

    /** Creates the stack's streams, queues, buckets and secrets, or checks that they exist. */
    void create(Stack stack);

    /** Returns whether the source of a template's mapping can be read. */
    boolean reads(MappingSpec spec);

    /** Creates the stack's tables, or keeps the existing ones. */
    void createTables(Stack stack);

    /** Starts the rotation of the stack's secrets, whose functions exist. */
    void rotate(Stack stack);

    /** Returns what became of resources of an earlier run that the template has changed, once all are created. */
    List<String> changes();

    /**
     * Creates and changes the resources that a template's change is about, with their data.
     *
     * @return what became of each, one line each
     */
    List<String> update(Stack next);

    /**
     * Creates and changes topics, subscriptions, buses, rules and the settings of asynchronous invocations.
     *
     * @param parts the parts that run; each part that is added or changed is recorded
     * @param applied receives a line for each of them
     * @param restart receives a line for each change that needs a restart
     */
    void updateEvents(AppliedParts.Events parts, Stack next, Consumer<String> applied, Consumer<String> restart);

    /** Returns the streams of this runtime; none if the other endpoint has them. */
    List<StreamState> streamStates();

    List<QueueDepth> queueCounts();

    /** Returns the messages that the queues hold, for readers that receive nothing. */
    QueueContents queueContents();

    /** Returns the records that the streams hold, for readers without a position in them. */
    RecordContents recordContents();

    @Override
    void close();
}
