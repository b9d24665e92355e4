package dev.ingestkit.local.console.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.events.SequenceNumber;
import dev.ingestkit.local.journal.Journal;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A search in the bodies of messages. */
final class PayloadSearchTest {

    private static final Instant NOW = Instant.parse("2026-01-31T10:00:00Z");
    private static final String FUNCTION = "arn:aws:lambda:us-east-1:000000000000:function:worker";

    private final Journal journal = new Journal(Clock.fixed(NOW, ZoneOffset.UTC));
    private final Map<String, String> held = new HashMap<>();
    private final EventFeed.Lookup lookup = new EventFeed.Lookup() {
        @Override
        public Optional<String> message(String queue, String messageId) {
            throw new AssertionError("a search does not look for single messages");
        }

        @Override
        public Map<String, String> messages(int ofQueue) {
            return held;
        }

        @Override
        public Optional<byte[]> payload(String stream, String shardId, SequenceNumber number) {
            return Optional.empty();
        }

        @Override
        public List<ObjectNode> lines(Set<String> requestIds) {
            return List.of();
        }
    };

    private PayloadSearch search(String text) {
        return new PayloadSearch(text, lookup, journal.failures());
    }

    private static TrackedEvent message(String id) {
        return TrackedEvent.message(1, NOW, MessageOrigin.queue("jobs", id, List.of()), 9);
    }

    @Test
    void theBodyOfAMessageThatAQueueHoldsIsSearched() {
        held.put("m1", "{\"city\":\"Bergen\"}");
        held.put("m2", "{\"city\":\"Oslo\"}");
        PayloadSearch search = search("\"bergen\"");

        assertThat(search.test(message("m1"))).isTrue();
        assertThat(search.test(message("m2"))).isFalse();
        assertThat(search.unheld()).isZero();
    }

    @Test
    void theBodyOfAMessageIsSearchedInTheFailedInvocationThatHadIt() {
        journal.failures().add("r1", FUNCTION, "refused", """
                {"Records":[{"messageId":"m1","body":"{\\"city\\":\\"Bergen\\"}"},{"messageId":"m2","body":"Oslo"}]}""".getBytes(StandardCharsets.UTF_8));
        TrackedEvent first = message("m1");
        TrackedEvent second = message("m2");
        first.returned(2, "refused", "r1");
        second.returned(2, "refused", "r1");
        PayloadSearch search = search("\"city\":\"bergen\"");

        assertThat(search.test(first)).isTrue();
        assertThat(search.test(second)).isFalse();
        assertThat(search.unheld()).isZero();
    }

    @Test
    void theEventOfATopicIsSearchedInTheFailedInvocationThatHadIt() {
        journal.failures().add("r1", FUNCTION, "refused", "{\"city\":\"Bergen\"}".getBytes(StandardCharsets.UTF_8));
        String topic = "arn:aws:sns:us-east-1:000000000000:notices";
        TrackedEvent event = TrackedEvent.message(1, NOW, MessageOrigin.other(topic, FUNCTION, "n1", List.of()), 0);
        event.returned(2, "refused", "r1");

        assertThat(search("bergen").test(event)).isTrue();
    }

    @Test
    void aMessageWhoseBodyIsNotKnownAnyMoreIsCounted() {
        PayloadSearch search = search("bergen");

        assertThat(search.test(message("gone"))).isFalse();
        assertThat(search.unheld()).isEqualTo(1);
        assertThat(search.unsearched()).isZero();
    }

    @Test
    void bodiesCountTowardsTheLimitOfASearch() {
        String body = "x".repeat(1024 * 1024);
        PayloadSearch search = search("bergen");
        for (int number = 0; number < PayloadSearch.MAX_BYTES / body.length() + 2; number++) {
            held.put("m" + number, body);
            search.test(message("m" + number));
        }

        assertThat(search.unsearched()).isEqualTo(2);
    }
}
