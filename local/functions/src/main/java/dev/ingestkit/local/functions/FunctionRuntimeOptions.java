package dev.ingestkit.local.functions;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.local.events.RandomIds;
import dev.ingestkit.local.faults.Faults;
import dev.ingestkit.local.journal.Journal;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * The options that all functions of a runtime share. Immutable; created by {@link #of} and the {@code with…} methods.
 *
 * @param endpointUrl the functions' {@code AWS_ENDPOINT_URL}
 * @param region the functions' {@code AWS_REGION}
 * @param execution where and how often functions run at a time
 * @param journal records changes of the functions' environments
 * @param faults decides before each start and invocation
 * @param log receives the functions' output
 * @param clock the clock of deadlines and log lines
 * @param ids supplies request ids and trace ids, a new one per call
 */
public record FunctionRuntimeOptions(
        String endpointUrl,
        String region,
        Execution execution,
        Journal journal,
        Faults faults,
        FunctionLog log,
        Clock clock,
        Supplier<UUID> ids) {

    /**
     * The options of the functions' processes.
     *
     * @param javaHomes a JDK by runtime name ({@code java25}); other runtimes use the JDK of this process
     * @param maximumConcurrency execution environments of a function without reserved concurrency; further invocations
     *     wait
     * @param temporaryFolder the directory of unpacked code while the runtime is open
     * @param awaitsDebugger whether a function with a debugger port waits for its debugger before its first instruction
     */
    public record Execution(
            Map<String, Path> javaHomes, int maximumConcurrency, Path temporaryFolder, boolean awaitsDebugger) {

        public Execution {
            javaHomes = Map.copyOf(javaHomes);
            if (maximumConcurrency < 1) {
                throw new IllegalArgumentException("maximumConcurrency must be at least 1: " + maximumConcurrency);
            }
            requireNonNull(temporaryFolder, "temporaryFolder");
        }
    }

    public FunctionRuntimeOptions {
        requireNonNull(endpointUrl, "endpointUrl");
        requireNonNull(region, "region");
        requireNonNull(execution, "execution");
        requireNonNull(journal, "journal");
        requireNonNull(faults, "faults");
        requireNonNull(log, "log");
        requireNonNull(clock, "clock");
        requireNonNull(ids, "ids");
    }

    /** Returns the defaults: this process's JDK, 10 environments per function, no faults, no log. */
    public static FunctionRuntimeOptions of(String endpointUrl, String region, Journal journal) {
        return new FunctionRuntimeOptions(
                endpointUrl,
                region,
                new Execution(Map.of(), 10, Path.of(System.getProperty("java.io.tmpdir")), false),
                journal,
                Faults.NONE,
                FunctionLog.NONE,
                Clock.systemUTC(),
                RandomIds::uuid);
    }

    /** Returns a copy with other JDKs. */
    public FunctionRuntimeOptions withJavaHomes(Map<String, Path> value) {
        return with(new Execution(
                value, execution.maximumConcurrency, execution.temporaryFolder, execution.awaitsDebugger));
    }

    /** Returns a copy with another maximum concurrency. */
    public FunctionRuntimeOptions withMaximumConcurrency(int value) {
        return with(new Execution(execution.javaHomes, value, execution.temporaryFolder, execution.awaitsDebugger));
    }

    /** Returns a copy with another temporary directory. */
    public FunctionRuntimeOptions withTemporaryFolder(Path value) {
        return with(new Execution(execution.javaHomes, execution.maximumConcurrency, value, execution.awaitsDebugger));
    }

    /** Returns a copy whose functions with a debugger port wait for their debugger before their first instruction. */
    public FunctionRuntimeOptions withAwaitedDebugger() {
        return with(new Execution(execution.javaHomes, execution.maximumConcurrency, execution.temporaryFolder, true));
    }

    private FunctionRuntimeOptions with(Execution value) {
        return new FunctionRuntimeOptions(endpointUrl, region, value, journal, faults, log, clock, ids);
    }

    /** Returns a copy with other faults. */
    public FunctionRuntimeOptions withFaults(Faults value) {
        return new FunctionRuntimeOptions(endpointUrl, region, execution, journal, value, log, clock, ids);
    }

    /** Returns a copy with another log. */
    public FunctionRuntimeOptions withLog(FunctionLog value) {
        return new FunctionRuntimeOptions(endpointUrl, region, execution, journal, faults, value, clock, ids);
    }

    /** Returns a copy with another clock. */
    public FunctionRuntimeOptions withClock(Clock value) {
        return new FunctionRuntimeOptions(endpointUrl, region, execution, journal, faults, log, value, ids);
    }

    /** Returns a copy with another source of ids. */
    public FunctionRuntimeOptions withIds(Supplier<UUID> value) {
        return new FunctionRuntimeOptions(endpointUrl, region, execution, journal, faults, log, clock, value);
    }
}
