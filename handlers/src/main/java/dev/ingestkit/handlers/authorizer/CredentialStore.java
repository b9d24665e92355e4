package dev.ingestkit.handlers.authorizer;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.handlers.authorizer.SecretSource.Stage;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Checks credentials against the secret, and calls Secrets Manager as rarely as the rules below allow. Thread-safe.
 *
 * <p>The rules:
 *
 * <ul>
 *   <li>A fetched secret is trusted for its time to live, then fetched again. If that fetch fails, nothing is decided
 *       and no request is allowed. A stale secret is never used, since the time to live is the promise of how long a
 * revoked
 *       credential may still work. To ride out a longer outage of Secrets Manager, set a longer one.
 *   <li>Credentials that do not match may be newer than the cache: the secret is fetched again, at most once per
 * refresh
 *       interval, so that guessing causes no flood of calls. If that fetch fails, the credentials can neither be
 * accepted nor
 *       rejected, until a later fetch succeeds.
 *   <li>The previous secret is accepted for a grace time from the creation of the current version, and only fetched
 *       within it.
 * </ul>
 */
final class CredentialStore {

    private final SecretSource source;
    private final AuthorizerConfig config;
    private final Clock clock;
    private @Nullable Snapshot snapshot;
    private @Nullable Instant lastAttempt;
    private @Nullable SecretUnavailableException lastFailure;

    CredentialStore(SecretSource source, AuthorizerConfig config, Clock clock) {
        this.source = requireNonNull(source, "source");
        this.config = requireNonNull(config, "config");
        this.clock = requireNonNull(clock, "clock");
    }

    /**
     * Returns whether credentials are valid.
     *
     * @throws SecretUnavailableException when the secret cannot be read, so that nothing is decided
     */
    synchronized boolean accepts(Credentials presented) {
        Instant now = clock.instant();
        Snapshot known = snapshot;
        if (known == null || !now.isBefore(known.fetchedAt.plus(config.timeToLive()))) {
            return matches(fetch(now), presented, now);
        }
        if (matches(known, presented, now)) {
            return true;
        }
        if (lastAttempt == null || !now.isBefore(lastAttempt.plus(config.refreshInterval()))) {
            return matches(fetch(now), presented, now);
        }
        if (lastFailure != null) {
            throw new SecretUnavailableException(
                    "the credentials do not match the secret of " + known.fetchedAt
                            + ", and a newer one could not be fetched",
                    lastFailure);
        }
        return false;
    }

    /**
     * Fetches the secret ahead of the first request, and compares once. The previous version is not fetched: the
     * sample's credentials are made up.
     */
    synchronized void prime(Credentials sample) {
        fetch(clock.instant()).current.matches(sample);
    }

    /** Drops the fetched secret, so that a snapshot of this JVM holds no credentials. */
    synchronized void forget() {
        snapshot = null;
        lastAttempt = null;
        lastFailure = null;
        source.forget();
    }

    private Snapshot fetch(Instant now) {
        lastAttempt = now;
        try {
            SecretSource.Version version = source.version(Stage.AWSCURRENT)
                    .orElseThrow(() -> new SecretUnavailableException("the secret '" + config.secretId()
                            + "' does not exist or has no version in stage AWSCURRENT"));
            Snapshot fetched = new Snapshot(StoredCredentials.of(version), now);
            snapshot = fetched;
            lastFailure = null;
            return fetched;
        } catch (SecretUnavailableException failure) {
            lastFailure = failure;
            throw failure;
        }
    }

    private boolean matches(Snapshot known, Credentials presented, Instant now) {
        if (known.current.matches(presented)) {
            return true;
        }
        Instant graceEnd = known.current.createdAt().plus(config.previousGrace());
        return now.isBefore(graceEnd)
                && previous(known)
                        .filter(previous -> previous.matches(presented))
                        .isPresent();
    }

    private Optional<StoredCredentials> previous(Snapshot known) {
        if (!known.previousFetched) {
            known.previous =
                    source.version(Stage.AWSPREVIOUS).map(StoredCredentials::of).orElse(null);
            known.previousFetched = true;
        }
        return Optional.ofNullable(known.previous);
    }

    /** The credentials as fetched at one time. The previous version is fetched on first use: few requests need it. */
    private static final class Snapshot {
        private final StoredCredentials current;
        private final Instant fetchedAt;
        private @Nullable StoredCredentials previous;
        private boolean previousFetched;

        Snapshot(StoredCredentials current, Instant fetchedAt) {
            this.current = current;
            this.fetchedAt = fetchedAt;
        }
    }
}
