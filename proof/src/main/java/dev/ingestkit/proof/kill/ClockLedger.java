package dev.ingestkit.proof.kill;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import software.amazon.awssdk.core.exception.SdkException;

/** Advances the runtime's clock. For one thread. */
final class ClockLedger implements Ledger {

    private static final Duration STEP = Duration.ofMillis(50);

    private final LocalCalls calls;
    private Duration acknowledged;
    private Duration tried;

    ClockLedger(LocalCalls calls) {
        this.calls = requireNonNull(calls, "calls");
        this.acknowledged = calls.clockAhead();
        this.tried = acknowledged;
    }

    @Override
    public void step() {
        tried = tried.plus(STEP);
        calls.advanceClock(STEP);
        acknowledged = acknowledged.plus(STEP);
    }

    @Override
    public void close(List<String> broken) {
        Duration ahead = ahead();
        if (ahead.compareTo(acknowledged) < 0 || ahead.compareTo(tried) > 0) {
            broken.add("the clock is %s ahead; %s were acknowledged of %s".formatted(ahead, acknowledged, tried));
        }
    }

    private Duration ahead() {
        try {
            return calls.clockAhead();
        } catch (SdkException unanswered) {
            return ahead();
        }
    }

    @Override
    public String toString() {
        return "the clock %s ahead".formatted(acknowledged);
    }
}
