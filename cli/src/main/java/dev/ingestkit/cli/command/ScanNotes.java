package dev.ingestkit.cli.command;

import dev.ingestkit.cli.CliContext;
import dev.ingestkit.cli.deadletter.DeadLetterQueue;
import dev.ingestkit.cli.deadletter.LetterScan;

/** Says what a scan of the queue did not see, so that an empty answer is not taken for an empty queue. */
final class ScanNotes {

    private ScanNotes() {}

    static void of(CliContext context, DeadLetterQueue queue, LetterScan scan) {
        if (scan.newer() > 0) {
            context.output()
                    .note("%,d letters were sent after this began, and are left for the next run"
                            .formatted(scan.newer()));
        }
        hidden(context, queue);
    }

    static void hidden(CliContext context, DeadLetterQueue queue) {
        long hidden = queue.counts().hidden();
        if (hidden > 0) {
            context.output()
                    .note(("about %,d messages were not seen: another run holds them, or one that was killed;"
                                    + " they come back by themselves, after 2 minutes as a rule")
                            .formatted(hidden));
        }
    }
}
