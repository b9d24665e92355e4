package dev.ingestkit.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * The steps of events on their way from the client to the table, from the runtime's journal. The client's clock is the
 * runtime's: both run on one machine. Not thread-safe.
 */
final class EventSteps {

    /** A journal may drop entries under load; a hundredth of them changes no median. */
    private static final int MAX_PART_LACKING = 100;

    private enum Step {
        POST_TO_STREAM("POST to stream"),
        STREAM_TO_MAPPING("stream to mapping"),
        MAPPING_TO_TABLE("mapping to table, by the function"),
        TABLE_TO_CLIENT("table to client, by polling");

        private final String title;

        Step(String title) {
            this.title = title;
        }
    }

    /** An event as its client saw it: when its POST was due, and when its item was read. */
    record Polled(Instant due, Instant read) {}

    /** A record in the stream: where it is, and when it was put. */
    private record Placed(String shard, BigInteger number, Instant at) {}

    /** A batch that a mapping took from a shard. */
    private record Batch(BigInteger first, BigInteger last, Instant at) {}

    private final String prefix;
    private final Map<String, Placed> placed = new HashMap<>();
    private final Map<String, Instant> stored = new HashMap<>();
    private final Map<String, List<Batch>> batches = new HashMap<>();

    private EventSteps(String prefix) {
        this.prefix = prefix;
    }

    /** Reads the whole journal of a runtime for the events whose ids begin with the prefix. */
    static EventSteps read(String endpoint, String prefix) throws IOException, InterruptedException {
        EventSteps steps = new EventSteps(prefix);
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        long after = 0;
        long last = -1;
        while (after > last) {
            last = after;
            HttpRequest request = HttpRequest.newBuilder(URI.create(endpoint + "/_ingest/journal?after=" + after))
                    .build();
            try (Stream<String> lines =
                    client.send(request, HttpResponse.BodyHandlers.ofLines()).body()) {
                for (String line : (Iterable<String>) lines.filter(text -> !text.isBlank())::iterator) {
                    JsonNode entry = AwsCalls.JSON.readTree(line);
                    steps.add(entry);
                    after = entry.get("number").asLong();
                }
            }
        }
        return steps;
    }

    private void add(JsonNode entry) {
        Instant at = Instant.parse(entry.get("at").asText());
        switch (entry.get("kind").asText()) {
            case "put" -> {
                if (entry.get("partitionKey").asText().startsWith(prefix)) {
                    placed.put(
                            entry.get("partitionKey").asText(),
                            new Placed(entry.get("shardId").asText(), number(entry, "sequenceNumber"), at));
                }
            }
            case "delivered" ->
                batches.computeIfAbsent(entry.get("shardId").asText(), shard -> new ArrayList<>())
                        .add(new Batch(number(entry, "firstSequenceNumber"), number(entry, "lastSequenceNumber"), at));
            case "stored" -> stored.putIfAbsent(entry.get("key").asText(), at);
            default -> {
                // The other kinds are no step of an event that nothing holds up.
            }
        }
    }

    private static BigInteger number(JsonNode entry, String member) {
        return new BigInteger(entry.get(member).asText());
    }

    /** Adds the median of each step to the report, for the events that a client sent and read. */
    void report(Report report, Map<String, Polled> polled) {
        List<String> lacking = new ArrayList<>();
        List<Histogram> times =
                Stream.of(Step.values()).map(step -> new Histogram(3)).toList();
        polled.forEach((id, client) -> {
            Placed put = placed.get(id);
            Instant delivered = put == null ? null : delivered(put);
            Instant written = stored.get(id);
            if (put == null || delivered == null || written == null) {
                lacking.add(id);
                return;
            }
            List<Instant> instants = List.of(client.due(), put.at(), delivered, written, client.read());
            for (int step = 0; step < times.size(); step++) {
                times.get(step).recordValue(micros(instants.get(step), instants.get(step + 1)));
            }
        });
        if (lacking.size() > polled.size() / MAX_PART_LACKING) {
            throw new IllegalStateException(
                    "the journal lacks steps of %d events, such as %s".formatted(lacking.size(), lacking.get(0)));
        }
        report.count("events with all steps in the journal", polled.size() - lacking.size());
        Step[] steps = Step.values();
        for (int step = 0; step < steps.length; step++) {
            report.figure("p50 ms, " + steps[step].title, times.get(step).getValueAtPercentile(50) / 1000.0);
        }
    }

    private @Nullable Instant delivered(Placed put) {
        for (Batch batch : batches.getOrDefault(put.shard(), List.of())) {
            if (batch.first().compareTo(put.number()) <= 0 && batch.last().compareTo(put.number()) >= 0) {
                return batch.at();
            }
        }
        return null;
    }

    /** A step that ends before it begins, by a hair, took no time: the journal is written beside the work. */
    private static long micros(Instant from, Instant until) {
        return Math.max(0, TimeUnit.NANOSECONDS.toMicros(from.until(until, ChronoUnit.NANOS)));
    }
}
