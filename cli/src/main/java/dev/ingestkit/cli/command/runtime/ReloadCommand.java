package dev.ingestkit.cli.command.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.cli.aws.ControlClient;
import dev.ingestkit.cli.aws.LogicalIds;
import dev.ingestkit.cli.command.ControlCommand;
import dev.ingestkit.cli.context.CliContext;
import dev.ingestkit.cli.output.CliException;
import dev.ingestkit.cli.output.ExitCode;
import dev.ingestkit.local.events.Json;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Reloads the code of functions, or the template, from disk. */
@Command(
        name = "reload",
        description = {
            "Reloads the code of functions, or the template, from disk.",
            "",
            "The embedded runtime reloads a changed file on its own; this command reloads at once, even if the code has not"
                    + " changed. Invocations use the old code until the new code is ready; to wait for it:"
                    + " ingest-cli wait --for reloaded"
        },
        mixinStandardHelpOptions = true,
        exitCodeList = {"1:the template is not valid", "4:the target is not running, or a function was not found"},
        footerHeading = "%nExamples:%n",
        footer = {"  ingest-cli reload", "  ingest-cli reload Writer", "  ingest-cli reload --template"})
public final class ReloadCommand extends ControlCommand {

    @Parameters(
            paramLabel = "FUNCTION",
            arity = "0..*",
            description = "Functions, by name or logical id (default: all).")
    List<String> functions = new ArrayList<>();

    @Option(names = "--template", description = "Reloads the template, and applies its changes.")
    boolean template;

    public ReloadCommand(CliContext context) {
        super(context);
    }

    @Override
    public void run() {
        ControlClient control = control();
        ObjectNode done = Json.mapper().createObjectNode();
        if (template) {
            JsonNode state = control.reloadTemplate();
            if (state.path("state").asText().equals("rejected")) {
                CliException failure = new CliException(
                        "RELOAD_FAILED",
                        ExitCode.FAILED,
                        "the changed template is not applied: "
                                + state.path("error").asText());
                for (JsonNode change : state.path("applied")) {
                    failure = failure.hint("applied before: " + change.asText());
                }
                throw failure;
            }
            done.set("applied", state.path("applied"));
            done.set("restart", state.path("restart"));
        }
        if (!template || !functions.isEmpty()) {
            ArrayNode reloading = done.putArray("reloading");
            chosen(control.status())
                    .forEach(name ->
                            reloading.add(control.reload(name).path("reloading").asText()));
        }
        context().output().one(done);
    }

    private List<String> chosen(JsonNode status) {
        return functions.isEmpty()
                ? status.path("functions").findValuesAsText("name")
                : functions.stream()
                        .map(word -> LogicalIds.function(word, status))
                        .toList();
    }
}
