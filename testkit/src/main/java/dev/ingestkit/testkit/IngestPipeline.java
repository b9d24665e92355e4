package dev.ingestkit.testkit;

import static java.util.Objects.requireNonNull;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.ingestkit.local.LocalRuntime;
import dev.ingestkit.local.LocalRuntimeConfig;
import dev.ingestkit.local.capsule.Capsule;
import dev.ingestkit.local.functions.FunctionHost;
import dev.ingestkit.local.functions.FunctionRuntime;
import dev.ingestkit.local.journal.Journal;
import dev.ingestkit.local.time.RuntimeClock;
import dev.ingestkit.testkit.function.Replacement;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A template's stack, running for a test: streams, tables, queues, APIs and functions on a port of its own, functions
 * in the test's JVM, time moved by the test. Thread-safe. Close it, or let {@link IngestTest} do so; closing
 * removes everything.
 */
public final class IngestPipeline implements AutoCloseable {

    private final LocalRuntime runtime;
    private final RuntimeCalls calls;
    private final TemplateResources resources;
    private final FunctionLogs logs;
    private final Optional<FunctionsInTestJvm> functions;
    private final EventHistory history;
    private final Duration maxWait;
    private final String region;
    private final AtomicReference<AutoCloseable> clients = new AtomicReference<>();

    private IngestPipeline(
            Builder settings, LocalRuntime runtime, FunctionLogs logs, Optional<FunctionsInTestJvm> functions) {
        this.runtime = runtime;
        this.functions = functions;
        this.calls = new RuntimeCalls(runtime.endpoint());
        this.resources = new TemplateResources(runtime.resources());
        this.logs = logs;
        this.history = new EventHistory(runtime.journal());
        this.maxWait = settings.maxWait;
        this.region = settings.config.names().region();
    }

    /**
     * Starts a template's stack with the defaults.
     *
     * @throws dev.ingestkit.local.StartException if the stack cannot run; the message has the reason
     */
    public static IngestPipeline start(Path template) {
        return of(template).start();
    }

    /** Returns a builder of a stack. */
    public static Builder of(Path template) {
        return new Builder(template);
    }

    /** The settings of a stack, and its start. Not thread-safe. */
    public static final class Builder {

        private LocalRuntimeConfig config;
        private final List<String> faults = new ArrayList<>();
        private boolean processes;
        private Duration maxWait = Duration.ofSeconds(30);

        private Builder(Path template) {
            this.config = LocalRuntimeConfig.of(
                            requireNonNull(template, "template").toAbsolutePath())
                    .withPort(0)
                    .withStackName("test");
        }

        /** Sets a template parameter. */
        public Builder parameter(String name, String value) {
            config = config.withParameter(name, value);
            return this;
        }

        /** Adds a fault to inject from the start, as {@code STAGE:KIND,OPTION=VALUE}. */
        public Builder fault(String specification) {
            faults.add(specification);
            return this;
        }

        /** Runs each function in a JVM of its own, from the archive that the template names. */
        public Builder functionsInProcessesOfTheirOwn() {
            processes = true;
            return this;
        }

        /** Sets the maximum real time that an expectation waits; 30 seconds by default. */
        public Builder maxWait(Duration value) {
            maxWait = requireNonNull(value, "value");
            return this;
        }

        /**
         * Starts the stack and returns when it delivers.
         *
         * @throws dev.ingestkit.local.StartException if the stack cannot run; the message has the reason
         */
        public IngestPipeline start() {
            FunctionLogs logs = new FunctionLogs();
            if (processes) {
                FunctionHost.Factory host = options -> new FunctionRuntime(options.withLog(logs));
                return new IngestPipeline(
                        this, LocalRuntime.start(config.withFaults(faults), host), logs, Optional.empty());
            }
            FunctionsInTestJvm functions = new FunctionsInTestJvm(logs);
            LocalRuntime runtime = LocalRuntime.start(config.withFaults(faults), functions);
            return new IngestPipeline(this, runtime, logs, Optional.of(functions));
        }
    }

