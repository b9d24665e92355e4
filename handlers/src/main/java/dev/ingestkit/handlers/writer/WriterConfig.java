package dev.ingestkit.handlers.writer;

import dev.ingestkit.core.item.ItemOptions;
import java.util.Map;

/**
 * The writer's configuration, from its environment.
 *
 * @param tableName {@code TABLE_NAME}
 * @param queueUrl {@code DLQ_URL}
 * @param policy {@code CONFLICT_POLICY}, default {@code replace}
 * @param options {@code ITEM_TTL_DAYS}, default 0 (none), and {@code TIME_INDEX}, default {@code false}
 * @param concurrency {@code WRITER_CONCURRENCY}, default 16: writes at the same time, 1 to 256
 */
record WriterConfig(String tableName, String queueUrl, ConflictPolicy policy, ItemOptions options, int concurrency) {

    static WriterConfig from(Map<String, String> environment) {
        return new WriterConfig(
                required(environment, "TABLE_NAME"),
                required(environment, "DLQ_URL"),
                ConflictPolicy.named(value(environment, "CONFLICT_POLICY", "replace")),
                new ItemOptions(integer(environment, "ITEM_TTL_DAYS", 0, 0, 36_500), flag(environment, "TIME_INDEX")),
                integer(environment, "WRITER_CONCURRENCY", 16, 1, 256));
    }

    private static String value(Map<String, String> environment, String name, String absent) {
        String value = environment.get(name);
        return value == null || value.isBlank() ? absent : value.trim();
    }

    private static String required(Map<String, String> environment, String name) {
        String value = value(environment, name, "");
        if (value.isEmpty()) {
            throw new IllegalArgumentException("environment variable " + name + " is not set; the stack sets it");
        }
        return value;
    }

    private static int integer(Map<String, String> environment, String name, int absent, int least, int most) {
        String text = value(environment, name, Integer.toString(absent));
        try {
            int value = Integer.parseInt(text);
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + " must be an integer, but is '" + text + "'", e);
        }
        throw new IllegalArgumentException(name + " must be from " + least + " to " + most + ", but is " + text);
    }

    private static boolean flag(Map<String, String> environment, String name) {
        String text = value(environment, name, "false");
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException(name + " must be true or false, but is '" + text + "'");
        };
    }
}
