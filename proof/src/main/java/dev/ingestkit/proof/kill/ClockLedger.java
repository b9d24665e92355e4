package dev.ingestkit.proof.kill;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import software.amazon.awssdk.core.exception.SdkException;

/** Advances the runtime's clock, which must never go back behind what it has shown. For one thread. */
final class ClockLedger implements Ledger {

    private static final Duration STEP = Duration.ofMillis(50);

    private final LocalCalls calls;
    private Instant shown;
    private int advanced;
    private int backwards;

    ClockLedger(LocalCalls calls) {
        this.calls = requireNonNull(calls, "calls");
        this.shown = calls.clockNow();
    }

    @Override
    public void step() {
        calls.advanceClock(STEP);
        advanced++;
        look(calls.clockNow());
    }

    private void look(Instant now) {
        backwards += now.isBefore(shown) ? 1 : 0;
        shown = now;
    }

    @Override
    public void close(List<String> broken) {
        look(now());
        if (backwards > 0) {
            broken.add("the clock went back %d times".formatted(backwards));
        }
    }

    private Instant now() {
        try {
            return calls.clockNow();
        } catch (SdkException unanswered) {
            return now();
        }
    }

    @Override
    public String toString() {
        return "the clock advanced %d times".formatted(advanced);
    }
}
