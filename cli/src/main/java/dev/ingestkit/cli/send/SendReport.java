package dev.ingestkit.cli.send;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.cli.output.Output;
import dev.ingestkit.cli.output.OutputFormat;
import dev.ingestkit.cli.output.Progress;
import dev.ingestkit.core.event.PayloadDigest;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reports the outcome of each event to rows, ledger, file of rejected events, and progress. */
public final class SendReport implements SendRun.Listener {

    private static final int REJECTIONS_SHOWN = 10;
    private static final int IDS_SHOWN = 10;

    private final Output output;
    private final Progress progress;
    private final Output.@Nullable Records rows;
    private final @Nullable Ledger ledger;
    private final @Nullable RejectedFile rejectedFile;
    private final Clock clock;
    private final long total;
    private final List<String> ids = new ArrayList<>();
    private long ended;
    private long rejected;

    /**
     * Creates a report.
     *
     * @param rows the output of a record per event; null for none
     * @param total the number of events; 0 if unknown
     */
    public SendReport(
            Output output,
            Progress progress,
            Output.@Nullable Records rows,
            @Nullable Ledger ledger,
            @Nullable RejectedFile rejectedFile,
            Clock clock,
            long total) {
        this.output = requireNonNull(output, "output");
        this.progress = requireNonNull(progress, "progress");
        this.rows = rows;
        this.ledger = ledger;
        this.rejectedFile = rejectedFile;
        this.clock = requireNonNull(clock, "clock");
        this.total = total;
    }

    @Override
    public void ended(OutgoingEvent event, SendOutcome outcome, SendRun.Moment moment) {
        ended++;
        if (ids.size() < IDS_SHOWN && outcome.accepted()) {
            ids.add(event.id());
        }
        if (ledger != null) {
            ledger.add(new LedgerEntry(
                    event.number(),
                    event.id(),
                    PayloadDigest.sha256(event.payload()),
                    outcome.status(),
                    outcome.shardId(),
                    outcome.sequenceNumber(),
                    clock.instant()));
        }
        if (!outcome.accepted()) {
            rejected(event, outcome);
        }
        if (rows != null) {
            rows.add(outcome);
        }
        progress.at(ended, total, rejected);
    }

    private void rejected(OutgoingEvent event, SendOutcome outcome) {
        rejected++;
        if (rejectedFile != null) {
            rejectedFile.add(event, outcome);
        }
        if (output.settings().format() == OutputFormat.TABLE && rejected <= REJECTIONS_SHOWN) {
            output.note("rejected '%s': HTTP %d %s".formatted(event.id(), outcome.status(), outcome.error()));
        }
    }

    /** Returns the ids of the first accepted events, for people; empty when there are none. */
    public String ids() {
        return ids.isEmpty()
                ? ""
                : "%s %s%s"
                        .formatted(
                                ended == 1 ? "id" : "ids", String.join(", ", ids), ended > ids.size() ? ", ..." : "");
    }
}
