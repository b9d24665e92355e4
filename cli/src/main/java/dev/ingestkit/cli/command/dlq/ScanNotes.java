package dev.ingestkit.cli.command.dlq;

import dev.ingestkit.cli.context.CliContext;
import dev.ingestkit.cli.deadletter.DeadLetterQueue;
import dev.ingestkit.cli.deadletter.DeadLetterScan;
import dev.ingestkit.cli.output.Text;

/** Reports dead letters that a scan did not see, so that an empty result is not mistaken for an empty queue. */
final class ScanNotes {

    private ScanNotes() {}

    static void of(CliContext context, DeadLetterQueue queue, DeadLetterScan scan) {
        if (scan.newer() > 0) {
            context.output()
                    .note("left for the next run: %s sent after this run began"
                            .formatted(Text.counted(scan.newer(), "dead letter")));
        }
        hidden(context, queue);
    }

    static void hidden(CliContext context, DeadLetterQueue queue) {
        long hidden = queue.counts().hidden();
        if (hidden > 0) {
            context.output()
                    .note(("about %s not seen: another run, possibly a killed one, holds them;"
                                    + " they reappear by themselves, by default after 2 minutes")
                            .formatted(Text.counted(hidden, "message")));
        }
    }
}
