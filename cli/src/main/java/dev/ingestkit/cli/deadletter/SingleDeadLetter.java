package dev.ingestkit.cli.deadletter;

import dev.ingestkit.cli.deadletter.DeadLetterQueue.ReceivedMessage;
import dev.ingestkit.cli.output.CliException;
import dev.ingestkit.cli.output.ExitCode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds one dead letter by its message's id, and leaves it in the queue. Stateless. */
public final class SingleDeadLetter {

    private SingleDeadLetter() {}

    /**
     * Returns a dead letter.
     *
     * @param given the message's id or its beginning
     * @throws CliException if the queue has no such message, or several
     */
    public static ReceivedMessage find(DeadLetterQueue queue, String given) {
        String id = MessageIds.resolve(queue, List.of(given)).get(0);
        @Nullable ReceivedMessage[] found = {null};
        new DeadLetterScan(queue).visit(deadLetter -> {
            if (!deadLetter.messageId().equals(id)) {
                return DeadLetterVisitor.Step.LEAVE;
            }
            found[0] = deadLetter;
            return DeadLetterVisitor.Step.STOP;
        });
        ReceivedMessage deadLetter = found[0];
        if (deadLetter == null) {
            throw new CliException(
                            "LETTER_NOT_FOUND", ExitCode.FAILED, "message '%s' not found in the queue".formatted(id))
                    .hint("see the messages: ingest-cli dlq list");
        }
        return deadLetter;
    }
}
