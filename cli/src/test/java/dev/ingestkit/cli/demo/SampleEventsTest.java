package dev.ingestkit.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class SampleEventsTest {

    private static List<SampleEvent> events(int count) {
        return new SampleEvents(new Random(7)).many(count);
    }

    @Test
    void theSameSeedGivesTheSameBytes() {
        List<SampleEvent> one = events(50);
        List<SampleEvent> other = events(50);

        for (int place = 0; place < one.size(); place++) {
            assertThat(one.get(place).payload()).isEqualTo(other.get(place).payload());
        }
    }

    @Test
    void everyEventIsJsonUnderAnIdOfItsOwn() throws Exception {
        ObjectMapper mapper = new ObjectMapper();
        List<SampleEvent> events = events(300);

        assertThat(events).extracting(SampleEvent::id).doesNotHaveDuplicates();
        assertThat(events).extracting(SampleEvent::kind).containsAll(SampleEvents.KINDS);
        for (SampleEvent event : events) {
            assertThat(mapper.readTree(event.payload()).path("eventId").asText())
                    .isEqualTo(event.id());
        }
    }

    @Test
    void aLargeEventIsNearlyAsLargeAsAskedAndNotLarger() {
        assertThat(new SampleEvents(new Random(7)).large(1_040_000).payload()).hasSizeBetween(1_039_000, 1_040_000);
    }
}
