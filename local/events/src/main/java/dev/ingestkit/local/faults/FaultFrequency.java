package dev.ingestkit.local.faults;

import java.util.Locale;
import java.util.OptionalLong;

/**
 * The choice among the calls that a fault rule matches. Immutable.
 *
 * @param rate the share of the calls into which the fault is injected, 0 to 1
 * @param nth only this call, counted from 1
 * @param every each n-th call
 * @param times the maximum number of injections
 * @param seed the same seed injects into the same calls
 */
public record FaultFrequency(double rate, OptionalLong nth, OptionalLong every, OptionalLong times, long seed) {

    public FaultFrequency {
        if (!(rate >= 0 && rate <= 1)) {
            throw new IllegalArgumentException("rate must be 0 to 1: " + rate);
        }
    }

    /** Returns whether the call's number is among those chosen, whatever the rate. */
    boolean counts(long call) {
        return (nth.isEmpty() || nth.getAsLong() == call) && (every.isEmpty() || call % every.getAsLong() == 0);
    }

    /** Returns the options but the seed as a specification has them, each behind a comma. */
    String options() {
        StringBuilder text = new StringBuilder();
        if (rate < 1) {
            text.append(",rate=").append(String.format(Locale.ROOT, "%s", rate));
        }
        nth.ifPresent(value -> text.append(",nth=").append(value));
        every.ifPresent(value -> text.append(",every=").append(value));
        times.ifPresent(value -> text.append(",times=").append(value));
        return text.toString();
    }
}
