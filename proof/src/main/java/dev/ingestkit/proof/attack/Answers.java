package dev.ingestkit.proof.attack;

import dev.ingestkit.proof.attack.Attack.Finding;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Judges answers to hostile input. */
final class Answers {

    private static final int SHOWN = 600;

    private Answers() {}

    /** Requires a clear status or a closed connection, never a failure of the server itself. */
    static void check(Attack attack, byte[] request, Door.Answer answer) throws Finding {
        Optional<Integer> status = answer.status();
        boolean unspoken = answer.text().isEmpty();
        if (status.isEmpty() && !unspoken) {
            throw new Finding("%s: an answer without a status: %s%nto: %s"
                    .formatted(attack.name(), shown(answer.text()), shown(text(request))));
        }
        if (status.isPresent() && (status.get() == 500 || status.get() < 200)) {
            throw new Finding("%s: status %d: %s%nto: %s"
                    .formatted(attack.name(), status.get(), shown(answer.text()), shown(text(request))));
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    static String shown(String text) {
        String cut = text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text;
        return cut.replace("\r", "\\r").replace("\n", "\\n").replaceAll("[^\\x20-\\x7e…]", "?");
    }
}
