package dev.ingestkit.cli.send;

/** A route by which events enter a pipeline. Implementations are thread-safe. */
public interface SendRoute {

    /** Sends an event until it is accepted, finally rejected, or out of retries. */
    default SendOutcome submit(OutgoingEvent event) throws InterruptedException {
        return submit(event, SendClock.system());
    }

    /** Sends an event by a clock; a stop cancels the retries, and the last answer counts. */
    SendOutcome submit(OutgoingEvent event, SendClock clock) throws InterruptedException;
}
