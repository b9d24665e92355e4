package dev.ingestkit.local.wiring;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.local.faults.FaultRules;
import dev.ingestkit.local.journal.Journal;
import dev.ingestkit.local.time.RuntimeClock;

/**
 * The parts that a whole runtime shares.
 *
 * @param region in ARNs
 * @param accountId in ARNs
 */
public record RuntimeParts(Journal journal, FaultRules faults, RuntimeClock clock, String region, String accountId) {

    public RuntimeParts {
        requireNonNull(journal, "journal");
        requireNonNull(faults, "faults");
        requireNonNull(clock, "clock");
        requireNonNull(region, "region");
        requireNonNull(accountId, "accountId");
    }
}
