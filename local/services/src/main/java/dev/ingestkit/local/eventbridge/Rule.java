package dev.ingestkit.local.eventbridge;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * A rule of a bus, or a schedule of EventBridge Scheduler. Immutable.
 *
 * @param name the name on its bus
 * @param arn its ARN
 * @param bus the name of its bus
 * @param description empty for a rule without one
 * @param pattern the events that match, as JSON; empty for a rule that runs only by schedule
 * @param schedule the times of its runs; empty for a rule that takes only events
 * @param enabled whether events and the schedule trigger it
 * @param targets the receivers of its events
 */
public record Rule(
        String name,
        String arn,
        String bus,
        Optional<String> description,
        Optional<String> pattern,
        Optional<Schedule> schedule,
        boolean enabled,
        List<Target> targets) {

    public Rule {
        requireNonNull(name, "name");
        requireNonNull(arn, "arn");
        requireNonNull(bus, "bus");
        requireNonNull(description, "description");
        requireNonNull(pattern, "pattern");
        requireNonNull(schedule, "schedule");
        targets = List.copyOf(targets);
    }

    /** Returns whether the rule is a schedule of EventBridge Scheduler. */
    public boolean isOfScheduler() {
        return arn.contains(":scheduler:");
    }

    Rule withEnabled(boolean value) {
        return new Rule(name, arn, bus, description, pattern, schedule, value, targets);
    }

    Rule withTargets(List<Target> values) {
        return new Rule(name, arn, bus, description, pattern, schedule, enabled, values);
    }
}
