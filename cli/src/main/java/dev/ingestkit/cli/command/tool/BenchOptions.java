package dev.ingestkit.cli.command.tool;

import dev.ingestkit.cli.bench.BenchPlan;
import dev.ingestkit.cli.bench.BenchResult;
import dev.ingestkit.cli.command.FixtureOptions;
import dev.ingestkit.cli.context.CliEnvironment;
import dev.ingestkit.cli.event.PayloadEdit;
import dev.ingestkit.cli.fixture.FixtureSource;
import dev.ingestkit.cli.option.DurationConverter;
import dev.ingestkit.cli.output.CliException;
import dev.ingestkit.cli.output.ExitCode;
import dev.ingestkit.cli.send.Chance;
import dev.ingestkit.cli.send.PayloadSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What load to make, and what to demand of the result. */
final class BenchOptions {

    private static final int MOST_BYTES = 1_000_000;

    @Option(names = "--rate", required = true, paramLabel = "R", description = "Events a second.")
    double rate;

    @Option(
            names = "--duration",
            required = true,
            paramLabel = "D",
            converter = DurationConverter.class,
            description = "How long to measure: 30s, 5m.")
    Duration duration = Duration.ZERO;

    @Option(
            names = "--warmup",
            paramLabel = "D",
            converter = DurationConverter.class,
            defaultValue = "5s",
            description = "How long to send before, unmeasured (default: ${DEFAULT-VALUE}).")
    Duration warmup = Duration.ZERO;

    @Option(
            names = {"-c", "--concurrency"},
            paramLabel = "N",
            defaultValue = "64",
            description = "Events under way at most (default: ${DEFAULT-VALUE}).")
    int concurrency;

    @Option(names = "--size", paramLabel = "BYTES", description = "Events of about this size, instead of a fixture.")
    @Nullable
    Integer size;

    @Option(
            names = "--fixture",
            paramLabel = "NAME",
            split = ",",
            description = "Events of this kind; several take turns (default: order-created).")
    List<String> fixtures = List.of();

    @Mixin
    FixtureOptions folder = new FixtureOptions();

    @Option(names = "--html", paramLabel = "FILE", description = "Writes a page with charts there as well.")
    @Nullable
    Path html;

    @Option(names = "--yes", description = "Goes on without asking where the load costs money: on AWS.")
    boolean yes;

    @Option(
            names = "--max-error-rate",
            paramLabel = "SHARE",
            description = "Fails (exit code 1) when a larger share is rejected: 0.01 is one in a hundred.")
    @Nullable
    Double maxErrorRate;

    @Option(
            names = "--max-p99",
            paramLabel = "D",
            converter = DurationConverter.class,
            description = "Fails when the 99th percentile until accepted is longer.")
    @Nullable
    Duration maxP99;

    @Option(
            names = "--max-stored-p99",
            paramLabel = "D",
            converter = DurationConverter.class,
            description = "Fails when the 99th percentile until stored is longer.")
    @Nullable
    Duration maxStoredP99;

    @Option(
            names = "--min-rate",
            paramLabel = "R",
            description = "Fails when fewer events a second were sent than this.")
    @Nullable
    Double minRate;

    BenchPlan plan() {
        check(rate > 0 && rate <= 100_000, "--rate must be above 0, and 100,000 at most: " + rate);
        check(
                duration.compareTo(Duration.ofSeconds(1)) >= 0 && duration.compareTo(Duration.ofHours(1)) <= 0,
                "--duration must be from 1s to 1h: " + duration);
        check(warmup.compareTo(Duration.ofMinutes(10)) <= 0, "--warmup must be 10m at most: " + warmup);
        check(concurrency >= 1 && concurrency <= 1024, "--concurrency must be 1 to 1024: " + concurrency);
        check(
                size == null || (size >= 100 && size <= MOST_BYTES),
                "--size must be from 100 to %,d bytes: %s".formatted(MOST_BYTES, size));
        check(size == null || fixtures.isEmpty(), "name one of --size and --fixture");
        check(rate * duration.toMillis() >= 1e3, "that is not one event: make --rate or --duration larger");
        String what = size != null ? "%,d bytes each".formatted(size) : String.join(", ", kinds());
        return new BenchPlan(rate, duration, warmup, concurrency, what);
    }

    private static void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new CliException("USAGE", ExitCode.USAGE, otherwise).hint("ingest-cli bench --help");
        }
    }

    private List<String> kinds() {
        return fixtures.isEmpty() ? List.of("order-created") : fixtures;
    }

    PayloadSource source(CliEnvironment environment) {
        Chance chance = new Chance(environment.clock(), null);
        List<String> set = List.of();
        List<String> names = kinds();
        if (size != null) {
            // A page view with its own fields takes about 300 bytes of it.
            names = List.of("page-view");
            set = List.of("pad={letters:%d}".formatted(Math.max(1, size - 300)));
        }
        return new FixtureSource(
                folder.in(environment.workingDirectory()).named(names), PayloadEdit.parse(set), chance);
    }

    /** What was demanded and does not hold, in words. */
    List<String> failures(BenchResult result) {
        List<String> failed = new ArrayList<>();
        if (maxErrorRate != null && result.errorRate() > maxErrorRate) {
            failed.add("error rate %.4f > %.4f".formatted(result.errorRate(), maxErrorRate));
        }
        if (minRate != null && result.achievedRate() < minRate) {
            failed.add("%.1f events a second < %.1f".formatted(result.achievedRate(), minRate));
        }
        slower("accepted", result.accepted().p99(), maxP99, failed);
        if (maxStoredP99 != null) {
            if (result.stored() == null) {
                failed.add("when events are stored is not known here: --max-stored-p99 needs an embedded runtime");
            } else {
                slower("stored", result.stored().p99(), maxStoredP99, failed);
                if (result.notStored() > 0) {
                    failed.add("%,d events were accepted and not seen stored".formatted(result.notStored()));
                }
            }
        }
        return failed;
    }

    private static void slower(String what, double millis, @Nullable Duration most, List<String> failed) {
        if (most != null && millis > most.toNanos() / 1e6) {
            failed.add(String.format(Locale.ROOT, "p99 %s %.2f ms > %d ms", what, millis, most.toMillis()));
        }
    }
}
