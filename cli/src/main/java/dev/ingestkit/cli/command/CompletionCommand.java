package dev.ingestkit.cli.command;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.cli.CliContext;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Prints a completion script. */
@Command(
        name = "completion",
        description = "Prints a script that completes commands and options by the tab key.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  source <(ingest-cli completion bash)",
            "  ingest-cli completion bash > ~/.local/share/bash-completion/completions/ingest-cli",
            "  zsh: autoload -U +X bashcompinit && bashcompinit first"
        })
public final class CompletionCommand implements Runnable {

    /** For which shells there is a script. */
    enum Shell {
        BASH
    }

    private final CliContext context;

    @Parameters(paramLabel = "SHELL", description = "bash (zsh reads the same script by bashcompinit).")
    Shell shell = Shell.BASH;

    public CompletionCommand(CliContext context) {
        this.context = requireNonNull(context, "context");
    }

    @Override
    public void run() {
        String script = switch (shell) {
            case BASH -> AutoComplete.bash("ingest-cli", context.commands());
        };
        context.output().text(script.stripTrailing() + "\n");
    }
}
