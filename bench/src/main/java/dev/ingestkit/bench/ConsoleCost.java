package dev.ingestkit.bench;

import dev.ingestkit.local.journal.CallDetail;
import dev.ingestkit.local.journal.Journal;
import dev.ingestkit.local.journal.RecentDetails;
import dev.ingestkit.proof.browser.Browser;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Measures what an open page of the console costs the pipeline: processor time of the runtime's process for an event,
 * without its compiler's threads, with the page of events open in Chromium and closed in turn.
 *
 * <p>Short intervals of one runtime are taken in blocks of open, closed, closed, open, so that what changes slowly
 * cancels within a block. The figure is the median of the blocks with an interval that holds the true median with a
 * probability of 95 %; the blocks need no particular distribution for that. A second figure says how well the measure
 * works: the same intervals with the page closed, one half against the other, which should differ by nothing.
 *
 * <p>A runtime whose console is closed still takes the journal's entries for its index and, for some minutes, records
 * the details of all calls. The time of that thread and the time of recording are added to the cost, which is then the
 * cost beside a runtime whose console nobody has opened.
 */
public final class ConsoleCost {

    private static final int CLIENTS = 4;
    private static final int BYTES = 1024;
    private static final int RECORDED = 200_000;
    /** In less, the second compiler has not compiled the runtime's busiest methods. */
    private static final Duration WARM_UP = Duration.ofMinutes(2);

    private static final Duration TIMEOUT = Duration.ofMinutes(2);
    private static final URI NOTHING = URI.create("about:blank");
    private static final String PAGE = "/_ingest/console/#/events";
    /** The name of the runtime's thread that reads the journal for the console and answers its questions. */
    private static final String FEED = "event-feed";

    /** The names of the compiler's threads, as long as the system keeps them. */
    private static final List<String> COMPILER = List.of("C1 CompilerThre", "C2 CompilerThre");

    /** The time of a compiler's thread that has ended could not be separated from that of other threads. */
    private static final Map<String, String> LASTING_COMPILER =
            Map.of("JAVA_TOOL_OPTIONS", "-XX:-UseDynamicNumberOfCompilerThreads");

    private final Report report = new Report("ConsoleCost");
    private final int blocks;
    private final Duration interval;
    private final double rate;
    private int intervals;

    private ConsoleCost(int blocks, Duration interval, double rate) {
        this.blocks = blocks;
        this.interval = interval;
        this.rate = rate;
    }

    /** Runs the program with the number of blocks, the seconds of an interval and the events per second. */
    public static void main(String[] arguments) throws Exception {
        int blocks = arguments.length == 0 ? 24 : Integer.parseInt(arguments[0]);
        Duration interval = Duration.ofSeconds(arguments.length < 2 ? 3 : Long.parseLong(arguments[1]));
        double rate = arguments.length < 3 ? 250 : Double.parseDouble(arguments[2]);
        if (Browser.driver().isEmpty()) {
            throw new IllegalStateException("no browser: install chromium and chromium-driver, and set "
                    + Browser.DRIVER + " to chromedriver's path");
        }
        new ConsoleCost(blocks, interval, rate).run();
    }

    private void run() throws Exception {
        try (Browser browser = Browser.start();
                Pipeline pipeline = Pipeline.startUnthrottled(LASTING_COMPILER, "--parameter", "ShardCount=8")) {
            open(pipeline, browser);
            load(pipeline, WARM_UP, Double.POSITIVE_INFINITY);
            List<Block> all = new ArrayList<>();
            for (int block = 0; block < blocks; block++) {
                all.add(block(pipeline, browser));
                report.note("block %d: %s".formatted(block + 1, all.get(block)));
            }
            figures(all);
        }
        report.end();
    }

    /** Two intervals with the page open and two with the page closed, and the events of each. */
    private record Block(Work firstOpen, Work firstClosed, Work secondClosed, Work secondOpen) {

        double open() {
            return (firstOpen.all() + secondOpen.all()) / 2;
        }

        double closed() {
            return (firstClosed.all() + secondClosed.all()) / 2;
        }

        double feedOpen() {
            return (firstOpen.thread(FEED) + secondOpen.thread(FEED)) / 2;
        }

        double feedClosed() {
            return (firstClosed.thread(FEED) + secondClosed.thread(FEED)) / 2;
        }

        @Override
        public String toString() {
            return "open %.3f, closed %.3f and %.3f, open %.3f ms an event"
                    .formatted(firstOpen.all(), firstClosed.all(), secondClosed.all(), secondOpen.all());
        }
    }

