package dev.ingestkit.local.wiring;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.local.attach.Attachment;
import dev.ingestkit.local.console.event.EventFeed;
import dev.ingestkit.local.control.FunctionLines;
import dev.ingestkit.local.control.RecordedLookup;
import dev.ingestkit.local.control.RuntimeStatus;
import dev.ingestkit.local.control.TemplateState;
import dev.ingestkit.local.faults.FaultRule;
import dev.ingestkit.local.faults.FaultRules;
import dev.ingestkit.local.faults.FaultStage;
import dev.ingestkit.local.functions.FunctionHost;
import dev.ingestkit.local.functions.FunctionInvoker;
import dev.ingestkit.local.functions.TrackedFunctions;
import dev.ingestkit.local.gateway.Gateway;
import dev.ingestkit.local.gateway.jwt.IssuerKeys;
import dev.ingestkit.local.http.HttpHandler;
import dev.ingestkit.local.http.HttpResponse;
import dev.ingestkit.local.http.TlsCertificate;
import dev.ingestkit.local.journal.Journal;
import dev.ingestkit.local.journal.JournalEvent;
import dev.ingestkit.local.lambda.Destinations;
import dev.ingestkit.local.lambda.FunctionLogger;
import dev.ingestkit.local.store.Store;
import dev.ingestkit.local.template.model.Problem;
import dev.ingestkit.local.template.spec.MappingSpec;
import dev.ingestkit.local.template.spec.RuntimeNames;
import dev.ingestkit.local.template.spec.Stack;
import dev.ingestkit.local.time.RuntimeClock;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A template's resources while they run: services filled, functions started, APIs deployed, mappings delivering. Parts
 * are created after the parts that they need and closed in the opposite order. Thread-safe.
 */
public final class RunningStack implements AutoCloseable {

    /**
     * The settings of a run.
     *
     * @param limits whether shards refuse requests beyond AWS's throughput
     * @param faults specifications of faults to inject from the start
     * @param debugPorts by function; {@code *} stands for all
     * @param attachment the stack at another endpoint whose data to work on; without one the data is in this process
     * @param host runs the functions
     * @param data keeps the data in process for the next run; stays the caller's to close
     */
    public record Settings(
            boolean limits,
            List<String> faults,
            Map<String, Integer> debugPorts,
            Optional<Attachment> attachment,
            FunctionHost.Factory host,
            Optional<Store> data,
            TlsCertificate certificate) {
        public Settings {
            faults = List.copyOf(faults);
            debugPorts = Map.copyOf(debugPorts);
            requireNonNull(attachment, "attachment");
            requireNonNull(host, "host");
            requireNonNull(data, "data");
            requireNonNull(certificate, "certificate");
        }
    }

    private static final Set<FaultStage> STAGES_OF_DATA = Set.of(
            FaultStage.KINESIS_PUT, FaultStage.KINESIS_GET, FaultStage.DYNAMODB, FaultStage.SQS, FaultStage.SECRET);

    private final RuntimeClock clock;
    private final Journal journal;
    private final List<String> warnings = new CopyOnWriteArrayList<>();
    private final List<String> dataChanges = new ArrayList<>();
    private final List<String> notRun = new CopyOnWriteArrayList<>();
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private boolean attached;
    private int kept;
    private Runnable redeploy = () -> {};
    private volatile boolean deployed;
    private volatile Supplier<TemplateState> template = () -> TemplateState.NONE;
    private Function<Stack, StackChanges> update = stack -> new StackChanges(List.of(), List.of());

    private RunningStack(RuntimeClock clock) {
        this.clock = clock;
        this.journal = new Journal(clock);
    }

    /**
     * Starts a stack and returns when it delivers.
     *
     * @param serve receives the port's handler as soon as the services answer, before functions start, which may call
     *     them
     * @param stop called when a client asks the runtime to stop
     */
    public static RunningStack start(Stack stack, Settings settings, Consumer<HttpHandler> serve, Runnable stop) {
        RunningStack running = new RunningStack(RuntimeClock.system());
        try {
            running.run(stack, settings, serve, stop);
            return running;
        } catch (RuntimeException | Error failed) {
            running.close();
            throw failed;
        }
    }

