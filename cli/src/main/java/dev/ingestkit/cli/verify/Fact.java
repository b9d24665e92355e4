package dev.ingestkit.cli.verify;

import static java.util.Objects.requireNonNull;

/**
 * A fact about an event.
 *
 * @param where the source of the fact
 * @param key the event's id, shared by all its facts
 * @param sha256 the hash of the payload; empty if only the record's position is known
 */
record Fact(Where where, String key, String sha256) {

    /** The source of a fact; the letter is written to the partitions' files. */
    enum Where {
        ACCEPTED('A'),
        REFUSED('R'),
        STORED('S'),
        DEAD('D');

        private final char letter;

        Where(char letter) {
            this.letter = letter;
        }

        static Where of(char letter) {
            for (Where where : values()) {
                if (where.letter == letter) {
                    return where;
                }
            }
            throw new IllegalArgumentException("unknown source of a fact: " + letter);
        }
    }

    Fact {
        requireNonNull(where, "where");
        requireNonNull(key, "key");
        requireNonNull(sha256, "sha256");
    }

    /** Returns one line without its end. A key may contain anything, so it comes last and escaped. */
    String line() {
        String escaped = key.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r");
        return where.letter + sha256 + " " + escaped;
    }

    static Fact parse(String line) {
        int space = line.indexOf(' ');
        return new Fact(Where.of(line.charAt(0)), unescaped(line.substring(space + 1)), line.substring(1, space));
    }

    private static String unescaped(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        for (int index = 0; index < text.length(); index++) {
            char next = text.charAt(index);
            if (next == '\\') {
                char escaped = text.charAt(++index);
                plain.append(escaped == 'n' ? '\n' : escaped == 'r' ? '\r' : escaped);
            } else {
                plain.append(next);
            }
        }
        return plain.toString();
    }
}
