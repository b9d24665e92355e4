package dev.ingestkit.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.proof.browser.Browser;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * Measures the console in Chromium: the bytes and the time of its first page beside an idle runtime, and the search in
 * 100,000 events and in 100,000 messages with the memory of their index. Takes about a minute. {@link ConsoleCost}
 * measures what an open page costs.
 */
public final class ConsoleFigures {

    private static final int EVENTS = 100_000;
    private static final int LOADS = 5;
    private static final int SEARCHES = 20;
    private static final int PUT = 500;
    private static final int PUTS_BETWEEN = 10;
    private static final Duration PAUSE = Duration.ofMillis(20);
    private static final Duration TIMEOUT = Duration.ofMinutes(2);
    private static final String CONSOLE = "/_ingest/console/";
    private static final URI NOTHING = URI.create("about:blank");

    /** Notes when the stack is on the screen: in the second frame that begins after it is in the document. */
    private static final String OBSERVER = "new MutationObserver((changes, self) => {"
            + " if (!document.querySelector('.drawing svg')) return;"
            + " self.disconnect();"
            + " requestAnimationFrame(() => requestAnimationFrame(() => { window.drawnAt = performance.now(); }));"
            + "}).observe(document, { childList: true, subtree: true });";

    private static final String WIRE_BYTES = "return [...performance.getEntriesByType('navigation'),"
            + " ...performance.getEntriesByType('resource')].reduce((sum, entry) => sum + entry.transferSize, 0)";

    private final Report report = new Report("ConsoleFigures");

    private ConsoleFigures() {}

    /** Runs the program. */
    public static void main(String[] arguments) throws Exception {
        if (Browser.driver().isEmpty()) {
            throw new IllegalStateException("no browser: install chromium and chromium-driver, and set "
                    + Browser.DRIVER + " to chromedriver's path");
        }
        new ConsoleFigures().run();
    }

    private void run() throws Exception {
        try (Browser browser = Browser.start();
                Pipeline pipeline = start()) {
            firstPage(pipeline, browser);
            search(pipeline);
        }
        memory();
        messages();
        report.end();
    }

    /** Starts a runtime whose shards take the records of the search quickly. */
    private static Pipeline start() throws IOException {
        return Pipeline.startUnthrottled(Map.of(), "--parameter", "ShardCount=8");
    }

    private void firstPage(Pipeline pipeline, Browser browser) {
        browser.atStartOfPages(OBSERVER);
        List<Double> drawn = new ArrayList<>();
        long bytes = 0;
        for (int load = 0; load < LOADS; load++) {
            browser.go(NOTHING);
            browser.clearCache();
            browser.go(URI.create(pipeline.endpoint() + CONSOLE));
            browser.await("the stack is drawn", "window.drawnAt");
            drawn.add(browser.script("return window.drawnAt").asDouble());
            bytes = Math.max(bytes, browser.script(WIRE_BYTES).asLong());
        }
        report.figure("first page, KB over the wire (bar 200)", bytes / 1024.0);
        report.figure("request to drawn, first load, ms (bar 1000)", drawn.get(0));
        report.figure("request to drawn, median of loads, ms", median(drawn));
    }

    private void search(Pipeline pipeline) {
        fill(pipeline);
        awaitFinished(pipeline);
        report.count("events in the index", held(pipeline));
        Map<String, String> queries = new LinkedHashMap<>();
        queries.put("all", "");
        queries.put("one id", "text=filled-99");
        queries.put("a text that no event has", "text=Zwetschge");
        queries.put("a state", "state=stored");
        queries.put("a shard and a time", "shard=shardId-000000000000&from=" + Instant.EPOCH);
        queries.put("a reason", "reason=conditional");
        double worst = 0;
        for (Map.Entry<String, String> query : queries.entrySet()) {
            worst = Math.max(worst, timed(pipeline, query.getKey(), query.getValue()));
        }
        report.figure("slowest search but for payloads, ms (bar 100)", worst);
        timed(pipeline, "a payload", "payload=Zwetschge");
    }

    private double timed(Pipeline pipeline, String name, String query) {
        return timed(name, () -> get(pipeline, "/_ingest/events?limit=200&" + query));
    }

    private double timed(String name, Runnable search) {
        List<Double> millis = new ArrayList<>();
        for (int number = 0; number < SEARCHES; number++) {
            long began = System.nanoTime();
            search.run();
            millis.add((System.nanoTime() - began) / 1e6);
        }
        report.figure("search, " + name + ", median ms", median(millis));
        return Collections.max(millis);
    }

    private static long held(Pipeline pipeline) {
        return get(pipeline, "/_ingest/events?limit=1").path("held").asLong();
    }

    private static JsonNode get(Pipeline pipeline, String path) {
        HttpResponse<byte[]> answer = pipeline.calls()
                .send(HttpRequest.newBuilder(URI.create(pipeline.endpoint() + path))
                        .timeout(TIMEOUT)
                        .build());
        if (answer.statusCode() != 200) {
            throw new IllegalStateException("%s answered %d: %s"
                    .formatted(path, answer.statusCode(), new String(answer.body(), StandardCharsets.UTF_8)));
        }
        return AwsCalls.read(answer.body());
    }

    /** Puts records until the index holds as many events as it can. */
    private static void fill(Pipeline pipeline) {
        long end = System.nanoTime() + TIMEOUT.toNanos();
        long number = 0;
        while (held(pipeline) < EVENTS) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException(
                        "the index holds %d events after %s".formatted(held(pipeline), TIMEOUT));
            }
            for (int call = 0; call < PUTS_BETWEEN; call++) {
                put(pipeline, number);
                number += PUT;
            }
        }
    }

    /** Waits until no event is in flight, so that the search has the machine for itself. */
    private static void awaitFinished(Pipeline pipeline) {
        long end = System.nanoTime() + TIMEOUT.toNanos();
        while (get(pipeline, "/_ingest/events?limit=1").path("inFlight").asInt() > 0) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("events are still in flight after " + TIMEOUT);
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    /** Puts records; those that a shard's limit rejects are left out. */
    private static void put(Pipeline pipeline, long number) {
        ObjectNode request = AwsCalls.object().put("StreamName", pipeline.stream());
        ArrayNode records = request.putArray("Records");
        for (long next = number; next < number + PUT; next++) {
            String id = "filled-" + next;
            records.addObject()
                    .put("PartitionKey", id)
                    .put("Data", Base64.getEncoder().encodeToString(Load.event(id, 120)));
        }
        if (pipeline.calls()
                        .call("kinesis", "PutRecords", request)
                        .path("FailedRecordCount")
                        .asInt()
                > 0) {
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private void memory() {
        FeedMemory feed = new FeedMemory();
        report.figure("heap of the index of 100,000 events, MB", feed.megabytesAfter(EVENTS));
        report.figure("heap of the index after 300,000 events, MB", feed.megabytesAfter(2 * EVENTS));
    }

    private void messages() {
        FeedMemory feed = new FeedMemory();
        report.figure("heap of the index of 100,000 messages, MB", feed.megabytesAfterMessages(EVENTS));
        double worst = 0;
        for (String query : List.of("text=order-99", "text=Zwetschge", "state=processed", "queue=ingest-kit-Jobs")) {
            worst = Math.max(worst, timed("messages, " + query, () -> feed.search(query)));
        }
        report.figure("slowest search in 100,000 messages, ms (bar 100)", worst);
    }

    private static double median(List<Double> values) {
        List<Double> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        return sorted.get(sorted.size() / 2);
    }
}