    private void run(Stack stack, Settings settings, Consumer<HttpHandler> serve, Runnable stop) {
        stack.warnings().stream().map(Problem::toString).forEach(this::notRun);
        Functions.onOlderJava(stack.compute().functions()).ifPresent(warnings::add);
        RuntimeNames names = stack.names();
        attached = settings.attachment().isPresent();
        RuntimeParts parts = parts(settings, names);
        FunctionHost functions = opened(Functions.host(settings.host(), serviceEndpoint(names, settings), parts));
        kept = open.size();
        deploy(stack, settings, parts, functions, serve, stop);
        redeploy = () -> {
            parts.faults().clear();
            settings.faults().stream().map(FaultRule::parse).forEach(parts.faults()::add);
            deploy(stack, settings, parts, functions, serve, stop);
        };
    }

    /** Creates everything but the function host, which outlives a reset. */
    private void deploy(
            Stack stack,
            Settings settings,
            RuntimeParts parts,
            FunctionHost functions,
            Consumer<HttpHandler> serve,
            Runnable stop) {
        DataServices services = opened(services(stack.names(), settings, parts, functions));
        FunctionInvoker tracked = new TrackedFunctions(clock, functions);
        Gateway gateway = opened(services.gateway(tracked));
        EventSources sources =
                new EventSources(opened(services.mappings(tracked)), opened(services.queueMappings(tracked)));
        HttpHandler apis = onceDeployed(gateway);
        EventFeed feed =
                opened(new EventFeed(journal, clock, new RecordedLookup(services.queueContents(), parts.lines())));
        Instant startedAt = clock.instant();
        Consumer<Stack> publish = current -> {
            RuntimeStatus status = new RuntimeStatus(
                    facts(current, settings, startedAt),
                    journal,
                    functions,
                    new RuntimeStatus.Mappings(sources.streams()::all, sources.queues()::all),
                    services::queueCounts);
            Port.Control own = new Port.Control(status, feed, this::notRun, stop);
            serve.accept(new Port(current, parts, services, functions, sources, apis, own).handler());
        };
        publish.accept(stack);

        services.create(stack);
        Functions.register(stack, settings.debugPorts(), functions);
        Apis.deploy(stack, gateway, parts.tokenKeys(), this::notRun);
        deployed = true;
        services.createTables(stack);
        services.rotate(stack);
        dataChanges.addAll(services.changes());
        stack.compute().mappings().forEach(this::warnAboutDestination);
        warnAboutUnread(stack, services);
        sources.start(stack, services::reads);
        update = new Update(stack, settings, services, functions, gateway, sources, publish)::apply;
    }

    /** The parts that a change of the template is applied to. Guarded by the running stack. */
    private final class Update {

        private final Settings settings;
        private final DataServices services;
        private final FunctionHost functions;
        private final Gateway gateway;
        private final EventSources sources;
        private final Consumer<Stack> publish;
        private Stack current;

        Update(
                Stack current,
                Settings settings,
                DataServices services,
                FunctionHost functions,
                Gateway gateway,
                EventSources sources,
                Consumer<Stack> publish) {
            this.current = current;
            this.settings = settings;
            this.services = services;
            this.functions = functions;
            this.gateway = gateway;
            this.sources = sources;
            this.publish = publish;
        }

        StackChanges apply(Stack next) {
            StackUpdate change = new StackUpdate(current, next);
            change.check(settings.debugPorts());
            change.data(services);
            change.functions(functions, settings.debugPorts());
            change.apis(gateway);
            change.events(services);
            change.mappings(sources, services::reads);
            current = next;
            warnings.clear();
            notRun.clear();
            next.warnings().stream().map(Problem::toString).forEach(RunningStack.this::notRun);
            publish.accept(next);
            return change.changes();
        }
    }

    /**
     * Applies what a template has changed since the start or the last change.
     *
     * @return what was applied, and what needs a restart
     * @throws dev.ingestkit.local.template.model.TemplateException for an API that API Gateway would refuse; nothing is
     *     changed then
     */
    public synchronized StackChanges apply(Stack next) {
        return update.apply(next);
    }

    /** Sets where the state of the template comes from that the runtime's status has. */
    public void watched(Supplier<TemplateState> state) {
        template = state;
    }

    /**
     * Returns to the state after the start: data, journal, faults, and the system's time. Functions keep running, with
     * what they hold in memory; their configuration is the template's again.
     */
    public synchronized void reset() {
        deployed = false;
        closeTo(kept);
        clock.reset();
        journal.clear();
        redeploy.run();
    }

