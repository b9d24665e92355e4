package dev.ingestkit.cli.output;

/** What the process tells its caller. The table stands in {@code ingest-cli help exit-codes}. */
public enum ExitCode {
    DONE(0, "done"),
    FAILED(1, "failed: the work was tried and did not succeed"),
    USAGE(2, "wrong usage: unknown option, missing or malformed value"),
    PARTLY(3, "partly done: some items were refused, the data says which"),
    ENVIRONMENT(4, "cannot reach or use the environment: nothing runs, no credentials, no such stack or queue"),
    CONFIRMATION(5, "needs a confirmation: nobody can be asked, and --yes was not given"),
    TIMEOUT(6, "what was waited for did not happen in time"),
    INTERRUPTED(130, "interrupted by Ctrl-C"),
    TERMINATED(143, "ended by the signal TERM");

    private final int status;
    private final String meaning;

    ExitCode(int status, String meaning) {
        this.status = status;
        this.meaning = meaning;
    }

    public int status() {
        return status;
    }

    public String meaning() {
        return meaning;
    }
}
