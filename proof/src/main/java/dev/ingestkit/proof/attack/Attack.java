package dev.ingestkit.proof.attack;

import java.io.IOException;
import java.util.SplittableRandom;

/** One kind of hostile input. Thread-safe; all chance comes from the argument. */
interface Attack {

    /** Returns the attack's name in reports. */
    default String name() {
        return getClass().getSimpleName();
    }

    /**
     * Attacks once.
     *
     * @throws IOException when the port does not answer in time
     * @throws Finding when the answer violates the rules
     */
    void run(Door door, SplittableRandom random) throws IOException, Finding;

    /** Reports an answer or a state that violates the rules. */
    final class Finding extends Exception {

        private static final long serialVersionUID = 1L;

        Finding(String message) {
            super(message);
        }
    }
}