    /** Asks clients to retry until all APIs are deployed: they would take 404 of a runtime that starts again for an answer. */
    private HttpHandler onceDeployed(Gateway gateway) {
        return request -> deployed
                ? gateway.handle(request)
                : CompletableFuture.completedFuture(
                        HttpResponse.text(503, "the runtime is starting\n").withHeader("Retry-After", "1"));
    }

    /** Adds a warning once: the stages of an API share their document. */
    private void notRun(String reason) {
        if (!notRun.contains(reason)) {
            notRun.add(reason);
            warnings.add(reason);
        }
    }

    private void warn(String text) {
        if (!warnings.contains(text)) {
            warnings.add(text);
        }
    }

    private RuntimeParts parts(Settings settings, RuntimeNames names) {
        FaultRules faults = new FaultRules((rule, target) -> journal.append(
                new JournalEvent.Fault(rule.stage().label(), rule.kind().label(), target)));
        settings.faults().stream().map(FaultRule::parse).forEach(rule -> {
            faults.add(rule);
            if (settings.attachment().isPresent() && STAGES_OF_DATA.contains(rule.stage())) {
                warnings.add("the fault %s has no effect: while attached, %s is the other endpoint's"
                        .formatted(rule.specification(), rule.stage().label()));
            }
        });
        FunctionLines lines = new FunctionLines(clock, new FunctionLogger());
        Optional<Path> keyFile =
                Optional.ofNullable(System.getenv("INGEST_JWT_KEYS")).map(Path::of);
        return new RuntimeParts(
                journal,
                faults,
                clock,
                lines,
                names.region(),
                names.accountId(),
                new IssuerKeys(keyFile, clock),
                settings.certificate());
    }

    /** Returns the endpoint where functions reach the services that hold data. */
    private static URI serviceEndpoint(RuntimeNames names, Settings settings) {
        return settings.attachment().map(Attachment::uri).orElse(names.endpoint());
    }

    private static DataServices services(
            RuntimeNames names, Settings settings, RuntimeParts parts, FunctionHost functions) {
        return settings.attachment().isPresent()
                ? AttachedServices.start(settings.attachment().get(), parts, functions)
                : Services.start(names.endpoint(), settings, parts, functions);
    }

    private void warnAboutUnread(Stack stack, DataServices services) {
        stack.compute().mappings().stream()
                .filter(spec -> !services.reads(spec))
                .forEach(spec ->
                        warn("the mapping %s is not run: while attached, mappings of streams read Kinesis only, not %s"
                                .formatted(spec.logicalId(), spec.eventSourceArn())));
    }

    private void warnAboutDestination(MappingSpec spec) {
        spec.settings()
                .onFailure()
                .filter(arn -> !Destinations.canReach(arn))
                .ifPresent(arn -> notRun(
                        "the on-failure destination %s of %s is not run locally: SQS queues, SNS topics and S3 buckets are"
                                .formatted(arn, spec.logicalId())));
    }

    private RuntimeStatus.Facts facts(Stack stack, Settings settings, Instant startedAt) {
        return new RuntimeStatus.Facts(
                stack.names().endpoint(),
                stack.names().stackName(),
                stack.names().region(),
                startedAt,
                new RuntimeStatus.Contents(stack.outputValues(), stack.resources(), Apis.urls(stack)),
                settings.attachment().map(Attachment::uri),
                warnings,
                () -> template.get());
    }

    private <T extends AutoCloseable> T opened(T part) {
        open.push(part);
        return part;
    }

    /** Says whether the data is at another endpoint. */
    public boolean isAttached() {
        return attached;
    }

    public RuntimeClock clock() {
        return clock;
    }

    /** Returns what became of resources of the data directory that the template has changed, one line each. */
    public List<String> dataChanges() {
        return List.copyOf(dataChanges);
    }

    public Journal journal() {
        return journal;
    }

    /** Returns the parts of the template that do not run, one line each; other warnings are not among them. */
    public List<String> notRun() {
        return List.copyOf(notRun);
    }

    /** Returns all warnings, one line each: the parts of the template that do not run, and notes on this machine. */
    public List<String> warnings() {
        return List.copyOf(warnings);
    }

    /** Closes all parts, each of them even if another fails. */
    @Override
    public synchronized void close() {
        closeTo(0);
    }

    private void closeTo(int remaining) {
        IllegalStateException failure = null;
        while (open.size() > remaining) {
            try {
                open.pop().close();
            } catch (Exception failed) {
                if (failure == null) {
                    failure = new IllegalStateException("a part of the runtime cannot be closed", failed);
                } else {
                    failure.addSuppressed(failed);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
