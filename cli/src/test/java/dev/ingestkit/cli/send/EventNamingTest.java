package dev.ingestkit.cli.send;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EventNamingTest {

    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");

    @Test
    void theBodysOwnIdComesFirst() {
        assertThat(named("{\"eventId\":\"a\",\"x\":{\"eventId\":\"inner\"}}", "t-{n}")
                        .id())
                .isEqualTo("a");
        assertThat(named("{\"eventId\":1.50}", "t-{n}").id()).isEqualTo("1.50");
        assertThat(named("{\"eventId\":\"a\",\"eventId\":\"b\"}", "t-{n}").id()).isEqualTo("b");
    }

    @Test
    void withoutABodyIdTheTemplateNamesTheEvent() {
        assertThat(named("{\"eventId\":\"\"}", "t-{n}-{time}").id()).isEqualTo("t-7-2026-01-31T12:00:00Z");
        assertThat(named("no json", "t-{n}").id()).isEqualTo("t-7");
        assertThat(named("{\"eventId\":true}", "{other}").id()).isEqualTo("{other}");
    }

    @Test
    void withoutATemplateTheIdSortsByTime() {
        UUID id = UUID.fromString(named("{}", null).id());

        assertThat(id.version()).isEqualTo(7);
        assertThat(id.variant()).isEqualTo(2);
        assertThat(id.getMostSignificantBits() >>> 16).isEqualTo(NOW.toEpochMilli());
    }

    @Test
    void payloadsAreFilledInOnlyOnRequest() {
        byte[] payload = "{\"n\":{n},\"me\":\"{id}\"}".getBytes(StandardCharsets.UTF_8);

        assertThat(naming("t-{n}", false).name(payload, 7).payload()).isSameAs(payload);
        assertThat(naming("t-{n}", true).name(payload, 7).payload())
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("{\"n\":7,\"me\":\"t-7\"}");
    }

    @Test
    void rejectedEventsAreSentAgainByteForByte() {
        for (byte[] payload :
                new byte[][] {"{ \"eventId\":\"b\" }".getBytes(StandardCharsets.UTF_8), {(byte) 0xff, 0}}) {
            String line = EventEnvelope.of("a b", payload).put("status", 429).toString();

            OutgoingEvent again = named(line, "t-{n}");

            assertThat(again.id()).isEqualTo("a b");
            assertThat(again.payload()).isEqualTo(payload);
        }
    }

    @Test
    void recordsOfTailAreSentAgainByValue() {
        byte[] payload = "{ \"n\": 1.50, \"m\": 12345678901234567890123 }".getBytes(StandardCharsets.UTF_8);
        ObjectNode record = EventEnvelope.ofValue("a", payload).put("status", "stored");
        ObjectNode sorted = record.objectNode();
        sorted.set("data", record.get("data"));
        sorted.put("id", "a").put("pad", "x".repeat(200)).put("format", "ingest-kit/event");

        for (String line : new String[] {record.toString(), sorted.toString()}) {
            OutgoingEvent again = named(line, "t-{n}");

            assertThat(again.id()).isEqualTo("a");
            assertThat(again.payload())
                    .asString(StandardCharsets.UTF_8)
                    .isEqualTo("{\"n\":1.50,\"m\":12345678901234567890123}");
        }
    }

    @Test
    void aValueWithLossIsKeptAsText() {
        byte[] twice = "{\"a\":1,\"a\":2}".getBytes(StandardCharsets.UTF_8);

        assertThat(EventEnvelope.ofValue("x", twice).path("payload").asText()).isEqualTo("{\"a\":1,\"a\":2}");
        assertThat(named(EventEnvelope.ofValue("x", twice).toString(), null).payload())
                .isEqualTo(twice);
    }

    private static OutgoingEvent named(String payload, @Nullable String template) {
        return naming(template, false).name(payload.getBytes(StandardCharsets.UTF_8), 7);
    }

    private static EventNaming naming(@Nullable String template, boolean fillPayload) {
        return new EventNaming(new Chance(Clock.fixed(NOW, ZoneOffset.UTC), null), template, fillPayload);
    }
}
