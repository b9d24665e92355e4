package dev.ingestkit.contract;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A function with twenty faults: an order of kind N makes fault N show, unless the variable {@code REPAIRED} is true. A
 * kind that is not seeded is taken.
 */
public final class SeededFailures {

    static final int COUNT = 20;

    private static final Pattern KEY = Pattern.compile("partitionKey=order-(\\d+)");

    /** Takes a batch; the type of each record is what Lambda's runtime makes of JSON. */
    public String handle(Map<String, Object> event) {
        if (!Boolean.parseBoolean(System.getenv("REPAIRED"))) {
            for (Object record : (Iterable<?>) event.getOrDefault("Records", List.of())) {
                Matcher key = KEY.matcher(String.valueOf(record));
                if (key.find()) {
                    fail(Integer.parseInt(key.group(1)));
                }
            }
        }
        return "taken";
    }

    private static void fail(int kind) {
        String text = "fault " + kind;
        switch (kind % 5) {
            case 0 -> throw new IllegalStateException(text);
            case 1 -> throw new IllegalArgumentException(text);
            case 2 -> throw new UnsupportedOperationException(text);
            case 3 -> throw new ArithmeticException(text);
            default -> throw new AssertionError(text);
        }
    }
}