    private Block block(Pipeline pipeline, Browser browser) throws Exception {
        open(pipeline, browser);
        Work firstOpen = work(pipeline);
        awaitShown(browser);
        browser.go(NOTHING);
        Work firstClosed = work(pipeline);
        Work secondClosed = work(pipeline);
        open(pipeline, browser);
        Work secondOpen = work(pipeline);
        awaitShown(browser);
        browser.go(NOTHING);
        return new Block(firstOpen, firstClosed, secondClosed, secondOpen);
    }

    private void figures(List<Block> all) {
        double details = detailsMillis();
        report.figure("runtime's ms an event, page open", median(all.stream().map(Block::open)));
        report.figure("runtime's ms an event, page closed", median(all.stream().map(Block::closed)));
        report.figure(
                "of these the console's thread, page open", median(all.stream().map(Block::feedOpen)));
        report.figure(
                "of these the console's thread, page closed",
                median(all.stream().map(Block::feedClosed)));
        report.figure("of these the details", details);
        threads(all);
        interval("cost beside a closed page, %", all.stream().map(block -> block.open() / block.closed() - 1));
        interval(
                "cost beside no console, % (bar 3)",
                all.stream().map(block -> block.open() / (block.closed() - block.feedClosed() - details) - 1));
        interval(
                "nothing beside nothing, %",
                all.stream()
                        .map(block ->
                                block.firstClosed().all() / block.secondClosed().all() - 1));
    }

    /** Notes the threads whose time differs most, so that a cost can be found. */
    private void threads(List<Block> all) {
        Map<String, Double> differences = new TreeMap<>();
        for (Block block : all) {
            add(differences, block.firstOpen(), 1.0 / all.size() / 2);
            add(differences, block.secondOpen(), 1.0 / all.size() / 2);
            add(differences, block.firstClosed(), -1.0 / all.size() / 2);
            add(differences, block.secondClosed(), -1.0 / all.size() / 2);
        }
        differences.forEach(
                (name, millis) -> report.note("open beside closed, %-16s %+.4f ms an event".formatted(name, millis)));
    }

    private static void add(Map<String, Double> sums, Work work, double by) {
        work.threads().forEach((name, millis) -> sums.merge(name, millis * by, Double::sum));
    }

    private void interval(String name, Stream<Double> shares) {
        List<Double> sorted = shares.map(share -> share * 100).sorted().toList();
        int middle = sorted.size() / 2;
        int reach = (int) Math.ceil(0.98 * Math.sqrt(sorted.size()));
        report.figure(name, sorted.get(middle));
        report.figure(name + ", at least", sorted.get(Math.max(0, middle - reach)));
        report.figure(name + ", at most", sorted.get(Math.min(sorted.size() - 1, middle + reach)));
    }

    private static double median(Stream<Double> values) {
        List<Double> sorted = values.sorted().toList();
        return sorted.get(sorted.size() / 2);
    }

    private static void open(Pipeline pipeline, Browser browser) {
        browser.go(NOTHING);
        browser.go(URI.create(pipeline.endpoint() + PAGE));
        browser.await("the page is shown", "document.querySelector('main h1')");
    }

    /** Without this, a page that has stopped following would be measured as a cheap one. */
    private void awaitShown(Browser browser) {
        browser.await(
                "the events of the interval are in the list",
                "[...document.querySelectorAll('#events .id')].some(cell => cell.textContent.startsWith('load-%d-'))"
                        .formatted(intervals));
    }

    /** The processor time of an event in milliseconds: of the process without its compiler, and of threads by name. */
    private record Work(double all, Map<String, Double> threads) {
        double thread(String name) {
            return threads.getOrDefault(name, 0.0);
        }
    }

    private Work work(Pipeline pipeline) throws Exception {
        ProcessHandle runtime = pipeline.processes().get(0);
        Map<String, Long> before = ProcessFigures.nanosOfThreads(runtime);
        Duration began = ProcessFigures.cpu(runtime);
        double accepted = load(pipeline, interval, rate);
        Duration all = ProcessFigures.cpu(runtime).minus(began);
        Map<String, Double> threads = new TreeMap<>();
        ProcessFigures.nanosOfThreads(runtime)
                .forEach((name, nanos) -> threads.put(name, (nanos - before.getOrDefault(name, 0L)) / 1e6 / accepted));
        double compiler = COMPILER.stream()
                .mapToDouble(name -> threads.getOrDefault(name, 0.0))
                .sum();
        return new Work(all.toNanos() / 1e6 / accepted - compiler, threads);
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
        pipeline.table().awaitAll(load.latest(), TIMEOUT);
        return load.accepted();
    }
}
