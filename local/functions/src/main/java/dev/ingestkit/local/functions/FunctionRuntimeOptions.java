package dev.ingestkit.local.functions;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.local.faults.Faults;
import dev.ingestkit.local.journal.Journal;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The options that all functions of a runtime share. Immutable; created by {@link #of} and the {@code with…} methods.
 *
 * @param endpointUrl the functions' {@code AWS_ENDPOINT_URL}
 * @param region the functions' {@code AWS_REGION}
 * @param javaHomes a JDK by runtime name ({@code java25}); other runtimes use the JDK of this process
 * @param maximumConcurrency execution environments of a function without reserved concurrency; further invocations wait
 * @param journal records changes of the functions' environments
 * @param faults decides before each start and invocation
 * @param log receives the functions' output
 * @param clock the clock of deadlines and log lines
 * @param ids supplies request ids and trace ids, a new one per call
 * @param temporaryFolder the directory of unpacked code while the runtime is open
 */
public record FunctionRuntimeOptions(
        String endpointUrl,
        String region,
        Map<String, Path> javaHomes,
        int maximumConcurrency,
        Journal journal,
        Faults faults,
        FunctionLog log,
        Clock clock,
        Supplier<UUID> ids,
        Path temporaryFolder) {

    public FunctionRuntimeOptions {
        requireNonNull(endpointUrl, "endpointUrl");
        requireNonNull(region, "region");
        javaHomes = Map.copyOf(javaHomes);
        if (maximumConcurrency < 1) {
            throw new IllegalArgumentException("maximumConcurrency must be at least 1: " + maximumConcurrency);
        }
        requireNonNull(journal, "journal");
        requireNonNull(faults, "faults");
        requireNonNull(log, "log");
        requireNonNull(clock, "clock");
        requireNonNull(ids, "ids");
        requireNonNull(temporaryFolder, "temporaryFolder");
    }

    /** Returns the defaults: this process's JDK, 10 environments per function, no faults, no log. */
    public static FunctionRuntimeOptions of(String endpointUrl, String region, Journal journal) {
        return new FunctionRuntimeOptions(
                endpointUrl,
                region,
                Map.of(),
                10,
                journal,
                Faults.NONE,
                FunctionLog.NONE,
                Clock.systemUTC(),
                UUID::randomUUID,
                Path.of(System.getProperty("java.io.tmpdir")));
    }

    /** Returns a copy with other JDKs. */
    public FunctionRuntimeOptions withJavaHomes(Map<String, Path> value) {
        return with(draft -> draft.javaHomes = value);
    }

    /** Returns a copy with another maximum concurrency. */
    public FunctionRuntimeOptions withMaximumConcurrency(int value) {
        return with(draft -> draft.maximumConcurrency = value);
    }

    /** Returns a copy with other faults. */
    public FunctionRuntimeOptions withFaults(Faults value) {
        return with(draft -> draft.faults = value);
    }

    /** Returns a copy with another log. */
    public FunctionRuntimeOptions withLog(FunctionLog value) {
        return with(draft -> draft.log = value);
    }

    /** Returns a copy with another clock. */
    public FunctionRuntimeOptions withClock(Clock value) {
        return with(draft -> draft.clock = value);
    }

    /** Returns a copy with another supplier of ids. */
    public FunctionRuntimeOptions withIds(Supplier<UUID> value) {
        return with(draft -> draft.ids = value);
    }

    /** Returns a copy with another temporary directory. */
    public FunctionRuntimeOptions withTemporaryFolder(Path value) {
        return with(draft -> draft.temporaryFolder = value);
    }

    private FunctionRuntimeOptions with(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.done();
    }

    /** The same values in fields, to be changed one by one. */
    private static final class Draft {

        private final String endpointUrl;
        private final String region;
        private Map<String, Path> javaHomes;
        private int maximumConcurrency;
        private final Journal journal;
        private Faults faults;
        private FunctionLog log;
        private Clock clock;
        private Supplier<UUID> ids;
        private Path temporaryFolder;

        Draft(FunctionRuntimeOptions from) {
            endpointUrl = from.endpointUrl;
            region = from.region;
            javaHomes = from.javaHomes;
            maximumConcurrency = from.maximumConcurrency;
            journal = from.journal;
            faults = from.faults;
            log = from.log;
            clock = from.clock;
            ids = from.ids;
            temporaryFolder = from.temporaryFolder;
        }

        FunctionRuntimeOptions done() {
            return new FunctionRuntimeOptions(
                    endpointUrl,
                    region,
                    javaHomes,
                    maximumConcurrency,
                    journal,
                    faults,
                    log,
                    clock,
                    ids,
                    temporaryFolder);
        }
    }
}
