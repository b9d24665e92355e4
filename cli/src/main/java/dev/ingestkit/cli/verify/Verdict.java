package dev.ingestkit.cli.verify;

/**
 * The result of a verification; the components are its JSON form. Events are counted by id: an id that was sent twice
 * is one event, whose last accepted payload should be in the table.
 *
 * @param accepted ids with at least one accepted payload
 * @param stored accepted ids that are in the table with a payload that was sent
 * @param deadLettered other accepted ids that are in the dead letter queue
 * @param missing accepted ids in neither
 * @param different accepted ids that are in the table with a payload that was never sent
 * @param storedTwice accepted ids with more than one accepted payload, of which the table keeps one
 * @param refused ids that the API rejected or did not answer
 * @param notInLedger ids in the table that the ledger does not list
 */
public record Verdict(
        long accepted,
        long stored,
        long deadLettered,
        long missing,
        long different,
        long storedTwice,
        long refused,
        long notInLedger) {

    /** Returns whether every accepted event is accounted for. */
    public boolean holds() {
        return accepted == stored + deadLettered && missing == 0 && different == 0;
    }
}
