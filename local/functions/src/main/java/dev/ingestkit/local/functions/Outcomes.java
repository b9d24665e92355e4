package dev.ingestkit.local.functions;

import dev.ingestkit.local.bootstrap.Frame;
import java.time.Clock;

/** Creates the outcomes of calls, worded as by Lambda: the handler's answer, the timeout, the exit of the process. */
final class Outcomes {

    private final Clock clock;

    Outcomes(Clock clock) {
        this.clock = clock;
    }

    /** Returns the outcome of a call whose handler has answered or thrown. */
    Call.Outcome answered(Frame frame) {
        long micros = frame.numbers().get(0);
        long memory = frame.numbers().get(1);
        if (frame.type() == Frame.Type.TOO_LARGE) {
            return Call.Outcome.error(ErrorObjects.answerTooLarge(), micros, memory);
        }
        return answered(frame.type() == Frame.Type.SUCCEEDED, frame.body(), micros, memory);
    }

    Call.Outcome answered(boolean succeeded, byte[] body, long micros, long memory) {
        if (body.length > Frame.MAX_ANSWER) {
            return Call.Outcome.error(ErrorObjects.answerTooLarge(), micros, memory);
        }
        return succeeded ? Call.Outcome.answer(body, micros, memory) : Call.Outcome.error(body, micros, memory);
    }

    /** Returns the outcome of a call whose handler could not be loaded. */
    Call.Outcome initFailed(Frame frame) {
        return Call.Outcome.error(frame.body(), frame.numbers().get(0), 0);
    }

    Call.Outcome timedOut(Call call, FunctionConfig config) {
        String text = ErrorObjects.timeoutText(config.limits().timeout());
        return new Call.Outcome(
                true,
                ErrorObjects.timedOut(call.requestId(), config.limits().timeout()),
                config.limits().timeout().toNanos() / 1_000,
                0,
                "timeout",
                "%s %s %s".formatted(clock.instant(), call.requestId(), text));
    }

    /** Returns the outcome of a call whose process has exited. */
    Call.Outcome exited(Call call, int status) {
        return new Call.Outcome(
                true,
                ErrorObjects.exited(call.requestId(), status),
                call.waitedNanos() / 1_000,
                0,
                "error\tError Type: " + ErrorObjects.exitType(status),
                "RequestId: " + call.requestId() + " Error: " + ErrorObjects.exitText(status));
    }
}
