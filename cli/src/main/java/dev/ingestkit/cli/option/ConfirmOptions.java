package dev.ingestkit.cli.option;

import picocli.CommandLine.Option;

/** Whether to ask before what cannot be undone. */
public final class ConfirmOptions {

    @Option(names = "--yes", description = "Does not ask.")
    boolean yes;

    /** Whether the user has agreed already. */
    public boolean given() {
        return yes;
    }
}
