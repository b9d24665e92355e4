package dev.ingestkit.local;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.local.attach.AttachException;
import dev.ingestkit.local.attach.Attachment;
import dev.ingestkit.local.events.Completions;
import dev.ingestkit.local.events.DaemonThreads;
import dev.ingestkit.local.functions.FunctionHost;
import dev.ingestkit.local.http.AddressUnavailableException;
import dev.ingestkit.local.http.HttpServer;
import dev.ingestkit.local.http.HttpServerConfig;
import dev.ingestkit.local.http.TlsCertificate;
import dev.ingestkit.local.journal.Journal;
import dev.ingestkit.local.state.RuntimeState;
import dev.ingestkit.local.state.Snapshots;
import dev.ingestkit.local.template.Template;
import dev.ingestkit.local.template.model.TemplateException;
import dev.ingestkit.local.template.spec.RuntimeNames;
import dev.ingestkit.local.template.spec.Stack;
import dev.ingestkit.local.template.spec.StackResource;
import dev.ingestkit.local.time.RuntimeClock;
import dev.ingestkit.local.wiring.RunningStack;
import dev.ingestkit.local.wiring.StackChanges;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The runtime that {@link LocalRuntime#start} returns: the port first, since URLs contain its number, then the stack
 * behind it. Thread-safe.
 */
final class EmbeddedRuntime implements LocalRuntime {
    private final URI endpoint;
    private volatile Stack stack;
    private final HttpServer server;
    private final RunningStack running;
    private final RuntimeState state;
    private final RuntimeSnapshots snapshots;
    private final CompletableFuture<Void> stop;
    private volatile @Nullable TemplateReload reload;
    private final AtomicBoolean closed = new AtomicBoolean();

    private EmbeddedRuntime(
            URI endpoint,
            Stack stack,
            HttpServer server,
            RunningStack running,
            RuntimeState state,
            RuntimeSnapshots snapshots,
            CompletableFuture<Void> stop) {
        this.endpoint = endpoint;
        this.stack = stack;
        this.server = server;
        this.running = running;
        this.state = state;
        this.snapshots = snapshots;
        this.stop = stop;
    }

    static EmbeddedRuntime start(LocalRuntimeConfig config, FunctionHost.Factory host) {
        // Beside the port's opening: each of the two loads many classes.
        CompletableFuture<Template> read = CompletableFuture.supplyAsync(
                () -> read(config).on(host::obstacle), task -> DaemonThreads.start("template", task));
        SwitchableHandler handler = new SwitchableHandler();
        TlsCertificate certificate =
                new TlsCertificate(config.attach().stateDirectory().resolve("tls"));
        HttpServer server = listen(config, handler, certificate);
        try {
            return start(config, host, joined(read), new Listening(server, handler, certificate));
        } catch (RuntimeException | Error failed) {
            handler.drop();
            server.close();
            throw failed;
        }
    }

    private static Template joined(CompletableFuture<Template> read) {
        try {
            return read.join();
        } catch (CompletionException failed) {
            if (Completions.unwrap(failed) instanceof StartException refused) {
                throw refused;
            }
            throw failed;
        }
    }

    /** The open port. */
    private record Listening(HttpServer server, SwitchableHandler handler, TlsCertificate certificate) {}

    private static EmbeddedRuntime start(
            LocalRuntimeConfig config, FunctionHost.Factory host, Template template, Listening port) {
        Optional<Attachment> attachment = attachment(config);
        RuntimeState state = open(config);
        try {
            return start(config, host, template, attachment, state, port);
        } catch (RuntimeException | Error failed) {
            state.close();
            throw failed;
        }
    }

    private static RuntimeState open(LocalRuntimeConfig config) {
        LocalRuntimeConfig.Names names = config.names();
        if (config.data().isEmpty()) {
            return RuntimeState.inMemory(names.stack(), names.region(), names.accountId());
        }
        Path directory = config.data().get();
        try {
            return RuntimeState.in(directory, names.stack(), names.region(), names.accountId());
        } catch (IOException unusable) {
            throw new StartException(
                    StartException.Obstacle.DATA,
                    "the data in '%s' cannot be opened".formatted(directory),
                    List.of(),
                    unusable);
        }
    }

    private static EmbeddedRuntime start(
            LocalRuntimeConfig config,
            FunctionHost.Factory host,
            Template template,
            Optional<Attachment> attachment,
            RuntimeState state,
            Listening port) {
        try {
            URI endpoint = URI.create("http://localhost:" + port.server().port());
            Stack stack = resolve(template, config, endpoint, attachment);
            if (host.needsCode()) {
                requireCode(stack);
            }
            RuntimeSnapshots snapshots = new RuntimeSnapshots(state, config, attachment.isPresent());
            CompletableFuture<Void> stop = new CompletableFuture<>();
            RunningStack running = RunningStack.start(
                    stack,
                    settings(config, host, attachment, state, port.certificate()),
                    new RunningStack.Serving(port.handler()::set, () -> stop.complete(null), snapshots));
            snapshots.loadInto(running);
            requireAllRun(config, running);
            EmbeddedRuntime runtime =
                    new EmbeddedRuntime(endpoint, stack, port.server(), running, state, snapshots, stop);
            runtime.watch(() -> changed(config, host, endpoint, attachment));
            return runtime;
        } catch (StartException refused) {
            throw refused;
        } catch (AttachException refused) {
            throw unattached(refused);
        } catch (TemplateException refused) {
            throw invalidTemplate(refused);
        } catch (RuntimeException failed) {
            throw refused(failed);
        }
    }

    /** Follows changes of the template from now on; while attached, they are only told. */
    private void watch(Supplier<Stack> read) {
        TemplateReload watch = new TemplateReload(
                stack.source().files(), read, next -> nowRuns(next, running.apply(next)), InstantSource.system());
        reload = watch;
        running.watched(watch);
        watch.start();
    }

    private StackChanges nowRuns(Stack next, StackChanges changes) {
        stack = running.isAttached() ? stack : next;
        return changes;
    }

    private static Stack changed(
            LocalRuntimeConfig config, FunctionHost.Factory host, URI endpoint, Optional<Attachment> attachment) {
        Stack next = resolve(read(config).on(host::obstacle), config, endpoint, attachment);
        if (host.needsCode()) {
            requireCode(next);
        }
        return next;
    }

    /** Rejects features that only the services know as unsupported. */
    private static void requireAllRun(LocalRuntimeConfig config, RunningStack running) {
        if (config.behavior().strict() && !running.notRun().isEmpty()) {
            running.close();
            throw new StartException(
                    StartException.Obstacle.TEMPLATE, String.join("\n", running.notRun()), List.of(), null);
        }
    }

    private static RunningStack.Settings settings(
            LocalRuntimeConfig config,
            FunctionHost.Factory host,
            Optional<Attachment> attachment,
            RuntimeState state,
            TlsCertificate certificate) {
        return new RunningStack.Settings(
                config.behavior().limits(),
                config.behavior().faults(),
                config.behavior().debugPorts(),
                attachment,
                host,
                state,
                certificate);
    }

    private static Optional<Attachment> attachment(LocalRuntimeConfig config) {
        try {
            return config.attach()
                    .endpoint()
                    .map(endpoint -> Attachment.to(
                            endpoint,
                            config.names().stack(),
                            config.names().region(),
                            config.attach().stateDirectory(),
                            config.attach().besideMapping()));
        } catch (AttachException refused) {
            throw unattached(refused);
        }
    }

    private static StartException unattached(AttachException refused) {
        return new StartException(
                StartException.Obstacle.ATTACH,
                String.valueOf(refused.getMessage()),
                refused.hints(),
                refused.getCause());
    }

    private static Template read(LocalRuntimeConfig config) {
        if (!Template.exists(config.template())) {
            throw new StartException(
                    StartException.Obstacle.TEMPLATE,
                    "'" + config.template() + "' is not a template: the file does not exist",
                    List.of("name it: --template FILE, or --app DIRECTORY for what cdk synth wrote"),
                    null);
        }
        try {
            return Template.read(config.template());
        } catch (TemplateException invalid) {
            throw invalidTemplate(invalid);
        }
    }

    private static Stack resolve(
            Template template, LocalRuntimeConfig config, URI endpoint, Optional<Attachment> attachment) {
        try {
            Stack stack = attachment.isPresent()
                    ? resolve(template, config, endpoint, attachment.get())
                    : template.resolve(
                            new RuntimeNames(
                                    config.names().stack(),
                                    config.names().region(),
                                    config.names().accountId(),
                                    endpoint),
                            config.parameters());
            return config.behavior().strict() ? stack.requireNoWarnings() : stack;
        } catch (TemplateException invalid) {
            throw invalidTemplate(invalid);
        }
    }

    private static Stack resolve(Template template, LocalRuntimeConfig config, URI endpoint, Attachment attachment) {
        return template.resolve(
                attachment.names(config.names().stack(), endpoint),
                attachment.parameters(template.parameterNames(), config.parameters()),
                attachment.deployed());
    }

    private static StartException invalidTemplate(TemplateException invalid) {
        return new StartException(
                StartException.Obstacle.TEMPLATE, String.valueOf(invalid.getMessage()), List.of(), null);
    }

    private static HttpServer listen(LocalRuntimeConfig config, SwitchableHandler handler, TlsCertificate certificate) {
        try {
            return HttpServer.start(
                    HttpServerConfig.loopback(config.listen().port())
                            .withHost(config.listen().host())
                            .withTls(certificate),
                    handler);
        } catch (AddressUnavailableException inUse) {
            throw new StartException(
                    StartException.Obstacle.PORT,
                    String.valueOf(inUse.getMessage()),
                    List.of(
                            "use another port: --port 0 for any free one",
                            "is it LocalStack? stop it: docker compose down"),
                    inUse);
        }
    }

    private static void requireCode(Stack stack) {
        List<String> missing = new ArrayList<>();
        stack.compute().functions().forEach(function -> {
            Path code = function.code().path();
            if (!Files.exists(code)) {
                missing.add("%s: %s (%s)".formatted(function.logicalId(), code, function.at()));
            }
        });
        if (!missing.isEmpty()) {
            throw new StartException(
                    StartException.Obstacle.CODE,
                    "the code of a function does not exist: " + String.join(", ", missing),
                    List.of("build it: mvn package, or sam build"),
                    null);
        }
    }

    private static StartException refused(RuntimeException failed) {
        return new StartException(
                StartException.Obstacle.RESOURCE,
                "the stack cannot be started: " + failed.getMessage(),
                List.of("AWS may refuse this resource of the template as well"),
                failed);
    }

    @Override
    public URI endpoint() {
        return endpoint;
    }

    @Override
    public Map<String, String> outputs() {
        return stack.outputValues();
    }

    @Override
    public List<StackResource> resources() {
        return stack.resources();
    }

    @Override
    public List<String> warnings() {
        return running.warnings();
    }

    @Override
    public List<String> dataChanges() {
        return running.dataChanges();
    }

    @Override
    public Journal journal() {
        return requireNonNull(running.journal());
    }

    @Override
    public RuntimeClock clock() {
        return requireNonNull(running.clock());
    }

    @Override
    public Snapshots snapshots() {
        return snapshots;
    }

    @Override
    public CompletableFuture<Void> stopRequested() {
        return stop;
    }

    @Override
    public void reset() {
        if (state.isDurable() || running.isAttached()) {
            throw new IllegalStateException(
                    "a runtime whose data outlives it cannot be reset: the data is in a directory or at another endpoint");
        }
        try {
            clock().settle();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while work in progress was awaited", interrupted);
        }
        running.reset();
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            Optional.ofNullable(reload).ifPresent(TemplateReload::close);
            server.close();
            running.close();
            state.close();
            stop.complete(null);
        }
    }
}
