package dev.ingestkit.local.wiring;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.local.control.FunctionLines;
import dev.ingestkit.local.faults.FaultRules;
import dev.ingestkit.local.gateway.jwt.KeySource;
import dev.ingestkit.local.http.TlsCertificate;
import dev.ingestkit.local.journal.Journal;
import dev.ingestkit.local.time.RuntimeClock;

/**
 * The parts that a whole runtime shares.
 *
 * @param lines the functions' latest output
 * @param region in ARNs
 * @param accountId in ARNs
 * @param tokenKeys the public keys of token issuers
 * @param certificate of the port
 */
public record RuntimeParts(
        Journal journal,
        FaultRules faults,
        RuntimeClock clock,
        FunctionLines lines,
        String region,
        String accountId,
        KeySource tokenKeys,
        TlsCertificate certificate) {

    public RuntimeParts {
        requireNonNull(journal, "journal");
        requireNonNull(faults, "faults");
        requireNonNull(clock, "clock");
        requireNonNull(lines, "lines");
        requireNonNull(region, "region");
        requireNonNull(accountId, "accountId");
        requireNonNull(tokenKeys, "tokenKeys");
        requireNonNull(certificate, "certificate");
    }
}
