package dev.ingestkit.local.functions;

import dev.ingestkit.local.bootstrap.Frame;
import java.time.Clock;

/** How calls end, in Lambda's words: by the handler's answer, by the timeout, by the end of the process. */
final class Endings {

    private final Clock clock;

    Endings(Clock clock) {
        this.clock = clock;
    }

    /** The handler has answered or thrown. */
    Call.Ending answered(Frame frame) {
        long micros = frame.numbers().get(0);
        long memory = frame.numbers().get(1);
        if (frame.type() == Frame.Type.TOO_LARGE) {
            return Call.Ending.error(ErrorObjects.answerTooLarge(), micros, memory);
        }
        return answered(frame.type() == Frame.Type.SUCCEEDED, frame.body(), micros, memory);
    }

    Call.Ending answered(boolean succeeded, byte[] body, long micros, long memory) {
        if (body.length > Frame.LARGEST_ANSWER) {
            return Call.Ending.error(ErrorObjects.answerTooLarge(), micros, memory);
        }
        return succeeded ? Call.Ending.answer(body, micros, memory) : Call.Ending.error(body, micros, memory);
    }

    /** The handler could not be loaded. */
    Call.Ending initFailed(Frame frame) {
        return Call.Ending.error(frame.body(), frame.numbers().get(0), 0);
    }

    Call.Ending timedOut(Call call, FunctionConfig config) {
        String text = ErrorObjects.timeoutText(config.timeout());
        return new Call.Ending(
                true,
                ErrorObjects.timedOut(call.requestId(), config.timeout()),
                config.timeout().toNanos() / 1_000,
                0,
                "timeout",
                "%s %s %s".formatted(clock.instant(), call.requestId(), text));
    }

    /** The process has ended under the call. */
    Call.Ending exited(Call call, int status) {
        return new Call.Ending(
                true,
                ErrorObjects.exited(call.requestId(), status),
                call.waitedNanos() / 1_000,
                0,
                "error\tError Type: " + ErrorObjects.exitType(status),
                "RequestId: " + call.requestId() + " Error: " + ErrorObjects.exitText(status));
    }
}
