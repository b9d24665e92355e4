package dev.ingestkit.cli.command.events;

import dev.ingestkit.cli.command.FixtureOptions;
import dev.ingestkit.cli.context.CliEnvironment;
import dev.ingestkit.cli.event.PayloadEdit;
import dev.ingestkit.cli.fixture.FixtureSource;
import dev.ingestkit.cli.output.CliException;
import dev.ingestkit.cli.output.ExitCode;
import dev.ingestkit.cli.send.Chance;
import dev.ingestkit.cli.send.Inputs;
import dev.ingestkit.cli.send.Ledger;
import dev.ingestkit.cli.send.PayloadSource;
import dev.ingestkit.cli.send.RejectedFile;
import dev.ingestkit.cli.send.SendRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options of send: the events, the rate, and the files that keep the results. */
final class SendOptions {

    @Parameters(
            arity = "0..1",
            paramLabel = "FILE",
            description = "A file with JSON, a JSON array or NDJSON, one event each; - for standard input.")
    @Nullable
    String file;

    @Option(
            names = "--data",
            paramLabel = "JSON|@FILE",
            description = "The events as JSON, or @ and the name of a file.")
    @Nullable
    String data;

    @Option(
            names = "--fixture",
            paramLabel = "NAME",
            split = ",",
            description = "Sends generated events of this fixture; several take turns. See: ingest-cli fixtures list.")
    List<String> fixtures = List.of();

    @Mixin
    FixtureOptions folder = new FixtureOptions();

    @Option(
            names = "--set",
            paramLabel = "PATH=VALUE",
            description = "Sets a field of each event: data.total=12, items.0.count=2; repeatable.")
    List<String> set = List.of();

    @Option(names = "--each", description = "Treats every line as an event, valid JSON or not.")
    boolean each;

    @Option(
            names = "--id",
            paramLabel = "TEMPLATE",
            description =
                    "The id of events whose body has no eventId: 'load-{n}' (default: {uuid}). See: ingest-cli help"
                            + " templates.")
    @Nullable
    String id;

    @Option(names = "--template", description = "Also fills in placeholders in the payload: {n} {time} {hex:8} ...")
    boolean template;

    @Option(
            names = {"-n", "--count"},
            paramLabel = "N",
            description = "The number of events; a file or --data repeats as needed (--fixture: 1).")
    @Nullable
    Long count;

    @Option(names = "--rate", paramLabel = "R", description = "Events per second (default: unlimited).")
    double rate;

    @Option(
            names = {"-c", "--concurrency"},
            paramLabel = "N",
            defaultValue = "8",
            description = "At most N events in flight (default: ${DEFAULT-VALUE}; 1 keeps their order).")
    int concurrency;

    @Option(
            names = "--retries",
            paramLabel = "N",
            defaultValue = "5",
            description = "Retries an event at most N times on 429, 5xx or no answer (default: ${DEFAULT-VALUE}).")
    int retries;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "The seed; the same seed makes the same events, ids and times.")
    @Nullable
    Long seed;

    @Option(
            names = "--rejected",
            paramLabel = "FILE",
            description = "Writes rejected events to this file, which send accepts.")
    @Nullable
    Path rejected;

    @Option(
            names = "--ledger",
            paramLabel = "FILE",
            description = "Records each event in this file, for verify and --resume.")
    @Nullable
    Path ledger;

    @Option(
            names = "--resume",
            description = "Skips the events that the ledger lists as accepted; the input must be the same.")
    boolean resume;

    @Option(names = "--summary", description = "Prints one record at the end instead of one per event.")
    boolean summary;

    PayloadSource source(CliEnvironment environment) {
        check(concurrency >= 1 && concurrency <= 1024, "--concurrency must be 1 to 1024: " + concurrency);
        check(rate >= 0 && rate <= 1e6, "--rate must be 0 to 1,000,000: " + rate);
        check(retries >= 0 && retries <= 100, "--retries must be 0 to 100: " + retries);
        check(count == null || count >= 1, "--count must be at least 1: " + count);
        check(!resume || ledger != null, "--resume needs --ledger FILE");
        long inputs = Stream.of(file != null, data != null, !fixtures.isEmpty())
                .filter(given -> given)
                .count();
        check(inputs == 1, "expected exactly one input: a FILE, - for standard input, --data or --fixture");
        PayloadEdit edit = PayloadEdit.parse(set);
        if (!fixtures.isEmpty()) {
            check(!template, "--template needs a FILE or --data; a fixture's placeholders are always filled in");
            return new FixtureSource(
                    folder.in(environment.workingDirectory()).named(fixtures), edit, chance(environment));
        }
        PayloadSource source = given(environment);
        return edit.isEmpty() ? source : () -> source.next().map(edit::apply);
    }

    private PayloadSource given(CliEnvironment environment) {
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

    private static void check(boolean valid, String message) {
        if (!valid) {
            throw new CliException("USAGE", ExitCode.USAGE, message).hint("see ingest-cli send --help");
        }
    }

    Chance chance(CliEnvironment environment) {
        return new Chance(environment.clock(), seed);
    }

    SendRun.Plan plan(BitSet done) {
        return new SendRun.Plan(total() == 0 ? Long.MAX_VALUE : total(), rate, concurrency, done);
    }

    boolean endless() {
        return "-".equals(file) && count == null;
    }

    /** Returns the number of events, or 0 if it is unknown. */
    long total() {
        return count != null ? count : fixtures.isEmpty() ? 0 : 1;
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
                : RejectedFile.open(environment.workingDirectory().resolve(rejected), resume);
    }
}