    /** Returns {@code http://localhost:PORT}, where any client of AWS works. */
    public URI endpoint() {
        return runtime.endpoint();
    }

    /** Returns the stack's outputs by name. */
    public Map<String, String> outputs() {
        return runtime.outputs();
    }

    /** Returns the parts of the template that do not run, and notes on this machine, one line each. */
    public List<String> warnings() {
        return runtime.warnings();
    }

    /** Returns the physical name of a resource, by its logical id in the template. */
    public String name(String logicalId) {
        return resources.physicalName(logicalId);
    }

    /**
     * Returns a client of the AWS SDK for Java 2 for this stack, closed with it.
     *
     * @param type a service's client, such as {@code DynamoDbClient.class} or {@code KinesisAsyncClient.class}
     */
    public <T> T client(Class<T> type) {
        clients.compareAndSet(null, new SdkClients(endpoint(), region));
        return ((SdkClients) requireNonNull(clients.get())).client(type);
    }

    /** Returns a client of the template's first API. */
    public ApiClient api() {
        return new ApiClient(calls, resources, calls.apiUrl(null), Map.of());
    }

    /** Returns a client of an API, by its logical id in the template. */
    public ApiClient api(String logicalId) {
        return new ApiClient(calls, resources, calls.apiUrl(logicalId), Map.of());
    }

    /**
     * Submits an event through the template's API to {@code /submit/STREAM/ID}, as the user in the template's only secret.
     *
     * @param stream the stream's name, or its logical id in the template
     * @param eventId the last part of the path
     * @param data the request's body, JSON
     */
    public ApiAnswer submit(String stream, String eventId, String data) {
        return api().withUserOf(resources.secret())
                .post("/submit/%s/%s".formatted(resources.stream(stream), eventId), data);
    }

    /** Returns the stack's clock, by which everything in the stack waits. */
    public PipelineClock clock() {
        return new PipelineClock(runtime.clock());
    }

    /** Returns the journal: what happened, entry by entry. */
    public Journal journal() {
        return runtime.journal();
    }

    /** Injects a fault from now on, as {@code STAGE:KIND,OPTION=VALUE}. */
    public void addFault(String specification) {
        calls.addFault(specification);
    }

    /** Removes all faults. */
    public void clearFaults() {
        calls.clearFaults();
    }

    /**
     * Puts an event into a stream.
     *
     * @param stream the stream's name, or its logical id in the template
     * @param eventId the partition key, by which the event is found again
     * @param data the record's data, as UTF-8
     */
    public PutEvent put(String stream, String eventId, String data) {
        return calls.put(resources.stream(stream), eventId, data);
    }

    /** Returns an expectation of the latest event with this partition key. */
    public EventExpectation await(String eventId) {
        return new EventExpectation(this, history, ExpectedEvent.withId(eventId));
    }

    /** Returns an expectation of one record, as {@link #put} has returned it; others may have the same partition key. */
    public EventExpectation await(PutEvent event) {
        return new EventExpectation(this, history, ExpectedEvent.ofRecord(event));
    }

    /**
     * Returns an expectation of the latest record that a predicate accepts, among all that were put, by whichever client.
     */
    public EventExpectation await(Predicate<PutEvent> which) {
        return new EventExpectation(this, history, ExpectedEvent.accepted(which));
    }

    /**
     * Invokes a function with the event of a capsule, which {@code ingest-cli capsule} has saved.
     *
     * @param capsule where the capsule is: {@code getClass().getResource("/capsules/NAME.json")}
     */
    public ReplayedBatch replay(@Nullable URL capsule) {
        if (capsule == null) {
            throw new IllegalArgumentException("the capsule is not among the test's resources");
        }
        try (InputStream in = capsule.openStream()) {
            Capsule read = Capsule.parse(in.readAllBytes());
            String function = resources.function(read.source().function()).physicalId();
            FunctionAnswer answer = calls.invoke(function, read.event());
            return new ReplayedBatch(read, answer, calls.mappingsOf(function), logs.of(function));
        } catch (IOException unreadable) {
            throw new UncheckedIOException("the capsule '%s' cannot be read".formatted(capsule), unreadable);
        }
    }

