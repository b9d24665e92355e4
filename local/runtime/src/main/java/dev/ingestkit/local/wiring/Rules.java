package dev.ingestkit.local.wiring;

import dev.ingestkit.local.eventbridge.Rule;
import dev.ingestkit.local.eventbridge.Schedule;
import dev.ingestkit.local.eventbridge.Target;
import dev.ingestkit.local.eventbridge.TargetInput;
import dev.ingestkit.local.template.spec.RuleSpec;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/** Turns rules of a template into those that EventBridge runs. */
final class Rules {

    private Rules() {}

    static Rule rule(RuleSpec spec) {
        return new Rule(
                spec.name(),
                spec.arn(),
                spec.bus(),
                Optional.empty(),
                spec.pattern(),
                spec.schedule().map(Rules::schedule),
                spec.enabled(),
                spec.targets().stream().map(Rules::target).toList());
    }

    private static Schedule schedule(RuleSpec.Times times) {
        return Schedule.of(times.expression(), ZoneId.of(times.zone()))
                .between(times.start().orElse(Instant.MIN), times.end().orElse(Instant.MAX));
    }

    private static Target target(RuleSpec.Target spec) {
        return new Target(spec.id(), spec.arn(), input(spec.input()), spec.parameters());
    }

    private static TargetInput input(RuleSpec.Input input) {
        if (input.constant().isPresent()) {
            return TargetInput.constant(input.constant().get());
        }
        if (input.path().isPresent()) {
            return TargetInput.path(input.path().get());
        }
        return input.template()
                .map(template -> TargetInput.template(input.paths(), template))
                .orElseGet(TargetInput::event);
    }
}
