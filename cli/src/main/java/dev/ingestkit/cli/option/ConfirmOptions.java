package dev.ingestkit.cli.option;

import picocli.CommandLine.Option;

/** The option that skips the confirmation of an action that cannot be undone. */
public final class ConfirmOptions {

    @Option(names = "--yes", description = "Skips the confirmation.")
    boolean yes;

    /** Returns whether the user has already agreed. */
    public boolean given() {
        return yes;
    }
}
