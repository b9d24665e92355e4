package dev.ingestkit.cli.send;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.Locale;

/** The summary of a run; the components are its JSON form. */
public record SendSummary(
        @JsonUnwrapped Counts counts, @JsonUnwrapped Times times) {

    /**
     * The numbers of events.
     *
     * @param sent the number of events that were posted and finished
     * @param rejected the number of events with a status other than 2xx, or without an answer
     * @param unanswered the number of rejected events without an answer, which the stream may hold nevertheless
     * @param skipped the number of events that the resumed ledger lists as accepted
     * @param retried the number of posts beyond each event's first
     */
    public record Counts(long sent, long accepted, long rejected, long unanswered, long skipped, long retried) {}

    /** The length of the run, then milliseconds from an event's first post to its last answer. */
    public record Times(
            double seconds, double perSecond, double p50, double p90, double p99, double p999, double max) {}

    /** Returns one line for people. */
    public String line() {
        String line = counts.sent() == 1 ? lineOfOne() : lineOfMany();
        return line
                + (counts.retried() > 0 ? String.format(Locale.ROOT, "; %,d retries", counts.retried()) : "")
                + (counts.skipped() > 0
                        ? String.format(Locale.ROOT, "; %,d skipped, already in the ledger", counts.skipped())
                        : "");
    }

    private String lineOfOne() {
        String what = counts.accepted() == 1 ? "accepted" : counts.unanswered() == 1 ? "not answered" : "rejected";
        return String.format(Locale.ROOT, "sent 1 event: %s after %.1f ms", what, times.max());
    }

    private String lineOfMany() {
        return String.format(
                Locale.ROOT,
                "sent %,d events in %.1f s (%,.0f/s): %,d accepted, %,d rejected; p50 %.1f ms, p90 %.1f ms, p99 %.1f"
                        + " ms, max %.1f ms",
                counts.sent(),
                times.seconds(),
                times.perSecond(),
                counts.accepted(),
                counts.rejected(),
                times.p50(),
                times.p90(),
                times.p99(),
                times.max());
    }
}
