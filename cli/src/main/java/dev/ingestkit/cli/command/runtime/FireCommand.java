package dev.ingestkit.cli.command.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.cli.command.ControlCommand;
import dev.ingestkit.cli.context.CliContext;
import dev.ingestkit.cli.output.CliException;
import dev.ingestkit.cli.output.ExitCode;
import dev.ingestkit.local.events.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Fires a schedule or rule of an embedded runtime. */
@Command(
        name = "fire",
        description = {
            "Fires a schedule or rule of the embedded runtime now, and prints the event that was sent.",
            "",
            "The event goes to the targets of the schedule or rule, regardless of its time, pattern and state. A rule"
                    + " without a schedule needs an event."
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  ingest-cli fire CleanUpNightly",
            "  ingest-cli fire OrderCreated --event order.json",
            "  ingest-cli clock advance 24h    (runs everything that becomes due)"
        })
public final class FireCommand extends ControlCommand {

    @Parameters(paramLabel = "NAME", description = "The schedule's or rule's name, or its logical id in the template.")
    String name = "";

    @Option(
            names = "--event",
            paramLabel = "FILE",
            description = "A JSON file with the event to send instead of the schedule's own.")
    @Nullable
    Path event;

    public FireCommand(CliContext context) {
        super(context);
    }

    @Override
    public void run() {
        Optional<JsonNode> given = Optional.ofNullable(event).map(FireCommand::read);
        context().output().one(control().fire(name, given));
    }

    private static JsonNode read(Path file) {
        try {
            JsonNode tree = Json.mapper().readTree(Files.readAllBytes(file));
            if (tree instanceof ObjectNode) {
                return tree;
            }
        } catch (IOException unreadable) {
            throw new CliException("EVENT_FILE", ExitCode.USAGE, "the event file '%s' cannot be read".formatted(file))
                    .because(String.valueOf(unreadable.getMessage()), unreadable);
        }
        throw new CliException(
                "EVENT_FILE", ExitCode.USAGE, "the event file '%s' must hold a JSON object".formatted(file));
    }
}
