package dev.ingestkit.local.faults;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.regex.Pattern;

/**
 * One fault to inject, as a user writes it: {@code STAGE:KIND[,option=value…]}.
 *
 * <p>Options: {@code rate} (0 to 1, default 1), {@code nth} (only the n-th matching call), {@code every} (every n-th),
 * {@code times} (at most N injections), {@code delay} (for {@code delay}, {@code 200ms}, {@code 3s}), {@code match}
 * (the target, with {@code *}), {@code seed}.
 *
 * @param frequency the calls into which the fault is injected, among those that match
 * @param delay the delay of {@link FaultKind#DELAY}
 * @param match the target, in which {@code *} stands for anything
 */
public record FaultRule(FaultStage stage, FaultKind kind, FaultFrequency frequency, Duration delay, String match) {

    static final Duration DEFAULT_DELAY = Duration.ofMillis(500);

    public FaultRule {
        requireNonNull(stage, "stage");
        requireNonNull(kind, "kind");
        requireNonNull(frequency, "frequency");
        requireNonNull(delay, "delay");
        requireNonNull(match, "match");
        if (!stage.allows(kind)) {
            throw new IllegalArgumentException(
                    "stage '%s' has no fault '%s'; it has: %s".formatted(stage.label(), kind.label(), stage.labels()));
        }
    }

    /**
     * Reads a specification.
     *
     * @throws IllegalArgumentException naming the invalid part and the allowed values
     */
    public static FaultRule parse(String specification) {
        return new FaultSpecification(specification).rule();
    }

    /** Returns the specification of this rule. */
    public String specification() {
        StringBuilder text = new StringBuilder(stage.label()).append(':').append(kind.label());
        text.append(frequency.options());
        if (kind == FaultKind.DELAY) {
            text.append(",delay=").append(delay.toMillis()).append("ms");
        }
        if (!match.equals("*")) {
            text.append(",match=").append(match);
        }
        return text.append(",seed=").append(frequency.seed()).toString();
    }

    /** Returns the pattern of {@link #match}, in which {@code *} stands for any text. */
    Pattern pattern() {
        StringBuilder regex = new StringBuilder();
        for (String literal : match.split("\\*", -1)) {
            if (regex.length() > 0) {
                regex.append(".*");
            }
            regex.append(literal.isEmpty() ? "(?:)" : Pattern.quote(literal));
        }
        return Pattern.compile(regex.toString(), Pattern.DOTALL);
    }
}
