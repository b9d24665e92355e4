package dev.ingestkit.cli.command.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ingestkit.cli.command.CommandGroup;
import dev.ingestkit.cli.command.ControlCommand;
import dev.ingestkit.cli.context.CliContext;
import dev.ingestkit.cli.option.DurationConverter;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Shows and moves the clock of an embedded runtime. */
@Command(
        name = "clock",
        description = {
            "Shows, freezes and moves the clock of the embedded runtime.",
            "",
            "Retries, record ages, batching windows, visibility timeouts, retention, cached authorizer decisions,"
                    + " rotation and TTL follow this clock. Functions use the system's time."
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
public final class ClockCommand extends CommandGroup {

    private static void show(CliContext context, JsonNode clock) {
        context.output().one(clock);
    }

    /** Shows the runtime's time, whether it is frozen, and its lead over the system's time. */
    @Command(
            name = "show",
            description = "Shows the runtime's time, whether it is frozen, and its lead over the system's time.",
            mixinStandardHelpOptions = true,
            footerHeading = "%nExamples:%n",
            footer = "  ingest-cli clock show -o json")
    public static final class Show extends ControlCommand {
        public Show(CliContext context) {
            super(context);
        }

        @Override
        public void run() {
            show(context(), control().clock());
        }
    }

    /** Freezes the clock: nothing becomes due until the clock is advanced or resumed. */
    @Command(
            name = "freeze",
            description = "Freezes the clock: nothing becomes due until the clock is advanced or resumed.",
            mixinStandardHelpOptions = true,
            footerHeading = "%nExamples:%n",
            footer = "  ingest-cli clock freeze")
    public static final class Freeze extends ControlCommand {
        public Freeze(CliContext context) {
            super(context);
        }

        @Override
        public void run() {
            show(context(), control().freezeClock());
        }
    }

    /** Advances the clock and waits until everything that became due has finished. */
    @Command(
            name = "advance",
            description = "Advances the clock and waits until everything that became due has finished.",
            mixinStandardHelpOptions = true,
            footerHeading = "%nExamples:%n",
            footer = "  ingest-cli clock advance 90m")
    public static final class Advance extends ControlCommand {
        @Parameters(
                paramLabel = "DURATION",
                converter = DurationConverter.class,
                description = "How far to move the clock: 500ms, 30s, 5m, 24h, 7d.")
        Duration by = Duration.ZERO;

        public Advance(CliContext context) {
            super(context);
        }

        @Override
        public void run() {
            show(context(), control().advanceClock(by));
        }
    }

    /** Starts a frozen clock from the time at which it was frozen. */
    @Command(
            name = "resume",
            description = "Starts a frozen clock from the time at which it was frozen.",
            mixinStandardHelpOptions = true,
            footerHeading = "%nExamples:%n",
            footer = "  ingest-cli clock resume")
    public static final class Resume extends ControlCommand {
        public Resume(CliContext context) {
            super(context);
        }

        @Override
        public void run() {
            show(context(), control().resumeClock());
        }
    }
}