    /** Returns the messages that wait in a queue, given by name or logical id; they stay there. */
    public List<String> messages(String queue) {
        return calls.messages(resources.queueUrl(queue));
    }

    /** Returns the output of a function, given by name or logical id, line by line. */
    public List<String> log(String function) {
        return logs.of(resources.nameOr(function));
    }

    /** Leaves the records that were put so far out of later checks for unfinished ones. */
    void closeLedger() {
        history.closeLedger();
    }

    /**
     * Checks that every record of the streams that functions read has been processed, filtered, dead lettered or
     * expired, without those that a failed test of {@link IngestTest} has left. Waits for work in progress; while the clock is frozen, nothing that waits for its time continues.
     *
     * @throws AssertionError naming the records that are not finished, with what happened to each
     */
    public void requireNothingUnfinished() {
        Set<String> read = calls.streamsWithMappings();
        Waiting.until(this, () -> history.unfinished(read).isEmpty(), () -> history.describeUnfinished(read));
    }

    /**
     * Runs a handler of the test in a function's place, until {@link #restore} or {@link #reset}: a lambda, or an object
     * that the test has made. The event is read as the type that the handler's class declares; a lambda gets what JSON
     * holds, maps, lists and strings. The handler is the test's own in all respects: its environment variables and its
     * standard output are the test's.
     *
     * @param function the function's name, or its logical id in the template
     */
    public void replace(String function, RequestHandler<?, ?> handler) {
        replace(function, Replacement.of(handler));
    }

    /**
     * Runs a handler of the test in a function's place, as {@link #replace(String, RequestHandler)}.
     *
     * @param event the type that the event is read as
     */
    public <I> void replace(String function, Class<I> event, RequestHandler<? super I, ?> handler) {
        replace(function, new Replacement(handler, event));
    }

    /** Runs a handler of streams in a function's place, as {@link #replace(String, RequestHandler)}. */
    public void replace(String function, RequestStreamHandler handler) {
        replace(function, Replacement.of(handler));
    }

    private void replace(String function, Replacement replacement) {
        inTestJvm().replace(resources.function(function).physicalId(), replacement);
    }

    /** Runs a function's own handler again. */
    public void restore(String function) {
        inTestJvm().restore(resources.function(function).physicalId());
    }

    private FunctionsInTestJvm inTestJvm() {
        return functions.orElseThrow(
                () -> new IllegalStateException("a function in a process of its own cannot be replaced by the test's"));
    }

    /**
     * Returns to the state after the start: streams, tables, queues and secrets are new, the clock shows the system's time,
     * faults are those of the start, journal and logs are empty, and replaced functions are the template's again. Waits for
     * work in progress. Functions keep what they hold in memory: their statics, and the clients they have opened.
     */
    public void reset() {
        functions.ifPresent(FunctionsInTestJvm::restoreAll);
        runtime.reset();
        logs.clear();
        history.clear();
    }

    String nameOr(String nameOrLogicalId) {
        return resources.nameOr(nameOrLogicalId);
    }

    RuntimeClock runtimeClock() {
        return runtime.clock();
    }

    Duration maxWait() {
        return maxWait;
    }

    FunctionLogs logs() {
        return logs;
    }

    /** Stops the stack. Idempotent. */
    @Override
    public void close() {
        AutoCloseable open = clients.getAndSet(null);
        try (runtime;
                calls) {
            if (open != null) {
                ((SdkClients) open).close();
            }
        }
    }
}
