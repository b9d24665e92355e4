package dev.ingestkit.local.template.spec;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A rule of EventBridge, or a schedule of EventBridge Scheduler. Immutable.
 *
 * @param bus the name of its bus
 * @param pattern the events that it takes, as JSON
 * @param schedule when it runs
 * @param targets the functions, queues, topics, streams and buses that it sends to
 */
public record RuleSpec(
        String logicalId,
        String name,
        String arn,
        String bus,
        Optional<String> pattern,
        Optional<Times> schedule,
        boolean enabled,
        List<Target> targets) {

    public RuleSpec {
        requireNonNull(logicalId, "logicalId");
        requireNonNull(name, "name");
        requireNonNull(arn, "arn");
        requireNonNull(bus, "bus");
        requireNonNull(pattern, "pattern");
        requireNonNull(schedule, "schedule");
        targets = List.copyOf(targets);
    }

    /**
     * The times of a rule.
     *
     * @param expression {@code rate(...)}, {@code cron(...)} or {@code at(...)}, valid
     * @param zone the name of a time zone
     */
    public record Times(String expression, String zone, Optional<Instant> start, Optional<Instant> end) {}

    /**
     * A target.
     *
     * @param parameters {@code MessageGroupId} for FIFO queues, {@code PartitionKeyPath} for streams
     */
    public record Target(String id, String arn, Input input, Map<String, String> parameters) {
        public Target {
            requireNonNull(id, "id");
            requireNonNull(arn, "arn");
            requireNonNull(input, "input");
            parameters = Map.copyOf(parameters);
        }
    }

    /**
     * The input of a target: a constant, a part of the event, a template, or the event if none of them is given.
     *
     * @param paths the template's variables
     */
    public record Input(
            Optional<String> constant, Optional<String> path, Map<String, String> paths, Optional<String> template) {
        public Input {
            paths = Map.copyOf(paths);
        }
    }
}
