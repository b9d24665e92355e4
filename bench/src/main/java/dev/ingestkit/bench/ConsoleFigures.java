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
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;

/**
 * Measures the console in Chromium: the bytes and the time of its first page beside an idle runtime, what an open page
 * costs the pipeline, and the search in 100,000 events with the memory of their index. Takes about three minutes.
 *
 * <p>The cost is processor time of the runtime's process for an event, without its compiler's threads. Two runtimes
 * receive the same load at the same time, so that other work on the machine slows both. The first one is never asked by
 * a console; the second one is not asked in the first intervals, and then shown in every other one. A closed page leaves
 * the runtime recording for some minutes, so both of its states are compared with the first intervals.
 */
public final class ConsoleFigures {

    private static final int EVENTS = 100_000;
    private static final int LOADS = 5;
    private static final int SEARCHES = 20;
    private static final int CLIENTS = 4;
    private static final int BYTES = 1024;
    private static final int PUT = 500;
    private static final int PUTS_BETWEEN = 10;
    private static final int UNASKED = 3;
    private static final List<String> PAGES = List.of("events", "pipeline", "events", "pipeline");
    private static final Duration WARM_UP = Duration.ofSeconds(20);
    private static final Duration PAUSE = Duration.ofMillis(20);
    private static final Duration TIMEOUT = Duration.ofMinutes(2);
    /** The name of the runtime's thread that reads the journal for the console and answers its questions. */
    private static final String FEED = "event-feed";

    /** The names of the compiler's threads, as long as the system keeps them. */
    private static final List<String> COMPILER = List.of("C1 CompilerThre", "C2 CompilerThre");

    /** The time of a compiler's thread that has ended could not be told from that of other threads. */
    private static final Map<String, String> LASTING_COMPILER =
            Map.of("JAVA_TOOL_OPTIONS", "-XX:-UseDynamicNumberOfCompilerThreads");

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
    private final Duration interval;
    private final double rate;
    private int intervals;

    private ConsoleFigures(Duration interval, double rate) {
        this.interval = interval;
        this.rate = rate;
    }

    /** Runs the program with the seconds of an interval and the events per second of each runtime. */
    public static void main(String[] arguments) throws Exception {
        Duration interval = Duration.ofSeconds(arguments.length == 0 ? 6 : Long.parseLong(arguments[0]));
        double rate = arguments.length < 2 ? 250 : Double.parseDouble(arguments[1]);
        if (Browser.driver().isEmpty()) {
            throw new IllegalStateException("no browser: install chromium and chromium-driver, and set "
                    + Browser.DRIVER + " to chromedriver's path");
        }
        new ConsoleFigures(interval, rate).run();
    }

    private void run() throws Exception {
        try (Browser browser = Browser.start()) {
            try (Pipeline idle = start()) {
                firstPage(idle, browser);
                browser.go(NOTHING);
            }
            try (Pipeline alone = start();
                    Pipeline shown = start()) {
                cost(alone, shown, browser);
                alone.close();
                search(shown);
            }
        }
        memory();
        report.end();
    }

