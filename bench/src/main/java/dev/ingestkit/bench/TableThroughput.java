package dev.ingestkit.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
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
import java.util.concurrent.atomic.LongAdder;

/**
 * Measures the actions of any server with the API of DynamoDB over HTTP, by 16 bare connections: conditional puts of 1
 * KB, strongly consistent reads, queries of 100 items, scan pages, transactions of 25 puts. The program creates a table
 * on the endpoint and deletes it afterwards. The first second of each action is not counted. With the server's process
 * id it also reports the server's processor time for a request, which depends less on what else the machine does.
 */
public final class TableThroughput {

    private static final int CONNECTIONS = 16;
    private static final int ITEM_BYTES = 1024;
    private static final int PARTITIONS = 50;
    private static final int ITEMS = 100;
    private static final int TRANSACTION = 25;
    private static final int DEFAULT_SECONDS = 10;
    private static final long WARM_UP_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final String PAYLOAD = "x".repeat(ITEM_BYTES);

    private final AwsCalls calls;
    private final String table = "throughput-" + ProcessHandle.current().pid();
    private final int seconds;
    private final Optional<ProcessHandle> server;
    private final AtomicLong numbers = new AtomicLong();
    private final LongAdder sent = new LongAdder();

    private TableThroughput(AwsCalls calls, int seconds, Optional<ProcessHandle> server) {
        this.calls = calls;
        this.seconds = seconds;
        this.server = server;
    }

    /** Prepares the next request of one connection. */
    @FunctionalInterface
    private interface Requests {
        byte[] next(long number) throws IOException;
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
        create();
        try {
            fill();
            measure(report, "PutItem", number -> request("PutItem", put("put" + number, 0)));
            measure(report, "GetItem", number -> request("GetItem", get(number)));
            measure(report, "Query of 100 items", number -> request("Query", query(number)));
            measure(report, "Scan page of 100 items", number -> request("Scan", scan()));
            measure(report, "TransactWriteItems of 25", number -> request("TransactWriteItems", puts(number)));
        } finally {
            calls.call("dynamodb", "DeleteTable", named());
        }
    }

    private void create() {
        ObjectNode request = named().put("BillingMode", "PAY_PER_REQUEST");
        ArrayNode keys = request.putArray("KeySchema");
        keys.addObject().put("AttributeName", "p").put("KeyType", "HASH");
        keys.addObject().put("AttributeName", "s").put("KeyType", "RANGE");
        ArrayNode types = request.putArray("AttributeDefinitions");
        types.addObject().put("AttributeName", "p").put("AttributeType", "S");
        types.addObject().put("AttributeName", "s").put("AttributeType", "N");
        calls.call("dynamodb", "CreateTable", request);
        while (!calls.call("dynamodb", "DescribeTable", named())
                .at("/Table/TableStatus")
                .asText()
                .equals("ACTIVE")) {
            Thread.onSpinWait();
        }
    }

    private void fill() {
        for (int partition = 0; partition < PARTITIONS; partition++) {
            for (int from = 0; from < ITEMS; from += TRANSACTION) {
                ObjectNode request = AwsCalls.object();
                ArrayNode writes = request.putObject("RequestItems").putArray(table);
                for (int sort = from; sort < from + TRANSACTION; sort++) {
                    writes.addObject().putObject("PutRequest").set("Item", item("p" + partition, sort));
                }
                calls.call("dynamodb", "BatchWriteItem", request);
            }
        }
    }

    private void measure(Report report, String name, Requests requests) throws Exception {
        long began = System.nanoTime();
        long from = began + WARM_UP_NANOS;
        long end = from + TimeUnit.SECONDS.toNanos(seconds);
        ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS);
        sent.reset();
        Duration before = processorTime();
        try {
            List<Callable<Long>> tasks = new ArrayList<>();
            for (int connection = 0; connection < CONNECTIONS; connection++) {
                tasks.add(() -> send(requests, from, end));
            }
            long count = 0;
            for (Future<Long> task : threads.invokeAll(tasks, seconds + 60L, TimeUnit.SECONDS)) {
                count += task.get();
            }
            report.figure(name + " a second", (double) count / seconds);
            if (server.isPresent()) {
                double micros = processorTime().minus(before).toNanos() / 1e3;
                report.figure(name + ", server's processor µs", micros / Math.max(1, sent.sum()));
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** Returns how many requests were answered in the counted time. */
    private long send(Requests requests, long from, long end) throws IOException {
        try (RawHttp connection = new RawHttp(calls.endpoint())) {
            long count = 0;
            long now = System.nanoTime();
            while (now < end) {
                connection.exchange(requests.next(numbers.getAndIncrement()));
                sent.increment();
                now = System.nanoTime();
                if (now >= from && now < end) {
                    count++;
                }
            }
            return count;
        }
    }

    private Duration processorTime() {
        return server.map(ProcessFigures::cpu).orElse(Duration.ZERO);
    }

    private byte[] request(String action, ObjectNode body) throws IOException {
        return calls.request("dynamodb", action, body);
    }

    private ObjectNode named() {
        return AwsCalls.object().put("TableName", table);
    }

    private static ObjectNode key(String partition, long sort) {
        ObjectNode key = AwsCalls.object();
        key.putObject("p").put("S", partition);
        key.putObject("s").put("N", Long.toString(sort));
        return key;
    }

    private static ObjectNode item(String partition, long sort) {
        ObjectNode item = key(partition, sort);
        item.putObject("payload").put("S", PAYLOAD);
        return item;
    }

    private ObjectNode put(String partition, long sort) {
        ObjectNode put = named().put("ConditionExpression", "attribute_not_exists(p)");
        put.set("Item", item(partition, sort));
        return put;
    }

    private ObjectNode get(long number) {
        ObjectNode get = named().put("ConsistentRead", true);
        get.set("Key", key("p" + number % PARTITIONS, number / PARTITIONS % ITEMS));
        return get;
    }

    private ObjectNode query(long number) {
        ObjectNode query = named().put("KeyConditionExpression", "p = :p");
        query.putObject("ExpressionAttributeValues").putObject(":p").put("S", "p" + number % PARTITIONS);
        return query;
    }

    private ObjectNode scan() {
        return named().put("Limit", ITEMS);
    }

    private ObjectNode puts(long number) {
        ObjectNode request = AwsCalls.object();
        ArrayNode members = request.putArray("TransactItems");
        for (int sort = 0; sort < TRANSACTION; sort++) {
            members.addObject().set("Put", put("transaction" + number, sort));
        }
        return request;
    }
}
