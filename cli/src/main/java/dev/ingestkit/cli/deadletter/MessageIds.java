package dev.ingestkit.cli.deadletter;

import dev.ingestkit.cli.output.CliException;
import dev.ingestkit.cli.output.ExitCode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Resolves the beginnings of message ids, as lists on a terminal show them. Stateless. */
public final class MessageIds {

    private static final int WHOLE = 36;

    private MessageIds() {}

    /**
     * Returns whole ids. Reads the queue only if one of the given ids is a beginning; one that no message has stays as it
     * is.
     *
     * @throws CliException when several messages begin with the same given id
     */
    public static List<String> resolve(DeadLetterQueue queue, Collection<String> given) {
        if (given.stream().noneMatch(MessageIds::isBeginning)) {
            return List.copyOf(given);
        }
        Set<String> known = new LinkedHashSet<>();
        new DeadLetterScan(queue).visit(deadLetter -> {
            known.add(deadLetter.messageId());
            return DeadLetterVisitor.Step.LEAVE;
        });
        List<String> resolved = new ArrayList<>();
        for (String id : given) {
            resolved.add(isBeginning(id) ? whole(id, known) : id);
        }
        return resolved;
    }

    private static boolean isBeginning(String id) {
        return !id.isEmpty() && id.length() < WHOLE;
    }

    private static String whole(String beginning, Set<String> known) {
        List<String> found =
                known.stream().filter(id -> id.startsWith(beginning)).toList();
        if (found.size() > 1) {
            throw new CliException(
                            "MESSAGE_UNCLEAR",
                            ExitCode.USAGE,
                            "%d messages begin with '%s'".formatted(found.size(), beginning))
                    .because(String.join(", ", found), null)
                    .hint("give more of the id");
        }
        return found.isEmpty() ? beginning : found.get(0);
    }
}