    /** Starts a runtime whose shards take the records of the search quickly. */
    private static Pipeline start() throws IOException {
        return Pipeline.startUnthrottled(LASTING_COMPILER, "--parameter", "ShardCount=8");
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

    private void cost(Pipeline alone, Pipeline shown, Browser browser) throws Exception {
        load(alone, shown, WARM_UP, Double.POSITIVE_INFINITY);
        List<Double> unasked = new ArrayList<>();
        for (int count = 0; count < UNASKED; count++) {
            unasked.add(interval(alone, shown));
        }
        open(shown, "events", browser);
        load(alone, shown, interval, rate);
        Map<String, List<Double>> asked = new TreeMap<>();
        for (String page : PAGES) {
            open(shown, page, browser);
            Duration before = cpu(browser);
            Duration feed = ProcessFigures.cpuOfThreads(runtime(shown), FEED);
            asked.computeIfAbsent(page + " open", name -> new ArrayList<>()).add(interval(alone, shown));
            double millis = interval.toMillis();
            report.figure(
                    "cores used, thread of events and rates, " + page,
                    ProcessFigures.cpuOfThreads(runtime(shown), FEED)
                                    .minus(feed)
                                    .toMillis()
                            / millis);
            report.figure(
                    "cores used, browser, " + page, cpu(browser).minus(before).toMillis() / millis);
            browser.go(NOTHING);
            asked.computeIfAbsent("page closed", name -> new ArrayList<>()).add(interval(alone, shown));
        }
        report.figure("spread of the intervals before, %", spread(unasked) * 100);
        asked.forEach((name, ratios) -> {
            report.figure("cost, " + name + ", % (bar 3)", (mean(ratios) / mean(unasked) - 1) * 100);
            report.figure("spread of its intervals, " + name + ", %", spread(ratios) * 100);
        });
        double closed = mean(asked.getOrDefault("page closed", List.of()));
        report.figure(
                "events open beside closed, %",
                (mean(asked.getOrDefault("events open", List.of())) / closed - 1) * 100);
    }

    private static void open(Pipeline pipeline, String page, Browser browser) {
        browser.go(NOTHING);
        browser.go(URI.create(pipeline.endpoint() + CONSOLE + "#/" + page));
        browser.await("the page is shown", "document.querySelector('main h1')");
    }

    /** Returns the processor time of an event in the second runtime, by that in the first, under the same load. */
    private double interval(Pipeline alone, Pipeline shown) throws Exception {
        Duration first = worked(alone);
        Duration second = worked(shown);
        long[] accepted = load(alone, shown, interval, rate);
        double firstMillis = worked(alone).minus(first).toMillis() / (double) accepted[0];
        double secondMillis = worked(shown).minus(second).toMillis() / (double) accepted[1];
        report.note("interval %d: %.3f and %.3f ms an event".formatted(intervals, firstMillis, secondMillis));
        return secondMillis / firstMillis;
    }

    private static ProcessHandle runtime(Pipeline pipeline) {
        return pipeline.processes().get(0);
    }

    /** Returns the processor time of a runtime's process without its compiler's. */
    private static Duration worked(Pipeline pipeline) throws IOException {
        Duration time = ProcessFigures.cpu(runtime(pipeline));
        for (String name : COMPILER) {
            time = time.minus(ProcessFigures.cpuOfThreads(runtime(pipeline), name));
        }
        return time;
    }

    /** Sends to both until the time is over and the last events are stored; returns the events that each accepted. */
    private long[] load(Pipeline alone, Pipeline shown, Duration time, double rate) throws Exception {
        intervals++;
        Load first = new Load(alone, "load-%d-".formatted(intervals), BYTES);
        Load second = new Load(shown, "load-%d-".formatted(intervals), BYTES);
        CompletableFuture<Void> other = CompletableFuture.runAsync(() -> run(first, time, rate));
        run(second, time, rate);
        other.join();
        await(alone, first.latest());
        await(shown, second.latest());
        return new long[] {first.accepted(), second.accepted()};
    }

    private static void run(Load load, Duration time, double rate) {
        try {
            load.run(CLIENTS, time, Long.MAX_VALUE, rate);
        } catch (Exception failed) {
            throw new IllegalStateException("the load failed", failed);
        }
    }

    private static void await(Pipeline pipeline, List<String> latest) {
        long end = System.nanoTime() + TIMEOUT.toNanos();
        for (String id : latest) {
            while (!pipeline.table().holds(id)) {
                if (System.nanoTime() > end) {
                    throw new IllegalStateException(id + " is not in the table after " + TIMEOUT);
                }
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }

    private static Duration cpu(Browser browser) {
        return browser.processes().map(ProcessFigures::cpu).reduce(Duration.ZERO, Duration::plus);
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
        List<Double> millis = new ArrayList<>();
        for (int search = 0; search < SEARCHES; search++) {
            long began = System.nanoTime();
            get(pipeline, "/_ingest/events?limit=200&" + query);
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

    /** Returns the difference of the largest and the smallest value, by the mean. */
    private static double spread(List<Double> values) {
        return (Collections.max(values) - Collections.min(values)) / mean(values);
    }

    private static double mean(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }

    private static double median(List<Double> values) {
        List<Double> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        return sorted.get(sorted.size() / 2);
    }
}
