package dev.ingestkit.cli.command.dlq;

import dev.ingestkit.cli.context.CliContext;
import dev.ingestkit.cli.deadletter.DeadLetterQueue;
import dev.ingestkit.cli.deadletter.LetterScan;
import dev.ingestkit.cli.output.Text;

/** Says what a scan of the queue did not see, so that an empty answer is not taken for an empty queue. */
final class ScanNotes {

    private ScanNotes() {}

    static void of(CliContext context, DeadLetterQueue queue, LetterScan scan) {
        if (scan.newer() > 0) {
            context.output()
                    .note("sent after this began, and left for the next run: " + Text.counted(scan.newer(), "letter"));
        }
        hidden(context, queue);
    }

    static void hidden(CliContext context, DeadLetterQueue queue) {
        long hidden = queue.counts().hidden();
        if (hidden > 0) {
            context.output()
                    .note(("about %s not seen: held by another run, or by one that was killed;"
                                    + " back by themselves, after 2 minutes as a rule")
                            .formatted(Text.counted(hidden, "message")));
        }
    }
}
