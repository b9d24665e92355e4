package dev.ingestkit.cli.output;

/** The exit codes of the process, as {@code ingest-cli help exit-codes} lists them. */
public enum ExitCode {
    DONE(0, "done"),
    FAILED(1, "failed"),
    USAGE(2, "wrong usage: unknown option, missing or invalid value"),
    PARTLY(3, "partly done: some items were rejected; the output says which"),
    ENVIRONMENT(4, "cannot use the environment: no running target, no credentials, no such stack or queue"),
    CONFIRMATION(5, "not confirmed: --yes was not given, and standard input is not a terminal"),
    TIMEOUT(6, "timed out"),
    INTERRUPTED(130, "interrupted by Ctrl-C"),
    TERMINATED(143, "terminated by the signal TERM");

    private final int status;
    private final String meaning;

    ExitCode(int status, String meaning) {
        this.status = status;
        this.meaning = meaning;
    }

    /** Returns the exit status of the process. */
    public int status() {
        return status;
    }

    /** Returns the meaning, for help pages. */
    public String meaning() {
        return meaning;
    }
}
