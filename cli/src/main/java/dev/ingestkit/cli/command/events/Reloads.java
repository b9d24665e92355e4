package dev.ingestkit.cli.command.events;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ingestkit.cli.aws.ControlClient;
import dev.ingestkit.cli.aws.LogicalIds;
import dev.ingestkit.cli.output.CliException;
import dev.ingestkit.cli.output.ExitCode;
import dev.ingestkit.cli.status.TemplateChanges;
import java.util.List;
import java.util.Optional;

/** Waits for the runtime to run the template and the code as they are on disk. */
final class Reloads {

    private final ControlClient control;
    private final Optional<String> function;
    private List<String> template = List.of();

    /** @param function the name of the only function that counts; without it all of them do */
    Reloads(ControlClient control, Optional<String> function) {
        this.control = requireNonNull(control, "control");
        this.function = requireNonNull(function, "function");
    }

    /**
     * Returns whether the functions run their last code.
     *
     * @throws CliException when that code of one of them cannot be loaded, or no function has the name
     */
    boolean done() {
        boolean done = true;
        boolean found = false;
        JsonNode status = control.status();
        if (!templateIsCurrent(status.path("template"))) {
            return false;
        }
        Optional<String> wanted = function.map(word -> LogicalIds.function(word, status));
        for (JsonNode one : status.path("functions")) {
            if (wanted.isEmpty() || wanted.get().equals(one.path("name").asText())) {
                found = true;
                done &= isCurrent(one);
            }
        }
        template = new TemplateChanges(status.path("template")).lines();
        // A template may have changed whose functions do not run here, or that has none.
        if (!found && template.isEmpty()) {
            throw new CliException("FUNCTION_NOT_FOUND", ExitCode.ENVIRONMENT, "the stack runs no function")
                    .hint("see what it runs: ingest-cli status");
        }
        return done;
    }

    /** Returns what the runtime has made of the template's last change, as the last check has seen it. */
    List<String> template() {
        return template;
    }

    static boolean templateIsCurrent(JsonNode template) {
        if (template.path("state").asText().equals("rejected")) {
            CliException failure = new CliException(
                    "RELOAD_FAILED",
                    ExitCode.FAILED,
                    "the changed template is not applied: "
                            + template.path("error").asText());
            for (JsonNode change : template.path("applied")) {
                failure = failure.hint("applied before: " + change.asText());
            }
            throw failure.hint("correct the template, then wait again");
        }
        return !template.path("state").asText().equals("loading");
    }

    private static boolean isCurrent(JsonNode function) {
        String code = function.path("code").asText();
        if (code.equals("rejected")) {
            throw new CliException(
                            "RELOAD_FAILED",
                            ExitCode.FAILED,
                            "the function %s keeps its old code"
                                    .formatted(function.path("name").asText()))
                    .because(function.path("codeError").asText(), null)
                    .hint("build it again, then wait again");
        }
        return code.equals("current");
    }
}
