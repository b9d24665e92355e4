package dev.ingestkit.local.control;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.local.events.Json;
import dev.ingestkit.local.http.HttpHandler;
import dev.ingestkit.local.http.HttpRequest;
import dev.ingestkit.local.http.HttpResponse;
import dev.ingestkit.local.journal.Journal;
import dev.ingestkit.local.time.RuntimeClock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Serves the runtime's own API. Thread-safe.
 *
 * <ul>
 * <li>{@code GET /_ingest/status}: the state as one JSON object
 * <li>{@code GET /_ingest/journal?after=N&limit=M&follow=true}: entries as NDJSON, with {@code follow} for as long as
 * the client reads
 * <li>{@code GET /_ingest/failures}: the last failed invocations with their events, as NDJSON
 * <li>{@code GET /_ingest/logs?after=N}: some of the next lines of the functions' output as NDJSON
 * <li>{@code GET|POST|DELETE /_ingest/faults}: the fault rules, and the kinds of each stage whose calls pass here; POST takes {@code {"faults":["dynamodb:throttle"]}}
 * <li>{@code GET|POST /_ingest/clock}: the runtime's clock; POST takes {@code {"action":"freeze"}}, {@code
 * {"action":"resume"}} or {@code {"action":"advance","by":"PT1H"}}, and answers when everything that became due has
 * finished
 * <li>{@code POST /_ingest/shutdown}: asks the runtime to stop, answers before it does
 * </ul>
 */
public final class ControlApi implements HttpHandler {

    /** The prefix of all paths. */
    public static final String PREFIX = "/_ingest/";

    private final StatusSource status;
    private final JournalEndpoint journal;
    private final FailuresEndpoint failures;
    private final FunctionLines lines;
    private final FaultsEndpoint faults;
    private final ClockEndpoint clock;
    private final Runnable stop;

    /** The runtime's records: the journal, and the functions' output. */
    public record Records(Journal journal, FunctionLines lines) {}

    /**
     * Creates the API.
     *
     * @param stop called once for each shutdown request, before its answer is sent; must not block
     */
    public ControlApi(StatusSource status, Records records, FaultsEndpoint faults, RuntimeClock clock, Runnable stop) {
        this.status = requireNonNull(status, "status");
        this.journal = new JournalEndpoint(records.journal());
        this.failures = new FailuresEndpoint(records.journal().failures());
        this.lines = records.lines();
        this.faults = requireNonNull(faults, "faults");
        this.clock = new ClockEndpoint(clock);
        this.stop = requireNonNull(stop, "stop");
    }

    @Override
    public CompletionStage<HttpResponse> handle(HttpRequest request) {
        String call = request.method() + " " + request.rawPath();
        if (call.equals("POST /_ingest/clock")) {
            return clock.change(request);
        }
        return CompletableFuture.completedFuture(
                switch (call) {
                    case "GET /_ingest/status" -> JsonAnswers.of(200, status.status());
                    case "GET /_ingest/journal" -> journal.answer(request);
                    case "GET /_ingest/failures" -> failures.answer();
                    case "GET /_ingest/logs" -> lines.answer(request);
                    case "GET /_ingest/faults" -> faults.show();
                    case "POST /_ingest/faults" -> faults.add(request);
                    case "DELETE /_ingest/faults" -> faults.clear();
                    case "GET /_ingest/clock" -> clock.show();
                    case "POST /_ingest/shutdown" -> shutdown();
                    default -> JsonAnswers.error(404, "'" + call + "' is not a resource of this API");
                });
    }

    private HttpResponse shutdown() {
        stop.run();
        return JsonAnswers.of(202, Json.mapper().createObjectNode().put("stopping", true));
    }
}
