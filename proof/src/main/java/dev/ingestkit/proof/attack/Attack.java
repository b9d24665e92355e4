package dev.ingestkit.proof.attack;

import java.io.IOException;
import java.util.SplittableRandom;

/** One kind of hostile input. Thread-safe; all chance comes from the argument. */
interface Attack {

    /** What it is called in a report. */
    default String name() {
        return getClass().getSimpleName();
    }

    /**
     * Strikes once.
     *
     * @throws IOException when the port does not answer, or not in time
     * @throws Finding when the answer is one that must not be
     */
    void strike(Door door, SplittableRandom random) throws IOException, Finding;

    /** Something that must not be. */
    final class Finding extends Exception {

        private static final long serialVersionUID = 1L;

        Finding(String message) {
            super(message);
        }
    }
}
