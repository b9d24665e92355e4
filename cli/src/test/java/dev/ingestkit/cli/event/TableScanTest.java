package dev.ingestkit.cli.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ingestkit.cli.FakeAws;
import dev.ingestkit.cli.FakeAws.Answer;
import dev.ingestkit.cli.aws.AwsClients;
import dev.ingestkit.cli.output.CliException;
import dev.ingestkit.core.item.ItemLayout;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A scan over a table of four segments with ten pages of two items each. */
final class TableScanTest {

    private static final int PAGES = 10;
    private static final Pattern SEGMENT = Pattern.compile("\"Segment\":(\\d+)");
    private static final Pattern START = Pattern.compile("\"ExclusiveStartKey\":.*?\"S\":\"\\d+-(\\d+)-1\"");
    private static final Pattern LIMIT = Pattern.compile("\"Limit\":(\\d+)");

    private final AtomicInteger pages = new AtomicInteger();
    private FakeAws aws;
    private AwsClients clients;
    private EventTable table;

    @BeforeEach
    void start() throws IOException {
        aws = new FakeAws().on("Scan", this::page);
        clients = aws.clients();
        table = new EventTable(clients, "events");
    }

    @AfterEach
    void end() {
        clients.close();
        aws.close();
    }

    private Answer page(String request) {
        int segment = number(SEGMENT, request).orElse(0);
        int page = number(START, request).map(before -> before + 1).orElse(0);
        int items = Math.min(2, number(LIMIT, request).orElseThrow());
        pages.incrementAndGet();
        List<String> listed = new ArrayList<>();
        for (int item = 0; item < items; item++) {
            listed.add("{\"eventId\":{\"S\":\"%d-%d-%d\"},\"part\":{\"N\":\"0\"}}".formatted(segment, page, item));
        }
        String next = page == PAGES - 1
                ? ""
                : ",\"LastEvaluatedKey\":{\"eventId\":{\"S\":\"%d-%d-1\"},\"part\":{\"N\":\"0\"}}"
                        .formatted(segment, page);
        return Answer.ok("{\"Items\":[%s],\"Count\":%d,\"ScannedCount\":%d%s}"
                .formatted(String.join(",", listed), items, items, next));
    }

    private static Optional<Integer> number(Pattern pattern, String text) {
        Matcher found = pattern.matcher(text);
        return found.find() ? Optional.of(Integer.parseInt(found.group(1))) : Optional.empty();
    }

    @Test
    void eachItemIsVisitedOnceWithFewPagesInMemory() {
        List<String> seen = new ArrayList<>();
        List<Integer> ahead = new ArrayList<>();

        long read = table.scanFirstParts(new TableScan.Plan(false, Long.MAX_VALUE), item -> {
            seen.add(item.text(ItemLayout.EVENT_ID).orElseThrow());
            ahead.add(pages.get() - seen.size() / 2);
            return true;
        });

        assertThat(read).isEqualTo(4 * PAGES * 2);
        assertThat(seen).doesNotHaveDuplicates().hasSize(4 * PAGES * 2);
        // One page is visited, four wait, and each of the four readers holds one.
        assertThat(ahead).allMatch(count -> count <= 9);
    }

    @Test
    void atMostTheMaximumIsRead() {
        List<String> seen = new ArrayList<>();

        long read = table.scanFirstParts(new TableScan.Plan(false, 1), item -> {
            seen.add(item.text(ItemLayout.EVENT_ID).orElseThrow());
            return true;
        });

        assertThat(read).isEqualTo(1);
        assertThat(seen).containsExactly("0-0-0");
    }

    @Test
    void aVisitorStopsTheScan() {
        table.scanFirstParts(new TableScan.Plan(false, Long.MAX_VALUE), item -> false);

        assertThat(pages.get()).isLessThan(4 * PAGES);
    }

    @Test
    void aSegmentThatFailsFailsTheScan() {
        aws.on(
                "Scan",
                request -> request.contains("\"Segment\":2")
                        ? Answer.refused("AccessDeniedException", "no")
                        : page(request));

        assertThatThrownBy(() -> table.scanFirstParts(item -> true))
                .isInstanceOfSatisfying(
                        CliException.class, failed -> assertThat(failed.code()).isEqualTo("TABLE_DENIED"));
    }
}
