package dev.ingestkit.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.journal.CallDetail;
import dev.ingestkit.local.journal.Journal;
import dev.ingestkit.local.journal.RecentDetails;
import dev.ingestkit.proof.browser.Browser;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
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
 * Measures the console in Chromium: the bytes and the time of its first page beside an idle runtime, what an open page
 * costs the pipeline, and the search in 100,000 events with the memory of their index. Takes about five minutes.
 *
 * <p>The cost is processor time of the runtime's process for an event, without its compiler's threads, in intervals of
 * one runtime with the page open and closed, in an order that cancels what changes slowly. A runtime whose console is
 * closed still takes the journal's entries for its index and, for some minutes, records the details of all calls; the
 * time of that thread and the time of recording are added to the cost.
 */
public final class ConsoleFigures {

    private static final int EVENTS = 100_000;
    private static final int LOADS = 5;
    private static final int SEARCHES = 20;
    private static final int CLIENTS = 4;
    private static final int BYTES = 1024;
    private static final int PUT = 500;
    private static final int PUTS_BETWEEN = 10;
    private static final int ROUNDS = 6;
    private static final int RECORDED = 200_000;
    private static final String PAGE = "events";
    private static final Duration WARM_UP = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofMillis(20);
    private static final Duration TIMEOUT = Duration.ofMinutes(2);
    /** The name of the runtime's thread that reads the journal for the console and answers its questions. */
    private static final String FEED = "event-feed";

    /** The names of the compiler's threads, as long as the system keeps them. */
    private static final List<String> COMPILER = List.of("C1 CompilerThre", "C2 CompilerThre");

    /** The time of a compiler's thread that has ended could not be separated from that of other threads. */
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

    /** Runs the program with the seconds of an interval and the events per second. */
    public static void main(String[] arguments) throws Exception {
        Duration interval = Duration.ofSeconds(arguments.length == 0 ? 5 : Long.parseLong(arguments[0]));
        double rate = arguments.length < 2 ? 250 : Double.parseDouble(arguments[1]);
        if (Browser.driver().isEmpty()) {
            throw new IllegalStateException("no browser: install chromium and chromium-driver, and set "
                    + Browser.DRIVER + " to chromedriver's path");
        }
        new ConsoleFigures(interval, rate).run();
    }

    private void run() throws Exception {
        try (Browser browser = Browser.start();
                Pipeline pipeline = start()) {
            firstPage(pipeline, browser);
            cost(pipeline, browser);
            search(pipeline);
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

    private void cost(Pipeline pipeline, Browser browser) throws Exception {
        open(pipeline, browser);
        load(pipeline, WARM_UP, Double.POSITIVE_INFINITY);
        List<Work> open = new ArrayList<>();
        List<Work> closed = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            open(pipeline, browser);
            open.add(work(pipeline, "open"));
            awaitShown(browser);
            browser.go(NOTHING);
            closed.add(work(pipeline, "closed"));
            closed.add(work(pipeline, "closed"));
            open(pipeline, browser);
            open.add(work(pipeline, "open"));
            awaitShown(browser);
        }
        browser.go(NOTHING);
        double shown = median(open.stream().map(Work::all).toList());
        double hidden = median(closed.stream().map(Work::all).toList());
        double feed = median(closed.stream().map(Work::feed).toList());
        double details = detailsMillis();
        double without = hidden - feed - details;
        report.figure("runtime's ms an event, page open", shown);
        report.figure("runtime's ms an event, page closed", hidden);
        report.figure("of these the index, ms an event", feed);
        report.figure("of these the details, ms an event", details);
        report.figure("cost of an open page beside a closed one, %", (shown / hidden - 1) * 100);
        report.figure("cost of an open page beside no console, % (bar 3)", (shown / without - 1) * 100);
        report.figure("spread of the intervals with the page closed, %", spread(closed) * 100);
    }

    private static void open(Pipeline pipeline, Browser browser) {
        browser.go(NOTHING);
        browser.go(URI.create(pipeline.endpoint() + CONSOLE + "#/" + PAGE));
        browser.await("the page is shown", "document.querySelector('main h1')");
    }

    /** Without this, a page that has stopped following would be measured as a cheap one. */
    private void awaitShown(Browser browser) {
        browser.await(
                "the events of the interval are in the list",
                "[...document.querySelectorAll('#events .id')].some(cell => cell.textContent.startsWith('load-%d-'))"
                        .formatted(intervals));
    }

    /** The processor time of an event: that of the whole process without its compiler, and that of the index's thread. */
    private record Work(double all, double feed) {}

    private Work work(Pipeline pipeline, String name) throws Exception {
        ProcessHandle runtime = pipeline.processes().get(0);
        Duration all = worked(runtime);
        Duration feed = ProcessFigures.cpuOfThreads(runtime, FEED);
        double accepted = load(pipeline, interval, rate);
        Work work = new Work(
                worked(runtime).minus(all).toMillis() / accepted,
                ProcessFigures.cpuOfThreads(runtime, FEED).minus(feed).toMillis() / accepted);
        report.note("%s: %.3f ms an event, of these the index %.3f".formatted(name, work.all(), work.feed()));
        return work;
    }

    private static Duration worked(ProcessHandle runtime) throws IOException {
        Duration time = ProcessFigures.cpu(runtime);
        for (String name : COMPILER) {
            time = time.minus(ProcessFigures.cpuOfThreads(runtime, name));
        }
        return time;
    }

    /** Returns the time of recording the details of one event in this process: those of its request and its write. */
    private static double detailsMillis() {
        RecentDetails details = new Journal(Clock.systemUTC()).details();
        CallDetail.Timing timing = new CallDetail.Timing(1, 1);
        long began = 0;
        for (int event = -RECORDED; event < RECORDED; event++) {
            if (event == 0) {
                began = System.nanoTime();
            }
            details.watch();
            byte[] body = new byte[BYTES];
            CallDetail.Mapping mapping = new CallDetail.Mapping("application/json", body, body, timing);
            CallDetail.Authorizer authorizer =
                    new CallDetail.Authorizer("Basic", "ingest", CallDetail.Grounds.CACHE, timing);
            if (details.admits()) {
                details.add(new CallDetail.ApiRequest("request", Instant.EPOCH, authorizer, mapping, timing));
            }
            if (details.admits()) {
                details.add(new CallDetail.TableCall("invocation", "PutItem", body, 200, body, 1));
            }
        }
        return (System.nanoTime() - began) / 1e6 / RECORDED;
    }

    /** Sends until the time is over and the last events are stored; returns the events that were accepted. */
    private long load(Pipeline pipeline, Duration time, double rate) throws Exception {
        intervals++;
        Load load = new Load(pipeline, "load-%d-".formatted(intervals), BYTES);
        load.run(CLIENTS, time, Long.MAX_VALUE, rate);
        await(pipeline, load.latest());
        return load.accepted();
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

    /** Returns the difference of the largest and the smallest time of an event, by the smallest. */
    private static double spread(List<Work> intervals) {
        double least = intervals.stream().mapToDouble(Work::all).min().orElseThrow();
        return (intervals.stream().mapToDouble(Work::all).max().orElseThrow() - least) / least;
    }

    private static double median(List<Double> values) {
        List<Double> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        return sorted.get(sorted.size() / 2);
    }
}
