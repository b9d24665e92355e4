package dev.ingestkit.cli.command.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ingestkit.cli.output.Text;
import dev.ingestkit.cli.status.TemplateChanges;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Formats the status of an embedded runtime as one screen. */
final class StatusPage {

    private static final String INDENT = " ".repeat(12);

    private final JsonNode status;
    private final int columns;
    private final StringBuilder page = new StringBuilder();

    /** @param columns the width beyond which lines are wrapped */
    StatusPage(JsonNode status, int columns) {
        this.status = status;
        this.columns = columns;
    }

    String text() {
        line("endpoint", status.path("endpoint").asText());
        String process = status.has("pid") ? "  (process " + status.path("pid").asLong() + ")" : "";
        line("stack", status.path("stack").asText() + process);
        if (status.has("startedAt")) {
            line("since", status.path("startedAt").asText());
        }
        apis();
        streams();
        functions();
        mappings();
        queues();
        metrics();
        if (status.has("counts")) {
            counts();
            JsonNode error = status.path("lastError");
            line("last error", error.isNull() || error.isMissingNode() ? "none" : error.asText());
        }
        template(status.path("template"));
        for (JsonNode warning : status.path("warnings")) {
            line("warning", warning.asText());
        }
        return page.toString();
    }

    private void template(JsonNode template) {
        new TemplateChanges(template).lines().forEach(change -> line("template", change));
    }

    private void apis() {
        for (JsonNode api : status.path("apis")) {
            line("api", api.path("name").asText() + "  " + api.path("url").asText());
        }
    }

    private void streams() {
        for (JsonNode stream : status.path("streams")) {
            line(
                    "stream",
                    "%s  %s  open shards %d"
                            .formatted(
                                    stream.path("name").asText(),
                                    stream.path("state").asText(),
                                    stream.path("openShards").asInt()));
        }
    }

    private void functions() {
        for (JsonNode function : status.path("functions")) {
            line(
                    "function",
                    "%s  %d MB  %s%s"
                            .formatted(
                                    function.path("name").asText(),
                                    function.path("memoryMb").asInt(),
                                    function.path("state").asText(),
                                    detail(function)));
            if (function.has("codeError")) {
                line("", "new code rejected: " + function.path("codeError").asText());
            }
        }
    }

    /** Returns why a function cannot be loaded, otherwise the number of its environments. */
    private static String detail(JsonNode function) {
        if (function.has("error")) {
            return ": " + function.path("error").asText();
        }
        return function.has("environments")
                ? "  environments " + function.path("environments").asInt()
                : "";
    }

    private void mappings() {
        for (JsonNode mapping : status.path("mappings")) {
            line(
                    "mapping",
                    "%s -> %s  %s  %s"
                            .formatted(
                                    mapping.path(mapping.has("queue") ? "queue" : "stream")
                                            .asText(),
                                    mapping.path("function").asText(),
                                    mapping.path("state").asText(),
                                    mapping.path("lastResult").asText()));
            if (mapping.has("delivered")) {
                deliveries(mapping);
            }
        }
    }

    private void deliveries(JsonNode mapping) {
        line(
                "",
                String.format(
                        Locale.ROOT,
                        "delivered %,d  failed %,d  filtered %,d  dropped %,d  dead letters %,d",
                        mapping.path("delivered").asLong(),
                        mapping.path("failed").asLong(),
                        mapping.path("filtered").asLong(),
                        mapping.path("dropped").asLong(),
                        mapping.path("deadLetters").asLong()));
        for (JsonNode shard : mapping.path("shards")) {
            line(
                    "",
                    String.format(
                            Locale.ROOT,
                            "%s  iterator age %,d ms  in flight %,d",
                            shard.path("shardId").asText(),
                            shard.path("iteratorAgeMillis").asLong(),
                            shard.path("inFlight").asLong()));
        }
    }

    private void queues() {
        for (JsonNode queue : status.path("queues")) {
            line(
                    "queue",
                    String.format(
                            Locale.ROOT,
                            "%s  visible %,d  in flight %,d",
                            queue.path("name").asText(),
                            queue.path("visible").asLong(),
                            queue.path("inFlight").asLong()));
        }
    }

    /** One line for each namespace, in alphabetical order. */
    private void metrics() {
        Map<String, long[]> namespaces = new TreeMap<>();
        for (JsonNode metric : status.path("metrics")) {
            long[] sums = namespaces.computeIfAbsent(metric.path("namespace").asText(), name -> new long[2]);
            sums[0]++;
            sums[1] += Math.round(metric.path("samples").asDouble());
        }
        namespaces.forEach((name, sums) ->
                line("metrics", String.format(Locale.ROOT, "%s  metrics %,d  values %,d", name, sums[0], sums[1])));
    }

    private void counts() {
        StringBuilder counts = new StringBuilder();
        for (Map.Entry<String, JsonNode> count : status.path("counts").properties()) {
            if (count.getValue().asLong() > 0) {
                counts.append(count.getKey())
                        .append(String.format(
                                Locale.ROOT, " %,d  ", count.getValue().asLong()));
            }
        }
        line(
                "events",
                counts.toString().isBlank() ? "none yet" : counts.toString().trim());
    }

    private void line(String name, String value) {
        String line = String.format(Locale.ROOT, "%-11s %s", name, Text.safe(value));
        page.append(Text.wrapped(line, columns, INDENT)).append('\n');
    }
}
