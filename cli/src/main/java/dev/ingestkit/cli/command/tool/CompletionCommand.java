package dev.ingestkit.cli.command.tool;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.cli.context.CliContext;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Prints a completion script. */
@Command(
        name = "completion",
        description = "Prints a completion script for bash or zsh.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  source <(ingest-cli completion bash)",
            "  ingest-cli completion bash > ~/.local/share/bash-completion/completions/ingest-cli",
            "  ingest-cli completion zsh > ~/.zfunc/_ingest-cli    (~/.zfunc in fpath, before compinit)"
        })
public final class CompletionCommand implements Runnable {

    /** The shells that have a script. */
    enum Shell {
        BASH,
        ZSH
    }

    /** A function file of zsh's completion; the first tab loads the script through it and is already answered. */
    private static final String ZSH = """
            #compdef ingest-cli
            autoload -Uz +X bashcompinit && bashcompinit
            # zsh has no compopt; the script asks it only for zsh's default behavior.
            (( $+functions[compopt] )) || compopt() { true }
            %s
            _bash_complete -o default -F _complete_ingest-cli "$@"
            """;

    private final CliContext context;

    @Parameters(paramLabel = "SHELL", description = "bash or zsh.")
    Shell shell = Shell.BASH;

    public CompletionCommand(CliContext context) {
        this.context = requireNonNull(context, "context");
    }

    @Override
    public void run() {
        String bash = AutoComplete.bash("ingest-cli", context.commands()).stripTrailing();
        String script = switch (shell) {
            case BASH -> bash;
            case ZSH -> ZSH.formatted(bash).stripTrailing();
        };
        context.output().text(script + "\n");
    }
}
