package dev.ingestkit.cli.command.dlq;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ingestkit.cli.aws.ControlClient;
import dev.ingestkit.cli.aws.Target;
import dev.ingestkit.cli.command.Waiting;
import dev.ingestkit.cli.output.Output;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * Makes a redrive right after a build use the new code: an embedded runtime needs a moment to load it, and the old code
 * would reject the same records again.
 */
final class NewCode {

    private static final Duration MAX_WAIT = Duration.ofSeconds(30);

    private final Output output;
    private final Supplier<JsonNode> status;

    /** @param status reads the runtime's status */
    NewCode(Output output, Supplier<JsonNode> status) {
        this.output = requireNonNull(output, "output");
        this.status = requireNonNull(status, "status");
    }

    /** Waits for the functions of a target's mappings; does nothing at targets that load no code by themselves. */
    static void await(Output output, Target target) {
        if (target.kind() == Target.Kind.EMBEDDED && target.endpoint().isPresent()) {
            new NewCode(output, new ControlClient(target.endpoint().get())::status).await(MAX_WAIT);
        }
    }

    /** Waits until no function of a mapping is loading new code, and notes the ones that keep their old code. */
    void await(Duration timeout) {
        Set<String> loading = with(status.get(), "loading");
        if (!loading.isEmpty()) {
            output.note("waiting for new code to load: " + String.join(", ", loading));
            if (!Waiting.until(() -> with(status.get(), "loading").isEmpty(), timeout)) {
                output.note("warning: new code is still loading after %d s; the old code processes the records"
                        .formatted(timeout.toSeconds()));
            }
        }
        for (String function : with(status.get(), "rejected")) {
            output.note(
                    "warning: the function %s keeps its old code, because the new code does not load: ingest-cli status"
                            .formatted(function));
        }
    }

    private static Set<String> with(JsonNode status, String code) {
        Set<String> mapped = new HashSet<>(status.path("mappings").findValuesAsText("function"));
        Set<String> found = new TreeSet<>();
        for (JsonNode function : status.path("functions")) {
            String name = function.path("name").asText();
            if (function.path("code").asText().equals(code)
                    && mapped.stream()
                            .anyMatch(consumer ->
                                    List.of(consumer.split(":", 2)).get(0).equals(name))) {
                found.add(name);
            }
        }
        return found;
    }
}
