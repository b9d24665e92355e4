package dev.ingestkit.cli.command;

import dev.ingestkit.cli.CliEnvironment;
import dev.ingestkit.cli.output.CliException;
import dev.ingestkit.cli.output.ExitCode;
import dev.ingestkit.cli.send.Inputs;
import dev.ingestkit.cli.send.Ledger;
import dev.ingestkit.cli.send.PayloadSource;
import dev.ingestkit.cli.send.RejectedFile;
import dev.ingestkit.cli.send.SendRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What to send, how fast, and where to note it. */
final class SendOptions {

    @Parameters(
            arity = "0..1",
            paramLabel = "FILE",
            description = "JSON, a JSON array, or NDJSON: an event each. - is standard input.")
    @Nullable
    String file;

    @Option(names = "--data", paramLabel = "JSON|@FILE", description = "The events themselves, or @ and a file.")
    @Nullable
    String data;

    @Option(names = "--each", description = "Every line is an event, whatever it is.")
    boolean each;

    @Option(
            names = "--id",
            paramLabel = "TEMPLATE",
            description = "Ids of events whose body has no eventId, with {n} {uuid} {time} {random} (default: {uuid}).")
    @Nullable
    String id;

    @Option(names = "--template", description = "Fills in {n} {id} {uuid} {time} {random} in the payload too.")
    boolean template;

    @Option(names = "--stream", paramLabel = "NAME", description = "The stream (default: the stack's).")
    @Nullable
    String stream;

    @Option(
            names = {"-n", "--count"},
            paramLabel = "N",
            description = "So many events; a file or --data begins again at its end.")
    @Nullable
    Long count;

    @Option(names = "--rate", paramLabel = "R", description = "Events a second (default: as fast as it goes).")
    double rate;

    @Option(
            names = {"-c", "--concurrency"},
            paramLabel = "N",
            defaultValue = "8",
            description = "Events under way at a time (default: ${DEFAULT-VALUE}; 1 keeps their order).")
    int concurrency;

    @Option(
            names = "--retries",
            paramLabel = "N",
            defaultValue = "5",
            description = "Posts an event again on 429, 5xx or no answer (default: ${DEFAULT-VALUE}).")
    int retries;

    @Option(names = "--seed", paramLabel = "N", description = "Makes {random} and {uuid} repeatable.")
    @Nullable
    Long seed;

    @Option(names = "--rejected", paramLabel = "FILE", description = "Keeps rejected events there, to be sent again.")
    @Nullable
    Path rejected;

    @Option(names = "--ledger", paramLabel = "FILE", description = "Enters each event there, for verify and --resume.")
    @Nullable
    Path ledger;

    @Option(names = "--resume", description = "Leaves out what the ledger has as accepted. The input must be the same.")
    boolean resume;

    @Option(names = "--summary", description = "One record at the end instead of one for each event.")
    boolean summary;

    PayloadSource source(CliEnvironment environment) {
        check(concurrency >= 1 && concurrency <= 1024, "--concurrency must be 1 to 1024: " + concurrency);
        check(rate >= 0 && rate <= 1e6, "--rate must be 0 to 1,000,000: " + rate);
        check(retries >= 0 && retries <= 100, "--retries must be 0 to 100: " + retries);
        check(count == null || count >= 1, "--count must be at least 1: " + count);
        check(!resume || ledger != null, "--resume needs --ledger FILE");
        check((file == null) != (data == null), "name one input: a FILE, - for standard input, or --data");
        boolean again = count != null;
        if (data != null) {
            return data.startsWith("@")
                    ? file(environment, data.substring(1), again)
                    : Inputs.literal(data, each, again);
        }
        return file(environment, String.valueOf(file), again);
    }

    private PayloadSource file(CliEnvironment environment, String name, boolean again) {
        return name.equals("-")
                ? Inputs.stream(environment.in(), each)
                : Inputs.file(environment.workingDirectory().resolve(name), each, again);
    }

    private static void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new CliException("USAGE", ExitCode.USAGE, otherwise).hint("ingest-cli send --help");
        }
    }

    RandomGenerator random() {
        // Random is thread-safe; the clients draw their back-off from it too.
        return new Random(seed == null ? new SplittableRandom().nextLong() : seed);
    }

    SendRun.Plan plan(BitSet done) {
        return new SendRun.Plan(count == null ? Long.MAX_VALUE : count, rate, concurrency, done);
    }

    /** How many there will be; 0 when nobody knows. */
    long total() {
        return count == null ? 0 : count;
    }

    BitSet resumed(CliEnvironment environment) {
        if (!resume || ledger == null) {
            return new BitSet();
        }
        Path path = environment.workingDirectory().resolve(ledger);
        return Files.exists(path) ? Ledger.accepted(path) : new BitSet();
    }

    @Nullable
    Ledger openLedger(CliEnvironment environment) {
        return ledger == null
                ? null
                : Ledger.open(environment.workingDirectory().resolve(ledger), resume);
    }

    @Nullable
    RejectedFile rejectedFile(CliEnvironment environment) {
        return rejected == null
                ? null
                : new RejectedFile(environment.workingDirectory().resolve(rejected));
    }
}
