package dev.ingestkit.local.faults;

import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Parses a fault specification; every error quotes the specification and lists what is allowed. */
final class FaultSpecification {

    private static final Set<String> OPTIONS = Set.of("rate", "nth", "every", "times", "delay", "match", "seed");

    private final String text;

    FaultSpecification(String text) {
        this.text = text.trim();
    }

    FaultRule rule() {
        String[] parts = text.split(",", -1);
        String[] head = parts[0].split(":", -1);
        if (head.length != 2) {
            throw invalid("it must begin with STAGE:KIND");
        }
        FaultStage stage = choose("stage", head[0], FaultStage.values(), FaultStage::label);
        FaultKind kind = choose("kind", head[1], FaultKind.values(), FaultKind::label);
        Map<String, String> options = options(Arrays.copyOfRange(parts, 1, parts.length));
        return build(stage, kind, options);
    }

    private FaultRule build(FaultStage stage, FaultKind kind, Map<String, String> options) {
        Duration delay = options.containsKey("delay") ? duration(options.get("delay")) : FaultRule.DEFAULT_DELAY;
        OptionalLong seed = number(options, "seed", Long.MIN_VALUE);
        try {
            return new FaultRule(
                    stage,
                    kind,
                    new FaultFrequency(
                            rate(options.get("rate")),
                            number(options, "nth", 1),
                            number(options, "every", 1),
                            number(options, "times", 1),
                            seed.orElse(0)),
                    delay,
                    options.getOrDefault("match", "*"));
        } catch (IllegalArgumentException rejected) {
            throw invalid(String.valueOf(rejected.getMessage()));
        }
    }

    private Map<String, String> options(String[] parts) {
        Map<String, String> options = new LinkedHashMap<>();
        for (String part : parts) {
            int equals = part.indexOf('=');
            String name = equals < 0 ? part : part.substring(0, equals);
            if (equals < 0 || !OPTIONS.contains(name)) {
                throw invalid("'%s' is not an option; allowed are %s".formatted(part, new TreeSet<>(OPTIONS)));
            }
            options.put(name, part.substring(equals + 1));
        }
        return options;
    }

    private double rate(@Nullable String value) {
        try {
            return value == null ? 1 : Double.parseDouble(value);
        } catch (NumberFormatException notNumber) {
            throw invalid("rate must be 0 to 1, found '%s'".formatted(value));
        }
    }

    private OptionalLong number(Map<String, String> options, String name, long min) {
        String value = options.get(name);
        if (value == null) {
            return OptionalLong.empty();
        }
        try {
            long number = Long.parseLong(value);
            if (number >= min) {
                return OptionalLong.of(number);
            }
        } catch (NumberFormatException notNumber) {
            throw invalid("%s must be a whole number, found '%s'".formatted(name, value));
        }
        throw invalid("%s must be at least %d, found '%s'".formatted(name, min, value));
    }

    private Duration duration(@Nullable String value) {
        String amount = String.valueOf(value);
        try {
            if (amount.endsWith("ms")) {
                return Duration.ofMillis(Long.parseLong(amount.substring(0, amount.length() - 2)));
            }
            if (amount.endsWith("s")) {
                return Duration.ofSeconds(Long.parseLong(amount.substring(0, amount.length() - 1)));
            }
        } catch (NumberFormatException notNumber) {
            throw invalid("delay must be like 200ms or 3s, found '%s'".formatted(amount));
        }
        throw invalid("delay must be like 200ms or 3s, found '%s'".formatted(amount));
    }

    private <T> T choose(String what, String word, T[] values, java.util.function.Function<T, String> label) {
        return Stream.of(values)
                .filter(value -> label.apply(value).equals(word.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> invalid("'%s' is not a %s; allowed are %s"
                        .formatted(word, what, Stream.of(values).map(label).collect(Collectors.joining(", ")))));
    }

    private IllegalArgumentException invalid(String reason) {
        return new IllegalArgumentException(
                "fault '%s': %s. Example: dynamodb:throttle,rate=0.1,seed=7".formatted(text, reason));
    }
}
