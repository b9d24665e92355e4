package dev.ingestkit.cli.command.runtime;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ingestkit.cli.aws.ControlClient;
import dev.ingestkit.cli.command.Control;
import dev.ingestkit.cli.context.CliContext;
import dev.ingestkit.cli.option.DurationConverter;
import dev.ingestkit.cli.option.TargetOptions;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows and moves the clock of an embedded runtime. */
@Command(
        name = "clock",
        description = {
            "Shows, freezes and moves the clock of the embedded runtime.",
            "",
            "Retries, record ages, batching windows, visibility timeouts, retention, cached authorizer decisions,"
                    + " rotation and TTL go by this clock. Functions keep the system's time."
        },
        mixinStandardHelpOptions = true,
        subcommands = {
            ClockCommand.Show.class,
            ClockCommand.Freeze.class,
            ClockCommand.Advance.class,
            ClockCommand.Resume.class
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ingest-cli clock show",
            "  ingest-cli clock freeze",
            "  ingest-cli clock advance 24h",
            "  ingest-cli clock resume"
        })
public final class ClockCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
    CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "missing command: show, freeze, advance or resume");
    }

    private static void show(CliContext context, JsonNode clock) {
        context.output().one(clock);
    }

    private static ControlClient control(CliContext context, TargetOptions targetOptions) {
        return Control.at(context.target(targetOptions.request()));
    }

    /** Shows the runtime's time, whether it stands still, and how far it is ahead. */
    @Command(
            name = "show",
            description = "Shows the runtime's time, whether it stands still, and how far it is ahead.",
            mixinStandardHelpOptions = true,
            footerHeading = "%nExamples:%n",
            footer = "  ingest-cli clock show -o json")
    public static final class Show implements Runnable {
        private final CliContext context;

        @Mixin
        TargetOptions targetOptions = new TargetOptions();

        public Show(CliContext context) {
            this.context = requireNonNull(context, "context");
        }

        @Override
        public void run() {
            show(context, control(context, targetOptions).clock());
        }
    }

    /** Stops the clock: nothing that waits becomes due. */
    @Command(
            name = "freeze",
            description = "Stops the clock: nothing that waits becomes due.",
            mixinStandardHelpOptions = true,
            footerHeading = "%nExamples:%n",
            footer = "  ingest-cli clock freeze")
    public static final class Freeze implements Runnable {
        private final CliContext context;

        @Mixin
        TargetOptions targetOptions = new TargetOptions();

        public Freeze(CliContext context) {
            this.context = requireNonNull(context, "context");
        }

        @Override
        public void run() {
            show(context, control(context, targetOptions).freezeClock());
        }
    }

    /** Moves the clock forward and waits until everything that became due has ended. */
    @Command(
            name = "advance",
            description = "Moves the clock forward and waits until everything that became due has ended.",
            mixinStandardHelpOptions = true,
            footerHeading = "%nExamples:%n",
            footer = "  ingest-cli clock advance 90m")
    public static final class Advance implements Runnable {
        private final CliContext context;

        @Mixin
        TargetOptions targetOptions = new TargetOptions();

        @Parameters(
                paramLabel = "DURATION",
                converter = DurationConverter.class,
                description = "How far to move the clock: 500ms, 30s, 5m, 24h, 7d.")
        Duration by = Duration.ZERO;

        public Advance(CliContext context) {
            this.context = requireNonNull(context, "context");
        }

        @Override
        public void run() {
            show(context, control(context, targetOptions).advanceClock(by));
        }
    }

    /** Lets a frozen clock run on from where it stands. */
    @Command(
            name = "resume",
            description = "Lets a frozen clock run on from where it stands.",
            mixinStandardHelpOptions = true,
            footerHeading = "%nExamples:%n",
            footer = "  ingest-cli clock resume")
    public static final class Resume implements Runnable {
        private final CliContext context;

        @Mixin
        TargetOptions targetOptions = new TargetOptions();

        public Resume(CliContext context) {
            this.context = requireNonNull(context, "context");
        }

        @Override
        public void run() {
            show(context, control(context, targetOptions).resumeClock());
        }
    }
}
