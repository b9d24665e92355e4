package dev.ingestkit.local.secrets;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One secret: its settings, its versions, and the staging labels, each of which is on one version at a time. Not
 * thread-safe: {@link SecretStore} guards it.
 */
final class Secret {

    static final String CURRENT = "AWSCURRENT";
    static final String PREVIOUS = "AWSPREVIOUS";
    static final String PENDING = "AWSPENDING";

    /** AWS keeps about so many; beyond it, versions without a label go, oldest first. */
    private static final int MAX_VERSIONS = 100;

    final String name;
    final String arn;
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
    /** When the secret goes for good; null while it is not deleted. */
    @Nullable
    Instant deletionDate;
    /** When it was marked for deletion. */
    @Nullable
    Instant deletedAt;

    private final Map<String, Version> versions = new LinkedHashMap<>();
    private final Map<String, String> labels = new TreeMap<>();

    /**
     * One version.
     *
     * @param value null for a version that a rotation has announced and its function not yet filled
     */
    record Version(String id, @Nullable SecretValue value, Instant createdAt) {
        Version {
            requireNonNull(id, "id");
            requireNonNull(createdAt, "createdAt");
        }
    }

    /** How the secret is rotated. */
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

        /** Null without a schedule. */
        @Nullable
        RotationSchedule schedule;

        /** What the next rotation is reckoned from: the schedule's setting, or the last time that it was due. */
        Instant reckonedFrom = Instant.EPOCH;
    }

    Secret(String name, String arn, Instant createdAt) {
        this.name = requireNonNull(name, "name");
        this.arn = requireNonNull(arn, "arn");
        this.createdAt = requireNonNull(createdAt, "createdAt");
        this.changedAt = createdAt;
    }

    /** When the schedule has it rotated next; empty without a schedule, or while rotation is off. */
    Optional<Instant> nextRotation() {
        RotationSchedule schedule = rotation.schedule;
        if (!rotation.enabled || schedule == null || deletionDate != null) {
            return Optional.empty();
        }
        Instant from = rotation.reckonedFrom;
        Instant put = schedule.countsFromValue()
                ? labelled(CURRENT).map(Version::createdAt).orElse(from)
                : from;
        return Optional.of(schedule.next().apply(put.isAfter(from) ? put : from));
    }

    Optional<Version> version(String id) {
        return Optional.ofNullable(versions.get(id));
    }

    Optional<Version> labelled(String label) {
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

    /** Adds a version, or fills one that was announced. */
    void put(Version version, Instant now) {
        versions.put(version.id(), version);
        changedAt = now;
        dropUnlabelled();
    }

    /** Puts a label on a version, taking it off any other. AWSCURRENT leaves AWSPREVIOUS where it was before. */
    void label(String label, String versionId, Instant now) {
        String before = labels.put(label, versionId);
        if (label.equals(CURRENT) && before != null && !before.equals(versionId)) {
            labels.put(PREVIOUS, before);
        }
        changedAt = now;
    }

    void unlabel(String label, Instant now) {
        labels.remove(label);
        changedAt = now;
    }

    private void dropUnlabelled() {
        var oldest = versions.values().iterator();
        for (int excess = versions.size() - MAX_VERSIONS; excess > 0 && oldest.hasNext(); ) {
            if (!labels.containsValue(oldest.next().id())) {
                oldest.remove();
                excess--;
            }
        }
    }
}
