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

/** The options of a load test: the load, and the limits that its result must keep. */
final class BenchOptions {

    private static final int MAX_BYTES = 1_000_000;

    @Option(names = "--rate", required = true, paramLabel = "R", description = "Events per second.")
    double rate;

    @Option(
            names = "--duration",
            required = true,
            paramLabel = "D",
            converter = DurationConverter.class,
            description = "The measured time, such as 30s or 5m.")
    Duration duration = Duration.ZERO;

    @Option(
            names = "--warmup",
            paramLabel = "D",
            converter = DurationConverter.class,
            defaultValue = "5s",
            description = "Sends the load for this time before measuring (default: ${DEFAULT-VALUE}).")
    Duration warmup = Duration.ZERO;

    @Option(
            names = {"-c", "--concurrency"},
            paramLabel = "N",
            defaultValue = "64",
            description = "At most this many events in flight (default: ${DEFAULT-VALUE}).")
    int concurrency;

    @Option(
            names = "--size",
            paramLabel = "BYTES",
            description = "Sends events of about this size instead of a fixture.")
    @Nullable
    Integer size;

    @Option(
            names = "--fixture",
            paramLabel = "NAME",
            split = ",",
            description = "Sends events of this fixture; several take turns (default: order-created).")
    List<String> fixtures = List.of();

    @Mixin
    FixtureOptions folder = new FixtureOptions();

    @Option(names = "--html", paramLabel = "FILE", description = "Also writes a page with charts to this file.")
    @Nullable
    Path html;

    @Option(names = "--yes", description = "Skips the confirmation of a load that costs money on AWS.")
    boolean yes;

    @Option(
            names = "--max-error-rate",
            paramLabel = "SHARE",
            description = "Fails (exit code 1) when a larger share of events is rejected; 0.01 is one in a hundred.")
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

    @Option(names = "--min-rate", paramLabel = "R", description = "Fails when fewer events per second were sent.")
    @Nullable
    Double minRate;

    BenchPlan plan() {
        check(rate > 0 && rate <= 100_000, "--rate must be above 0 and at most 100,000: " + rate);
        check(
                duration.compareTo(Duration.ofSeconds(1)) >= 0 && duration.compareTo(Duration.ofHours(1)) <= 0,
                "--duration must be 1s to 1h: " + duration);
        check(warmup.compareTo(Duration.ofMinutes(10)) <= 0, "--warmup must be at most 10m: " + warmup);
        check(concurrency >= 1 && concurrency <= 1024, "--concurrency must be 1 to 1024: " + concurrency);
        check(
                size == null || (size >= 100 && size <= MAX_BYTES),
                "--size must be 100 to %,d bytes: %s".formatted(MAX_BYTES, size));
        check(size == null || fixtures.isEmpty(), "--size and --fixture exclude each other");
        check(rate * duration.toMillis() >= 1e3, "the load has no event: increase --rate or --duration");
        String what = size != null ? "%,d bytes each".formatted(size) : String.join(", ", kinds());
        return new BenchPlan(rate, duration, warmup, concurrency, what);
    }

    private static void check(boolean valid, String message) {
        if (!valid) {
            throw new CliException("USAGE", ExitCode.USAGE, message).hint("see ingest-cli bench --help");
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
            // The fields of a page view take about 300 bytes.
            names = List.of("page-view");
            set = List.of("pad={letters:%d}".formatted(Math.max(1, size - 300)));
        }
        return new FixtureSource(
                folder.in(environment.workingDirectory()).named(names), PayloadEdit.parse(set), chance);
    }

    /** Returns a sentence for each limit that does not hold. */
    List<String> failures(BenchResult result) {
        List<String> failed = new ArrayList<>();
        if (maxErrorRate != null && result.totals().errorRate() > maxErrorRate) {
            failed.add("error rate %.4f > %.4f".formatted(result.totals().errorRate(), maxErrorRate));
        }
        if (minRate != null && result.totals().achievedRate() < minRate) {
            failed.add("%.1f events per second < %.1f".formatted(result.totals().achievedRate(), minRate));
        }
        slower("accepted", result.accepted().p99(), maxP99, failed);
        if (maxStoredP99 != null) {
            if (result.stored() == null) {
                failed.add("--max-stored-p99 needs an embedded runtime: the time until stored is not available here");
            } else {
                slower("stored", result.stored().p99(), maxStoredP99, failed);
                if (result.answers().notStored() > 0) {
                    failed.add("%,d events were accepted but not seen stored"
                            .formatted(result.answers().notStored()));
                }
            }
        }
        return failed;
    }

    private static void slower(String what, double millis, @Nullable Duration max, List<String> failed) {
        if (max != null && millis > max.toNanos() / 1e6) {
            failed.add(String.format(Locale.ROOT, "p99 %s %.2f ms > %d ms", what, millis, max.toMillis()));
        }
    }
}
