package dev.ingestkit.local.gateway;

import dev.ingestkit.local.journal.CallDetail;
import dev.ingestkit.local.journal.CallDetail.Grounds;
import dev.ingestkit.local.journal.RecentDetails;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The steps of one request, recorded for the journal's details if these keep the request. One step works on a request
 * at a time, and the futures between the steps order them, so that it needs no lock.
 */
final class RequestSteps {

    private final Instant startedAt;
    private final long startedNanos = System.nanoTime();
    private final boolean wanted;
    private CallDetail.@Nullable Authorizer authorizer;
    private CallDetail.@Nullable Mapping mapping;
    private long calledNanos;
    private CallDetail.@Nullable Timing integration;

    /** @param wanted whether the steps are recorded; the time of the request's arrival always is */
    RequestSteps(Instant startedAt, boolean wanted) {
        this.startedAt = startedAt;
        this.wanted = wanted;
    }

    Instant startedAt() {
        return startedAt;
    }

    /**
     * Records a decision.
     *
     * @param since when the authorizer began, by {@link System#nanoTime}
     */
    void authorized(String name, String principal, Grounds grounds, long since) {
        if (wanted) {
            authorizer = new CallDetail.Authorizer(name, principal, grounds, timing(since));
        }
    }

    /**
     * Records the body that a mapping made for the integration, which is called next.
     *
     * @param name the template's media type, or the integration's subtype
     * @param since when the mapping began, by {@link System#nanoTime}
     */
    void mapped(String name, byte[] input, byte[] output, long since) {
        if (wanted) {
            mapping = new CallDetail.Mapping(name, input, output, timing(since));
            calledNanos = System.nanoTime();
        }
    }

    /** Records that the integration is called now. */
    void called() {
        if (wanted) {
            calledNanos = System.nanoTime();
        }
    }

    /** Records that the integration has answered now. */
    void answered() {
        if (wanted) {
            integration = timing(calledNanos);
        }
    }

    /** Adds the steps recorded so far to the details. */
    void keep(RequestIds ids, RecentDetails details) {
        if (wanted) {
            details.add(new CallDetail.ApiRequest(ids.request(), startedAt, authorizer, mapping, integration));
        }
    }

    /** Returns the time of a step that ends now. */
    private CallDetail.Timing timing(long since) {
        long now = System.nanoTime();
        return new CallDetail.Timing(
                TimeUnit.NANOSECONDS.toMicros(now - startedNanos), TimeUnit.NANOSECONDS.toMicros(now - since));
    }
}
