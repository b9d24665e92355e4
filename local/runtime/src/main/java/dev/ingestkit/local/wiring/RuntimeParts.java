package dev.ingestkit.local.wiring;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.local.control.FunctionLines;
import dev.ingestkit.local.events.RandomIds;
import dev.ingestkit.local.faults.FaultRules;
import dev.ingestkit.local.functions.FunctionInvoker;
import dev.ingestkit.local.gateway.Gateway;
import dev.ingestkit.local.gateway.IntegrationBackend;
import dev.ingestkit.local.gateway.jwt.KeySource;
import dev.ingestkit.local.http.TlsCertificate;
import dev.ingestkit.local.journal.Journal;
import dev.ingestkit.local.time.RuntimeClock;
import java.util.List;

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

    /** Returns a gateway without APIs. */
    Gateway gateway(FunctionInvoker functions, IntegrationBackend backEnd) {
        Gateway.Parts parts = new Gateway.Parts(functions, backEnd, journal, faults, clock, RandomIds::uuid, tokenKeys);
        return new Gateway(List.of(), parts, new Gateway.Location(region, accountId));
    }
}
