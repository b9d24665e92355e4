package dev.ingestkit.local.control;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.events.Json;
import dev.ingestkit.local.http.HttpResponse;
import dev.ingestkit.local.journal.RecentFailures;
import java.nio.charset.StandardCharsets;

/** Returns the events of the last failed invocations as NDJSON, oldest first; each event as text, to the byte. */
final class FailuresEndpoint {

    private final RecentFailures failures;

    FailuresEndpoint(RecentFailures failures) {
        this.failures = requireNonNull(failures, "failures");
    }

    HttpResponse answer() {
        StringBuilder lines = new StringBuilder();
        failures.all().forEach(failure -> lines.append(json(failure)).append('\n'));
        return HttpResponse.of(200, JournalEndpoint.NDJSON, lines.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static ObjectNode json(RecentFailures.Failure failure) {
        return Json.mapper()
                .createObjectNode()
                .put("requestId", failure.requestId())
                .put("function", failure.function())
                .put("at", failure.at().toString())
                .put("reason", failure.reason())
                .put("event", new String(failure.event(), StandardCharsets.UTF_8));
    }
}
