package dev.ingestkit.local.template.yaml;

import java.util.Optional;
import java.util.function.Function;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * Lets a hyphen alone be an element of a list in brackets, {@code !Join [-, [a, b]]}, as CloudFormation's reader does.
 * The engine refuses it; each refused hyphen is replaced by a character of the same width that no template contains.
 */
final class BareHyphens {

    private static final char STAND_IN = '\uE02D';

    /** Each costs one more reading, so a text of many thousands must not be read as often. */
    private static final int MAX_HYPHENS = 200;

    private BareHyphens() {}

    /**
     * Composes a text.
     *
     * @param composer composes a text into nodes
     * @throws MarkedYamlEngineException if the text is malformed otherwise
     */
    static Optional<Node> compose(String text, Function<String, Optional<Node>> composer) {
        String readable = text;
        for (int hyphens = 0; ; hyphens++) {
            try {
                return composer.apply(readable);
            } catch (MarkedYamlEngineException malformed) {
                int refused = offset(readable, malformed.getProblemMark());
                if (refused < 0 || hyphens == MAX_HYPHENS) {
                    throw malformed;
                }
                readable = readable.substring(0, refused) + STAND_IN + readable.substring(refused + 1);
            }
        }
    }

    /** Returns the offset of the refused hyphen; -1 if something else is refused. */
    private static int offset(String text, Optional<Mark> problem) {
        if (problem.isEmpty()) {
            return -1;
        }
        int start = 0;
        for (int line = 0; line < problem.get().getLine(); line++) {
            start = text.indexOf('\n', start) + 1;
        }
        int at = text.offsetByCodePoints(start, problem.get().getColumn());
        boolean isAlone = at + 1 < text.length()
                && text.charAt(at) == '-'
                && (text.charAt(at + 1) == ',' || text.charAt(at + 1) == ']');
        return isAlone ? at : -1;
    }

    /** Returns a scalar's text with its hyphens. */
    static String restored(String text) {
        return text.indexOf(STAND_IN) < 0 ? text : text.replace(STAND_IN, '-');
    }
}
