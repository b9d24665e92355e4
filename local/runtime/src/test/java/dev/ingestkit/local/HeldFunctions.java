package dev.ingestkit.local;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.local.functions.FunctionConfig;
import dev.ingestkit.local.functions.FunctionHealth;
import dev.ingestkit.local.functions.FunctionHost;
import dev.ingestkit.local.functions.FunctionRuntimeOptions;
import dev.ingestkit.local.functions.Invocation;
import dev.ingestkit.local.journal.Origins;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Functions whose invocations stay in flight until a test ends them. Thread-safe. */
final class HeldFunctions implements FunctionHost, FunctionHost.Factory {

    private static final long MAX_SECONDS = 30;

    private final Map<String, FunctionConfig> functions = new ConcurrentSkipListMap<>();
    private final BlockingQueue<CompletableFuture<Invocation>> inFlight = new LinkedBlockingQueue<>();

    /** Returns the next invocation, once there is one. */
    CompletableFuture<Invocation> next() throws InterruptedException {
        return requireNonNull(inFlight.poll(MAX_SECONDS, TimeUnit.SECONDS), "no function was invoked");
    }

    static Invocation succeeded() {
        return new Invocation("request", null, "null".getBytes(StandardCharsets.UTF_8), Duration.ZERO, "");
    }

    @Override
    public FunctionHost open(FunctionRuntimeOptions options) {
        return this;
    }

    @Override
    public boolean needsCode() {
        return false;
    }

    @Override
    public CompletableFuture<Invocation> invoke(String function, byte[] payload) {
        CompletableFuture<Invocation> invocation = new CompletableFuture<>();
        inFlight.add(invocation);
        return invocation;
    }

    @Override
    public Origins origins() {
        return Origins.NONE;
    }

    @Override
    public void register(FunctionConfig config) {
        functions.put(config.name(), config);
    }

    @Override
    public void replace(FunctionConfig config) {
        functions.put(config.name(), config);
    }

    @Override
    public void remove(String name) {
        functions.remove(name);
    }

    @Override
    public List<FunctionConfig> functions() {
        return List.copyOf(functions.values());
    }

    @Override
    public Optional<FunctionConfig> function(String function) {
        return functions.values().stream()
                .filter(config -> function.contains(config.name()))
                .findFirst();
    }

    @Override
    public List<Long> processes(String function) {
        return List.of();
    }

    @Override
    public Optional<FunctionHealth> health(String function) {
        return Optional.empty();
    }

    @Override
    public void close() {
        functions.clear();
    }
}
