package dev.ingestkit.cli.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ingestkit.cli.FakeAws;
import dev.ingestkit.cli.FakeAws.Answer;
import dev.ingestkit.cli.aws.AwsClients;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An index with four events per day, in every second bucket, at hours 0, 2, 4 and 6. */
final class TimeIndexTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Pattern KEY = Pattern.compile("\"(\\d{4}-\\d\\d-\\d\\d)#(\\d)\"");
    private static final Pattern ID = Pattern.compile("\"(\\d{4}-\\d\\d-\\d\\d_\\d)\"");

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private FakeAws aws;
    private AwsClients clients;

    @BeforeEach
    void start() throws IOException {
        aws = new FakeAws()
                .on("DescribeTable", Answer.ok(description("by-time", "ACTIVE")))
                .on("Query", this::query)
                .on("BatchGetItem", TimeIndexTest::items);
        clients = aws.clients();
    }

    @AfterEach
    void end() {
        clients.close();
        aws.close();
    }

    private static String description(String index, String status) {
        return "{\"Table\":{\"GlobalSecondaryIndexes\":[{\"IndexName\":\"%s\",\"IndexStatus\":\"%s\"}]}}"
                .formatted(index, status);
    }

    private Answer query(String request) {
        Matcher key = KEY.matcher(request);
        assertThat(key.find()).as(request).isTrue();
        asked.add(key.group());
        int bucket = Integer.parseInt(key.group(2));
        if (bucket % 2 == 1) {
            return Answer.ok("{\"Items\":[],\"Count\":0,\"ScannedCount\":0}");
        }
        return Answer.ok(
                "{\"Items\":[{\"eventId\":{\"S\":\"%s_%d\"},\"part\":{\"N\":\"0\"},\"_arrived\":{\"S\":\"%s-%d\"}}],\"Count\":1,\"ScannedCount\":1}"
                        .formatted(key.group(1), bucket, key.group(1), bucket));
    }

    /** Returns the requested events except those of bucket 6, which were deleted meanwhile, in another order. */
    private static Answer items(String request) {
        List<String> items = new ArrayList<>();
        for (Matcher id = ID.matcher(request); id.find(); ) {
            if (!id.group(1).endsWith("6")) {
                items.add(0, item(id.group(1)));
            }
        }
        return Answer.ok("{\"Responses\":{\"events\":[%s]},\"UnprocessedKeys\":{}}".formatted(String.join(",", items)));
    }

    private static String item(String id) {
        String metadata = Map.of(
                        "layout", "{\"N\":\"1\"}",
                        "version", "{\"S\":\"%s\"}".formatted("0".repeat(15) + "-" + "0".repeat(64)),
                        "sequenceNumber", "{\"S\":\"1\"}",
                        "sha256", "{\"S\":\"%s\"}".formatted("0".repeat(64)),
                        "size", "{\"N\":\"2\"}",
                        "arrivedAt", "{\"S\":\"%sT0%s:00:00Z\"}".formatted(id.substring(0, 10), id.substring(11)),
                        "parts", "{\"N\":\"1\"}",
                        "idSource", "{\"S\":\"path\"}",
                        "shard", "{\"S\":\"shardId-000000000000\"}",
                        "encoding", "{\"S\":\"attributes\"}")
                .entrySet()
                .stream()
                .map(field -> "\"%s\":%s".formatted(field.getKey(), field.getValue()))
                .collect(Collectors.joining(","));
        return "{\"eventId\":{\"S\":\"%s\"},\"part\":{\"N\":\"0\"},\"_ingest\":{\"M\":{%s}}}".formatted(id, metadata);
    }

    private List<String> visited(Instant since, int most) {
        List<String> ids = new ArrayList<>();
        TimeIndex.of(clients, "events").orElseThrow().visit(since, NOW, event -> {
            ids.add(event.id());
            return ids.size() < most;
        });
        return ids;
    }

    @Test
    void newestEventsComeFirstAcrossDays() {
        assertThat(visited(NOW.minus(Duration.ofDays(1)), 100))
                .containsExactly(
                        "2026-03-01_4", "2026-03-01_2", "2026-03-01_0", "2026-02-28_4", "2026-02-28_2", "2026-02-28_0");
        assertThat(aws.calls()).doesNotContain("Scan");
    }

    @Test
    void earlierDaysAreNotReadOnceTheLimitIsReached() {
        assertThat(visited(NOW.minus(Duration.ofDays(30)), 2)).containsExactly("2026-03-01_4", "2026-03-01_2");
        assertThat(asked).hasSize(8).allMatch(key -> key.contains("2026-03-01"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"by-name ACTIVE", "by-time CREATING", "by-time DELETING"})
    void otherIndexesAndUnfinishedOnesAreIgnored(String index) {
        String[] words = index.split(" ", -1);
        aws.on("DescribeTable", Answer.ok(description(words[0], words[1])));

        assertThat(TimeIndex.of(clients, "events")).isEmpty();
    }
}
