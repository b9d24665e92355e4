package dev.ingestkit.local.template.spec;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.local.events.Arn;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A secret's rotation. Immutable.
 *
 * @param secretId the secret's ARN or name
 * @param function the function that rotates the secret
 * @param rotateImmediately whether the secret is rotated when rotation is turned on
 * @param rules the times of rotation; empty if the template gives none
 */
public record RotationSpec(
        String logicalId, String secretId, Arn function, boolean rotateImmediately, Optional<Rules> rules) {

    public RotationSpec {
        requireNonNull(logicalId, "logicalId");
        requireNonNull(secretId, "secretId");
        requireNonNull(function, "function");
        requireNonNull(rules, "rules");
    }

    /**
     * The times of rotation, as the template gives them.
     *
     * @param afterDays days between two rotations, 1 to 1,000
     * @param schedule {@code rate(10 days)} or {@code cron(0 8 1 * ? *)}, in UTC
     * @param duration the length of the rotation window, {@code 3h}
     */
    public record Rules(OptionalInt afterDays, Optional<String> schedule, Optional<String> duration) {

        public Rules {
            requireNonNull(afterDays, "afterDays");
            requireNonNull(schedule, "schedule");
            requireNonNull(duration, "duration");
        }
    }
}
