package dev.ingestkit.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Measures the actions of any server with the API of DynamoDB over HTTP, by 16 bare connections: conditional puts of 1
 * KB, strongly consistent reads, queries of 100 items, scan pages, transactions of 25 puts. The program creates a table
 * on the endpoint and deletes it afterwards. A third of each action's time, at most 10 seconds, is a warm-up that is not
 * counted. With the server's process id it also reports the server's processor time for a request, which depends less
 * on what else the machine does.
 */
public final class TableThroughput {

    private static final int CONNECTIONS = 16;
    private static final int ITEM_BYTES = 1024;
    private static final int PARTITIONS = 50;
    private static final int ITEMS = 100;
    private static final int TRANSACTION = 25;
    private static final int DEFAULT_SECONDS = 10;
    private static final int MAX_WARM_UP_SECONDS = 10;
    private static final String PAYLOAD = "x".repeat(ITEM_BYTES);

    private final AwsCalls calls;
    private final String table = "throughput-" + ProcessHandle.current().pid();
    private final int seconds;
    private final Optional<ProcessHandle> server;
    private final AtomicLong numbers = new AtomicLong();

    private TableThroughput(AwsCalls calls, int seconds, Optional<ProcessHandle> server) {
        this.calls = calls;
        this.seconds = seconds;
        this.server = server;
    }

    /** Writes the body of the next request of one connection, by text, so that the client costs little. */
    @FunctionalInterface
    private interface Bodies {
        String of(long number);
    }

    /** Runs the program: the endpoint, the seconds for each action (10 unless given), the server's process id. */
    public static void main(String[] arguments) throws Exception {
        if (arguments.length == 0) {
            throw new IllegalArgumentException("usage: bench/run TableThroughput ENDPOINT [SECONDS [PID]]");
        }
        URI endpoint = URI.create(arguments[0]);
        int seconds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : DEFAULT_SECONDS;
        AwsCalls calls = new AwsCalls(
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build(), endpoint);
        Optional<ProcessHandle> server =
                arguments.length > 2 ? ProcessHandle.of(Long.parseLong(arguments[2])) : Optional.empty();
        Report report = new Report("TableThroughput");
        report.note(endpoint.toString());
        new TableThroughput(calls, seconds, server).measure(report);
        report.end();
    }

    private void measure(Report report) throws Exception {
        DynamoTables.create(calls, table, "p", "s");
        try {
            fill();
            measure(report, "PutItem", "PutItem", number -> put("put" + number, 0));
            measure(report, "GetItem", "GetItem", this::get);
            measure(report, "Query of 100 items", "Query", this::query);
            measure(report, "Scan page of 100 items", "Scan", number -> scan());
            measure(report, "TransactWriteItems of 25", "TransactWriteItems", this::puts);
        } finally {
            calls.call("dynamodb", "DeleteTable", named());
        }
    }

    private void fill() {
        for (int partition = 0; partition < PARTITIONS; partition++) {
            for (int from = 0; from < ITEMS; from += TRANSACTION) {
                ObjectNode request = AwsCalls.object();
                ArrayNode writes = request.putObject("RequestItems").putArray(table);
                for (int sort = from; sort < from + TRANSACTION; sort++) {
                    byte[] item = item("p" + partition, sort).getBytes(StandardCharsets.UTF_8);
                    writes.addObject().putObject("PutRequest").set("Item", AwsCalls.read(item));
                }
                calls.call("dynamodb", "BatchWriteItem", request);
            }
        }
    }

    private void measure(Report report, String name, String action, Bodies bodies) throws Exception {
        String headers = AwsCalls.lines("dynamodb", action);
        run(Math.min(MAX_WARM_UP_SECONDS, Math.max(1, seconds / 3)), headers, bodies);
        Duration before = processorTime();
        long count = run(seconds, headers, bodies);
        report.figure(name + " a second", (double) count / seconds);
        if (server.isPresent()) {
            double micros = processorTime().minus(before).toNanos() / 1e3;
            report.figure(name + ", server's processor µs", micros / Math.max(1, count));
        }
    }

    /** Sends for some seconds by all connections; returns the number of requests answered. */
    private long run(int time, String headers, Bodies bodies) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(time);
        ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS);
        try {
            List<Callable<Long>> tasks = new ArrayList<>();
            for (int connection = 0; connection < CONNECTIONS; connection++) {
                tasks.add(() -> send(headers, bodies, end));
            }
            long count = 0;
            for (Future<Long> task : threads.invokeAll(tasks, time + 60L, TimeUnit.SECONDS)) {
                count += task.get();
            }
            return count;
        } finally {
            threads.shutdownNow();
        }
    }

    private long send(String headers, Bodies bodies, long end) throws IOException {
        try (RawHttp connection = new RawHttp(calls.endpoint())) {
            long count = 0;
            while (System.nanoTime() < end) {
                byte[] body = bodies.of(numbers.getAndIncrement()).getBytes(StandardCharsets.UTF_8);
                connection.exchange(RawHttp.post(calls.endpoint(), headers, body));
                count++;
            }
            return count;
        }
    }

    private Duration processorTime() {
        return server.map(ProcessFigures::cpu).orElse(Duration.ZERO);
    }

    private ObjectNode named() {
        return AwsCalls.object().put("TableName", table);
    }

    private static String key(String partition, long sort) {
        return "\"p\":{\"S\":\"" + partition + "\"},\"s\":{\"N\":\"" + sort + "\"}";
    }

    private static String item(String partition, long sort) {
        return "{" + key(partition, sort) + ",\"payload\":{\"S\":\"" + PAYLOAD + "\"}}";
    }

    private String onTable(String members) {
        return "{\"TableName\":\"" + table + "\"," + members + "}";
    }

    private String put(String partition, long sort) {
        return onTable("\"ConditionExpression\":\"attribute_not_exists(p)\",\"Item\":" + item(partition, sort));
    }

    private String get(long number) {
        String key = key("p" + number % PARTITIONS, number / PARTITIONS % ITEMS);
        return onTable("\"ConsistentRead\":true,\"Key\":{" + key + "}");
    }

    private String query(long number) {
        return onTable("\"KeyConditionExpression\":\"p = :p\",\"ExpressionAttributeValues\":{\":p\":{\"S\":\"p"
                + number % PARTITIONS + "\"}}");
    }

    private String scan() {
        return onTable("\"Limit\":" + ITEMS);
    }

    private String puts(long number) {
        return IntStream.range(0, TRANSACTION)
                .mapToObj(sort -> "{\"Put\":" + put("transaction" + number, sort) + "}")
                .collect(Collectors.joining(",", "{\"TransactItems\":[", "]}"));
    }
}
