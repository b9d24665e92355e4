package dev.ingestkit.local.wiring;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.local.attach.Attachment;
import dev.ingestkit.local.cloudwatch.PublishedMetrics;
import dev.ingestkit.local.console.PageToken;
import dev.ingestkit.local.console.event.EventFeed;
import dev.ingestkit.local.control.CurrentContents;
import dev.ingestkit.local.control.FunctionLines;
import dev.ingestkit.local.control.RecordedLookup;
import dev.ingestkit.local.control.RuntimeStatus;
import dev.ingestkit.local.control.TemplateState;
import dev.ingestkit.local.control.TemplateWatch;
import dev.ingestkit.local.faults.FaultRule;
import dev.ingestkit.local.faults.FaultRules;
import dev.ingestkit.local.functions.FunctionConfig;
import dev.ingestkit.local.functions.FunctionHost;
import dev.ingestkit.local.gateway.jwt.IssuerKeys;
import dev.ingestkit.local.http.HttpHandler;
import dev.ingestkit.local.http.TlsCertificate;
import dev.ingestkit.local.inprocess.HeldRequests;
import dev.ingestkit.local.journal.Journal;
import dev.ingestkit.local.journal.JournalEvent;
import dev.ingestkit.local.lambda.FunctionLogger;
import dev.ingestkit.local.state.RuntimeState;
import dev.ingestkit.local.state.Snapshots;
import dev.ingestkit.local.state.StoredClock;
import dev.ingestkit.local.store.MemoryStore;
import dev.ingestkit.local.template.spec.RuntimeNames;
import dev.ingestkit.local.template.spec.Stack;
import dev.ingestkit.local.time.RuntimeClock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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
     * @param state the data in process; closed by the caller
     */
    public record Settings(
            boolean limits,
            List<String> faults,
            Map<String, Integer> debugPorts,
            Optional<Attachment> attachment,
            FunctionHost.Factory host,
            RuntimeState state,
            TlsCertificate certificate) {
        public Settings {
            faults = List.copyOf(faults);
            debugPorts = Map.copyOf(debugPorts);
            requireNonNull(attachment, "attachment");
            requireNonNull(host, "host");
            requireNonNull(state, "state");
            requireNonNull(certificate, "certificate");
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(RunningStack.class);

    private static final long MAX_SECONDS_TO_STOP = 30;

    private final RuntimeClock clock;
    private final Journal journal;
    private final StackWarnings warnings = new StackWarnings();
    private final List<String> dataChanges = new ArrayList<>();
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private volatile Stack stack;
    private AppliedParts applied;
    private final Settings settings;
    private final Serving serving;
    private final RuntimeParts parts;
    private final FunctionHost functions;
    private final Instant startedAt;
    private final StoredClock storedClock;
    private final EventFeed feed;
    private final PublishedMetrics metrics = new PublishedMetrics();
    private final PageToken pageToken = PageToken.random();
    private volatile @Nullable ServedStack served;
    private volatile @Nullable TemplateWatch watch;

    /**
     * The connections of a stack to its port and its clients.
     *
     * @param serve receives the port's handler
     * @param stop called when a client asks the runtime to stop
     * @param snapshots saves and loads the state of the stack
     */
    public record Serving(Consumer<HttpHandler> serve, Runnable stop, Snapshots snapshots) {}

    private RunningStack(Stack stack, Settings settings, Serving serving) {
        this.stack = requireNonNull(stack, "stack");
        this.settings = requireNonNull(settings, "settings");
        this.serving = requireNonNull(serving, "serving");
        this.clock = RuntimeClock.system();
        this.journal = new Journal(clock);
        this.storedClock = StoredClock.keep(settings.state(), clock);
        this.applied = AppliedParts.of(stack, settings.debugPorts());
        warnings.read(stack);
        this.parts = parts();
        this.functions = opened(Functions.host(
                settings.host(),
                settings.attachment().map(Attachment::uri).orElse(stack.names().endpoint()),
                parts));
        this.startedAt = clock.instant();
        CurrentContents contents =
                DataServices.contents(() -> Optional.ofNullable(served).map(ServedStack::services));
        this.feed = opened(new EventFeed(journal, clock, new RecordedLookup(contents, contents, parts.lines())));
    }

    /**
     * Starts a stack and returns when it delivers. Requests on the port wait until then, also those of functions: no part
     * of the start waits for a function.
     */
    public static RunningStack start(Stack stack, Settings settings, Serving serving) {
        RunningStack running = new RunningStack(stack, settings, serving);
        try {
            running.run();
            return running;
        } catch (RuntimeException | Error failed) {
            running.close();
            throw failed;
        }
    }

    private void run() {
        ServedStack first = served();
        warnings.mappings(stack, first.services()::reads);
        dataChanges.addAll(first.start(this::register, warnings::notRun));
        serve(first);
    }

    /**
     * Applies what a template has changed since the start or the last change; while attached, all of it needs a restart.
     *
     * @return what was applied, and what needs a restart
     * @throws dev.ingestkit.local.template.model.TemplateException for an API that API Gateway would refuse; nothing is
     *     changed then
     * @throws PartialUpdateException for a part that a service refuses; what was applied before stays, and the next change
     *     continues from there
     */
    public synchronized StackChanges apply(Stack next) {
        if (isAttached()) {
            return StackDifference.atRestart(stack, next, settings.debugPorts());
        }
        ServedStack current = requireNonNull(served, "served");
        StackUpdate change = new StackUpdate(applied, next);
        change.check(settings.debugPorts());
        try {
            change.data(current.services());
            change.functions(functions, settings.debugPorts());
            change.apis(current.gateway());
            change.events(current.services());
            change.mappings(current.sources(), current.services()::reads);
        } catch (RuntimeException failed) {
            throw new PartialUpdateException(change.changes(), failed);
        }
        stack = next;
        warnings.read(next);
        warnings.mappings(next, current.services()::reads);
        Apis.warn(next, parts.tokenKeys(), warnings::notRun);
        serve(current);
        return change.changes();
    }

    /** Sets the watch over the template's files. */
    public void watched(TemplateWatch template) {
        watch = template;
    }

    private Optional<TemplateWatch> watch() {
        return Optional.ofNullable(watch);
    }

    private ServedStack served() {
        ServedStack created = new ServedStack(stack, parts, functions, services());
        served = created;
        return created;
    }

    private HttpHandler serve(ServedStack of) {
        RuntimeStatus status = new RuntimeStatus(
                facts(),
                journal,
                functions,
                new RuntimeStatus.Mappings(
                        of.sources().streams()::all, of.sources().queues()::all),
                new RuntimeStatus.Data(of.services()::streamStates, of.services()::queueCounts),
                metrics::all);
        HttpHandler handler = new Port(
                        stack,
                        parts,
                        of,
                        functions,
                        new Port.Control(status, feed, metrics, warnings::notRun, this::watch, pageToken, serving))
                .handler();
        serving.serve().accept(handler);
        return handler;
    }

    /**
     * Replaces the state of the stack. New requests of the APIs wait, and mappings stop; invocations in flight end first, of
     * APIs, mappings and asynchronous ones, at most a minute of them. Then all requests wait
     * until the services have the new state, and mappings and asynchronous invocations continue where they were in it. One
     * call at a time.
     *
     * @param content what the state has read from the archive
     * @throws IOException if the state cannot be replaced, and is as before
     */
    public synchronized void load(Path archive, MemoryStore content) throws IOException {
        ServedStack before = requireNonNull(served, "served");
        try (HeldRequests calls = before.holdApis();
                HeldRequests held = new HeldRequests()) {
            awaitInvocations(before.sources());
            serving.serve().accept(held);
            try {
                before.close();
                settings.state().replace(archive, content);
            } finally {
                storedClock.restore();
                ServedStack next = served();
                Map<String, FunctionConfig> running = applied.functions();
                applied = AppliedParts.of(stack, settings.debugPorts()).withFunctions(running);
                next.start(() -> {}, warning -> {});
                held.release(serve(next));
                calls.release(next.apis());
            }
        }
    }

    /**
     * Returns to the state after the start: data, journal, faults, and the system's time. Functions keep running, with
     * what they hold in memory; their configuration is the template's again. Requests wait until then.
     */
    public synchronized void reset() {
        clock.reuseThreads(this::replaceAll);
    }

    private void replaceAll() {
        try (HeldRequests held = new HeldRequests()) {
            serving.serve().accept(held);
            requireNonNull(served, "served").close();
            settings.state().clear();
            clock.reset();
            journal.clear();
            parts.faults().clear();
            settings.faults().stream().map(FaultRule::parse).forEach(parts.faults()::add);
            applied = AppliedParts.of(stack, settings.debugPorts());
            ServedStack next = served();
            next.start(this::register, warning -> {});
            held.release(serve(next));
        }
    }

    /** Returns whether the data is at another endpoint. */
    public boolean isAttached() {
        return settings.attachment().isPresent();
    }

    private void awaitInvocations(EventSources sources) {
        try {
            sources.stop().get(MAX_SECONDS_TO_STOP, TimeUnit.SECONDS);
            if (!clock.settle()) {
                throw new TimeoutException("functions are still running");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the mappings stopped", interrupted);
        } catch (ExecutionException | TimeoutException unfinished) {
            LOG.warn(
                    "loading the state although invocations are in flight after {} s: their calls act on the loaded state",
                    MAX_SECONDS_TO_STOP);
        }
    }

    private RuntimeParts parts() {
        RuntimeNames names = stack.names();
        FaultRules faults = new FaultRules((rule, target) -> journal.append(
                new JournalEvent.Fault(rule.stage().label(), rule.kind().label(), target)));
        settings.faults().stream().map(FaultRule::parse).forEach(rule -> {
            faults.add(rule);
            if (settings.attachment().isPresent() && Attachment.forwards(rule.stage())) {
                warnings.aboutSettings("the fault %s has no effect: while attached, %s is the other endpoint's"
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

    private DataServices services() {
        return settings.attachment().isPresent()
                ? AttachedServices.start(settings.attachment().get(), parts, functions)
                : Services.start(stack.names().endpoint(), settings, parts, functions);
    }

    private void register() {
        Functions.register(applied.functions().values(), functions);
    }

    private RuntimeStatus.Facts facts() {
        return new RuntimeStatus.Facts(
                stack.names().endpoint(),
                stack.names().stackName(),
                stack.names().region(),
                startedAt,
                new RuntimeStatus.Contents(stack.outputValues(), stack.resources(), Apis.urls(stack)),
                settings.attachment().map(Attachment::uri),
                warnings.all(),
                () -> watch().map(TemplateWatch::state).orElse(TemplateState.NONE));
    }

    private <T extends AutoCloseable> T opened(T part) {
        open.push(part);
        return part;
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
        return warnings.notRun();
    }

    /** Returns all warnings, one line each: the parts of the template that do not run, and notes on this machine. */
    public List<String> warnings() {
        return List.copyOf(warnings.all());
    }

    /** Closes all parts, each of them even if another fails. */
    @Override
    public void close() {
        IllegalStateException failure = null;
        ServedStack last = served;
        if (last != null) {
            open.push(last);
            served = null;
        }
        while (!open.isEmpty()) {
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
