package dev.ingestkit.proof.kill;

import java.util.List;

/** Changes one service's data step by step and knows what must be there at the end. For one thread. */
interface Ledger {

    /**
     * Makes one change.
     *
     * @throws software.amazon.awssdk.core.exception.SdkException if it was not acknowledged; it may have been made
     */
    void step();

    /** Compares the stored data with the acknowledged changes; adds each difference. */
    void close(List<String> broken);
}
