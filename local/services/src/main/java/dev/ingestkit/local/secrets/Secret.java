package dev.ingestkit.local.secrets;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.local.events.Arn;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One secret: its settings, its versions, and its staging labels, each of which is on one version at a time. Not
 * thread-safe: {@link SecretsService} guards it.
 *
 * @see <a href="https://docs.aws.amazon.com/secretsmanager/latest/userguide/whats-in-a-secret.html">Secrets and
 *     versions</a>
 */
final class Secret {

    static final String CURRENT = "AWSCURRENT";
    static final String PREVIOUS = "AWSPREVIOUS";
    static final String PENDING = "AWSPENDING";

    /** About the number that AWS keeps; beyond it, versions without a label are dropped, oldest first. */
    private static final int MAX_VERSIONS = 100;

    final String name;
    final Arn arn;
    final Instant createdAt;
    final Map<String, String> tags = new LinkedHashMap<>();
    final Rotation rotation = new Rotation();
    Instant changedAt;

    @Nullable
    String description;

    @Nullable
    String kmsKeyId;

    @Nullable
    String policy;

    @Nullable
    Instant accessedAt;
    /** The time of the final deletion; null unless the secret is marked for deletion. */
    @Nullable
    Instant deletionDate;
    /** The time at which it was marked for deletion. */
    @Nullable
    Instant deletedAt;

    /** The day of the last access of each version that was read. */
    private final Map<String, Instant> accesses = new HashMap<>();

    private final Map<String, Version> versions = new LinkedHashMap<>();
    private final Map<String, String> labels = new TreeMap<>();

    /**
     * One version.
     *
     * @param value null for a version that a rotation has created and its function has not filled yet
     */
    record Version(String id, @Nullable SecretValue value, Instant createdAt) {
        Version {
            requireNonNull(id, "id");
            requireNonNull(createdAt, "createdAt");
        }
    }

    /** The rotation settings and state of a secret. */
    static final class Rotation {
        boolean enabled;

        @Nullable
        String functionArn;

        @Nullable
        Long automaticallyAfterDays;

        @Nullable
        String scheduleExpression;

        @Nullable
        String duration;

        @Nullable
        Instant lastRotated;

        /** The schedule; null if there is none. */
        @Nullable
        RotationSchedule schedule;

        /** The time from which the next rotation counts: when the schedule was set, or was last due. */
        Instant baseline = Instant.EPOCH;
    }

    Secret(String name, Arn arn, Instant createdAt) {
        this.name = requireNonNull(name, "name");
        this.arn = requireNonNull(arn, "arn");
        this.createdAt = requireNonNull(createdAt, "createdAt");
        this.changedAt = createdAt;
    }

    /** Returns the time of the next scheduled rotation; empty without a schedule, or while rotation is off. */
    Optional<Instant> nextRotation() {
        RotationSchedule schedule = rotation.schedule;
        if (!rotation.enabled || schedule == null || deletionDate != null) {
            return Optional.empty();
        }
        Instant from = rotation.baseline;
        Instant put = schedule.countsFromValue()
                ? withLabel(CURRENT).map(Version::createdAt).orElse(from)
                : from;
        return Optional.of(schedule.next().apply(put.isAfter(from) ? put : from));
    }

    Optional<Version> version(String id) {
        return Optional.ofNullable(versions.get(id));
    }

    Optional<Version> withLabel(String label) {
        return Optional.ofNullable(labels.get(label)).flatMap(this::version);
    }

    List<Version> versions() {
        return List.copyOf(versions.values());
    }

    List<String> labels(String versionId) {
        List<String> own = new ArrayList<>();
        labels.forEach((label, id) -> {
            if (id.equals(versionId)) {
                own.add(label);
            }
        });
        return own;
    }

    /** Adds a version, or fills a pending one. */
    void put(Version version, Instant now) {
        versions.put(version.id(), version);
        changedAt = now;
        dropUnlabeled();
    }

    /** Restores a version of an earlier process. */
    void restore(Version version, List<String> stages, @Nullable Instant accessed) {
        versions.put(version.id(), version);
        stages.forEach(stage -> labels.put(stage, version.id()));
        if (accessed != null) {
            accesses.put(version.id(), accessed);
        }
    }

    /** Moves a label to a version. Moving AWSCURRENT leaves AWSPREVIOUS on the version that had it. */
    void label(String label, String versionId, Instant now) {
        String before = labels.put(label, versionId);
        if (label.equals(CURRENT) && before != null && !before.equals(versionId)) {
            labels.put(PREVIOUS, before);
        }
        changedAt = now;
    }

    /** Records that a version was read. AWS stores the day of the last access, not its time. */
    void accessed(String versionId, Instant now) {
        accessedAt = now.truncatedTo(ChronoUnit.DAYS);
        accesses.put(versionId, accessedAt);
    }

    @Nullable
    Instant accessedAt(String versionId) {
        return accesses.get(versionId);
    }

    void unlabel(String label, Instant now) {
        labels.remove(label);
        changedAt = now;
    }

    private void dropUnlabeled() {
        var oldest = versions.values().iterator();
        for (int excess = versions.size() - MAX_VERSIONS; excess > 0 && oldest.hasNext(); ) {
            if (!labels.containsValue(oldest.next().id())) {
                oldest.remove();
                accesses.keySet().retainAll(versions.keySet());
                excess--;
            }
        }
    }
}
