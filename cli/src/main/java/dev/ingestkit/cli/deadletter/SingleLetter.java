package dev.ingestkit.cli.deadletter;

import dev.ingestkit.cli.deadletter.DeadLetterQueue.Letter;
import dev.ingestkit.cli.output.CliException;
import dev.ingestkit.cli.output.ExitCode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds one dead letter by its message's id, and leaves it in the queue. Stateless. */
public final class SingleLetter {

    private SingleLetter() {}

    /**
     * Returns a dead letter.
     *
     * @param given the message's id or its beginning
     * @throws CliException if the queue has no such message, or several
     */
    public static Letter find(DeadLetterQueue queue, String given) {
        String id = MessageIds.resolve(queue, List.of(given)).get(0);
        @Nullable Letter[] found = {null};
        new LetterScan(queue).visit(letter -> {
            if (!letter.messageId().equals(id)) {
                return LetterVisitor.Step.LEAVE;
            }
            found[0] = letter;
            return LetterVisitor.Step.STOP;
        });
        Letter letter = found[0];
        if (letter == null) {
            throw new CliException(
                            "LETTER_NOT_FOUND", ExitCode.FAILED, "message '%s' not found in the queue".formatted(id))
                    .hint("see the messages: ingest-cli dlq list");
        }
        return letter;
    }
}
