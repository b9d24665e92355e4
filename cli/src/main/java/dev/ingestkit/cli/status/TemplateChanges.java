package dev.ingestkit.cli.status;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** The lines about a runtime's last change of its template: what was applied, kept, and left for the next start. */
public final class TemplateChanges {

    private final JsonNode template;

    /** @param template the template's part of the runtime's status, or the answer to a reload */
    public TemplateChanges(JsonNode template) {
        this.template = requireNonNull(template, "template");
    }

    /** Returns one line for each part of the change; none until the template has changed. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        if (template.has("error")) {
            lines.add("the change is not applied: " + template.path("error").asText());
        }
        template.path("applied").forEach(change -> lines.add("changed%s: %s".formatted(when(), change.asText())));
        template.path("restart").forEach(change -> lines.add("restart to apply: " + change.asText()));
        return lines;
    }

    private String when() {
        return template.has("changedAt")
                ? " at " + Instant.parse(template.path("changedAt").asText()).truncatedTo(ChronoUnit.SECONDS)
                : "";
    }
}
