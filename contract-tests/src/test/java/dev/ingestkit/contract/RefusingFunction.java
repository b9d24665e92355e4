package dev.ingestkit.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A function that refuses poison, unless the variable {@code REPAIRED} is true: of a queue's messages it reports those with
 * poison as failed, for any other event with poison it fails.
 */
public final class RefusingFunction {

    /** Takes any event; its types are what Lambda's runtime makes of JSON. */
    public Map<String, Object> handle(Map<String, Object> event) {
        if (Boolean.parseBoolean(System.getenv("REPAIRED"))) {
            return Map.of();
        }
        List<Map<String, Object>> failed = new ArrayList<>();
        for (Object record : (Iterable<?>) event.getOrDefault("Records", List.of())) {
            Map<?, ?> message = (Map<?, ?>) record;
            if (message.get("messageId") != null && isPoison(message)) {
                failed.add(Map.of("itemIdentifier", message.get("messageId")));
            }
        }
        if (failed.isEmpty() && isPoison(event)) {
            throw new IllegalStateException("poison is refused");
        }
        return Map.of("batchItemFailures", failed);
    }

    private static boolean isPoison(Object value) {
        return String.valueOf(value).contains("poison");
    }
}
