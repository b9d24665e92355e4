package dev.ingestkit.cli.send;

import java.util.Locale;

/**
 * What a run of the sender came to. Its fields are the tool's interface. Times in milliseconds, from an event's first
 * attempt to its last answer.
 *
 * @param sent how many events were posted and answered for
 * @param rejected answered with another status than 2xx, or not at all
 * @param unanswered those of the rejected that nobody answered for: the stream may have them all the same
 * @param skipped entered as accepted in the ledger that was resumed
 * @param retried posts beyond each event's first
 */
public record SendSummary(
        long sent,
        long accepted,
        long rejected,
        long unanswered,
        long skipped,
        long retried,
        double seconds,
        double perSecond,
        double p50,
        double p90,
        double p99,
        double p999,
        double max) {

    /** One line for people. */
    public String line() {
        String line = sent == 1 ? lineOfOne() : lineOfMany();
        return line
                + (retried > 0 ? String.format(Locale.ROOT, "; %,d retries", retried) : "")
                + (skipped > 0 ? String.format(Locale.ROOT, "; %,d skipped, the ledger has them", skipped) : "");
    }

    private String lineOfOne() {
        String what = accepted == 1 ? "accepted" : unanswered == 1 ? "not answered" : "rejected";
        return String.format(Locale.ROOT, "sent 1: %s after %.1f ms", what, max);
    }

    private String lineOfMany() {
        return String.format(
                Locale.ROOT,
                "sent %,d in %.1f s (%,.0f/s): %,d accepted, %,d rejected; p50 %.1f ms, p90 %.1f ms, p99 %.1f ms,"
                        + " longest %.1f ms",
                sent,
                seconds,
                perSecond,
                accepted,
                rejected,
                p50,
                p90,
                p99,
                max);
    }
}
