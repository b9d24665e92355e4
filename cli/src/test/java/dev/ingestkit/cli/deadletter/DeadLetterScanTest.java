package dev.ingestkit.cli.deadletter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ingestkit.cli.FakeAws;
import dev.ingestkit.cli.FakeAws.Answer;
import dev.ingestkit.cli.aws.AwsClients;
import dev.ingestkit.cli.deadletter.DeadLetterVisitor.Step;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A scan over a queue that delivers each message once, and counts the returned and deleted ones. */
final class DeadLetterScanTest {

    private static final Pattern HANDLE = Pattern.compile("\"ReceiptHandle\":\"([^\"]*)\"");
    private static final Answer DONE = Answer.ok("{\"Successful\":[],\"Failed\":[]}");

    private final Deque<Integer> waiting = new ArrayDeque<>();
    private final List<String> released = new ArrayList<>();
    private final List<String> deleted = new ArrayList<>();
    private FakeAws aws;
    private AwsClients clients;
    private DeadLetterQueue queue;

    @BeforeEach
    void start() throws IOException {
        aws = new FakeAws()
                .on(
                        "GetQueueAttributes",
                        body -> Answer.ok(
                                "{\"Attributes\":{\"ApproximateNumberOfMessages\":\"%d\"}}".formatted(waiting.size())))
                .on("ReceiveMessage", body -> receive())
                .on("ChangeMessageVisibilityBatch", body -> note(body, released))
                .on("DeleteMessageBatch", body -> note(body, deleted))
                .on("DeleteMessage", body -> note(body, deleted));
        clients = aws.clients();
        queue = new DeadLetterQueue(clients, aws.endpoint() + "/queue/letters");
    }

    @AfterEach
    void end() {
        clients.close();
        aws.close();
    }

    private Answer receive() {
        StringBuilder messages = new StringBuilder();
        for (int i = 0; i < 10 && !waiting.isEmpty(); i++) {
            int number = waiting.remove();
            messages.append(i == 0 ? "" : ",")
                    .append(("{\"MessageId\":\"m-%d\",\"ReceiptHandle\":\"h-%d\",\"Body\":\"x\","
                                    + "\"MD5OfBody\":\"9dd4e461268c8034f5c8564e155c67a6\","
                                    + "\"Attributes\":{\"SentTimestamp\":\"%d\"}}")
                            .formatted(number, number, number));
        }
        return Answer.ok("{\"Messages\":[" + messages + "]}");
    }

    private static Answer note(String body, List<String> handles) {
        HANDLE.matcher(body).results().forEach(handle -> handles.add(handle.group(1)));
        return DONE;
    }

    private void messages(int count) {
        for (int number = 0; number < count; number++) {
            waiting.add(number);
        }
    }

    @Test
    void remainingMessagesBecomeVisibleAfterTheScan() {
        messages(2_345);
        List<String> seen = new ArrayList<>();

        long visited = new DeadLetterScan(queue).visit(deadLetter -> {
            assertThat(released).isEmpty();
            seen.add(deadLetter.messageId());
            return Step.LEAVE;
        });

        assertThat(visited).isEqualTo(2_345);
        assertThat(seen).doesNotHaveDuplicates().hasSize(2_345);
        assertThat(released).doesNotHaveDuplicates().hasSize(2_345);
    }

    @Test
    void settledMessagesAreDeletedAfterwards() {
        messages(25);
        List<Integer> deletedWhenSettling = new ArrayList<>();

        new DeadLetterScan(queue).visit(new DeadLetterVisitor() {
            @Override
            public Step visit(DeadLetterQueue.ReceivedMessage deadLetter) {
                return deadLetter.messageId().endsWith("7") ? Step.LEAVE : Step.SETTLE;
            }

            @Override
            public void settle() {
                deletedWhenSettling.add(deleted.size());
            }
        });

        assertThat(deletedWhenSettling).containsExactly(0, 9, 18);
        assertThat(deleted).hasSize(23);
        assertThat(released).containsExactlyInAnyOrder("h-7", "h-17");
    }

    @Test
    void aVisitorThatFailsLosesNothing() {
        messages(12);

        assertThatThrownBy(() -> new DeadLetterScan(queue).visit(deadLetter -> {
                    if (deadLetter.messageId().equals("m-3")) {
                        throw new IllegalStateException("broken");
                    }
                    return Step.DELETE;
                }))
                .hasMessage("broken");

        assertThat(deleted).containsExactly("h-0", "h-1", "h-2");
        assertThat(released).containsExactlyInAnyOrder("h-3", "h-4", "h-5", "h-6", "h-7", "h-8", "h-9");
    }

    @Test
    void aStopMakesHeldMessagesVisible() {
        messages(30);
        List<String> seen = new ArrayList<>();

        new DeadLetterScan(queue, Instant.MAX, Duration.ofMinutes(1), () -> seen.size() == 4).visit(deadLetter -> {
            seen.add(deadLetter.messageId());
            return Step.LEAVE;
        });

        assertThat(seen).hasSize(4);
        assertThat(released).hasSize(10);
    }

    @Test
    void laterMessagesAreCountedAndSkipped() {
        messages(10);

        DeadLetterScan scan = new DeadLetterScan(queue, Instant.ofEpochMilli(3), Duration.ofMinutes(1), () -> false);
        long visited = scan.visit(deadLetter -> Step.DELETE);

        assertThat(visited).isEqualTo(4);
        assertThat(scan.newer()).isEqualTo(6);
        assertThat(deleted).hasSize(4);
    }
}
