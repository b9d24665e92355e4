package dev.ingestkit.cli.verify;

/**
 * What became of the events of a ledger. Its fields are the tool's interface. Events are counted by their ids: an id that
 * was sent twice is one event, and its last accepted payload is the one that should be there.
 *
 * @param accepted ids of which the API accepted at least one payload
 * @param stored of these, in the table with a payload that was sent
 * @param deadLettered of these, not so stored, and in the dead letter queue
 * @param missing of these, in neither
 * @param different of these, in the table with a payload that was never sent under the id
 * @param storedTwice of these, accepted with more than one payload: the table keeps one of them
 * @param refused ids that the API did not accept, or did not answer
 * @param neverSent ids in the table that the ledger does not name: another sender's, or nobody's
 */
public record Verdict(
        long accepted,
        long stored,
        long deadLettered,
        long missing,
        long different,
        long storedTwice,
        long refused,
        long neverSent) {

    /** Whether every accepted event is accounted for. */
    public boolean holds() {
        return accepted == stored + deadLettered && missing == 0 && different == 0;
    }
}
