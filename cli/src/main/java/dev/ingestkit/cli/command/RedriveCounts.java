package dev.ingestkit.cli.command;

import dev.ingestkit.cli.deadletter.Redrive;
import dev.ingestkit.cli.output.ExitCode;
import java.util.Locale;

/** Adds up what a redrive came to. */
final class RedriveCounts {

    private long back;
    private long records;
    private long left;
    private long expired;

    void add(Redrive.Result result) {
        boolean good = result.outcome().equals("redriven") || result.outcome().equals("would redrive");
        if (good) {
            back++;
        } else {
            left++;
        }
        records += result.redriven();
        expired += result.expired();
    }

    String line(boolean dryRun) {
        String line = String.format(
                Locale.ROOT,
                "%s %,d records of %,d letters; %,d letters left in the queue, %,d records expired",
                dryRun ? "would redrive" : "redrove",
                records,
                back,
                left,
                expired);
        return dryRun ? line + ". Nothing was changed (dry run)." : line;
    }

    ExitCode exit() {
        if (left == 0) {
            return ExitCode.DONE;
        }
        return back == 0 ? ExitCode.FAILED : ExitCode.PARTLY;
    }
}
