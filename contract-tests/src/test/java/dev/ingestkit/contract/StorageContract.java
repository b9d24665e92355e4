package dev.ingestkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ingestkit.core.item.PayloadEncoding;
import dev.ingestkit.core.item.StoredEvent;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Accepted events are in the table and are read back unchanged, whatever JSON they hold. */
interface StorageContract {

    Pipeline pipeline();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"text\":\"\",\"true\":true,\"false\":false,\"null\":null,\"list\":[],\"object\":{}}",
                "{\"n\":[0,-1,1.5,1e10,1E-130,12345678901234567890123456789012345678,9007199254740993]}",
                "{\"tooManyDigits\":1234567890123456789012345678901234567890.5}",
                "{\"outOfRange\":1e400,\"tiny\":1e-400}",
                "{\"\":\"an empty name\",\"nested\":{\"\":1}}",
                "{\"twice\":1,\"twice\":2}",
                "{\"😀\":\"\\ud83d\\ude00 日本語 \\u0000 \\\" \\\\ \\/\"}",
                "{\"_ingest\":\"a reserved name\",\"part\":7}",
                "{ \"space\" :\t1 ,\r\n \"list\" : [ 1 , 2 ] }"
            })
    default void everyJsonObjectIsReadBackUnchanged(String json) {
        assertComesBack(json.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 31, 32, 33, 100})
    default void nestedObjectsOfAnyDepthAreReadBack(int depth) {
        assertComesBack(("{\"d\":" + "[".repeat(depth) + "]".repeat(depth) + "}").getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(ints = {1_000, 390_000, 409_600, 420_000, 500_000, 1_048_300})
    default void compressibleTextOfAnySizeIsReadBack(int bytes) {
        assertComesBack(("{\"t\":\"" + "lorem ipsum ".repeat(bytes / 12) + "\"}").getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(ints = {300_000, 500_000, 1_048_300})
    default void incompressibleTextIsReadBack(int bytes) {
        Random random = new Random(bytes);
        StringBuilder text = new StringBuilder(bytes);
        for (int index = 0; index < bytes; index++) {
            text.append((char) ('0' + random.nextInt(10) + (random.nextBoolean() ? 0 : 49)));
        }
        assertComesBack(("{\"t\":\"" + text + "\"}").getBytes(StandardCharsets.UTF_8));
    }

    @Test
    default void anEventIdInTheBodyIsTheKey() {
        String inPath = pipeline().id("path");
        String inBody = pipeline().id("body");

        pipeline().accept(inPath, "{\"eventId\":\"" + inBody + "\",\"a\":1}");

        assertThat(pipeline().awaitStored(inBody).id().value()).isEqualTo(inBody);
        assertThat(pipeline().event(inPath)).isEmpty();
    }

    @Test
    default void aNewerEventReplacesAnOlderOne() {
        String id = pipeline().id("newer");
        pipeline().accept(id, "{\"version\":1,\"gone\":true}");
        StoredEvent first = pipeline().awaitStored(id);
        pipeline().accept(id, "{\"version\":2}");

        StoredEvent second = pipeline().awaitStored(id, holds("{\"version\":2}"));

        assertThat(second.metadata().version()).isGreaterThan(first.metadata().version());
    }

    @Test
    default void theLastOfManyVersionsIsStored() {
        String id = pipeline().id("order");
        for (int version = 1; version <= 30; version++) {
            pipeline().accept(id, "{\"version\":" + version + "}");
        }

        pipeline().awaitStored(id, holds("{\"version\":30}"));
        String marker = pipeline().id("after");
        pipeline().accept(marker, "{}");
        pipeline().awaitStored(marker);

        assertThat(pipeline().event(id))
                .hasValueSatisfying(event ->
                        assertThat(holds("{\"version\":30}").test(event)).isTrue());
    }

    @Test
    default void aDuplicateEventIsStoredOnceAndNotDeadLettered() {
        String id = pipeline().id("again");
        byte[] data = "{\"same\":\"event\"}".getBytes(StandardCharsets.UTF_8);
        pipeline().putStraight(id, data);
        pipeline().awaitStored(id);
        String again = pipeline().putStraight(id, data).sequenceNumber();
        // A key always maps to the same shard, in order: once the marker behind the record is stored, the record was
        // processed.
        pipeline().putStraight(id, marker(id).getBytes(StandardCharsets.UTF_8));
        pipeline().awaitStored(id + "-marker");

        assertThat(pipeline().event(id))
                .hasValueSatisfying(event ->
                        assertThat(SameJson.same(event.payload(), data)).isTrue());
        assertThat(pipeline().deadLetters())
                .noneMatch(deadLetter -> deadLetter.body().contains(again));
    }

    private static String marker(String id) {
        return "{\"eventId\":\"" + id + "-marker\"}";
    }

    private void assertComesBack(byte[] json) {
        String id = pipeline().id("kind");
        pipeline().accept(id, json);

        StoredEvent event = pipeline().awaitStored(id);

        assertThat(event.metadata().payload().size()).isEqualTo(json.length);
        if (event.metadata().payload().encoding() == PayloadEncoding.ATTRIBUTES) {
            assertThat(SameJson.same(event.payload(), json))
                    .as(() -> new String(event.payload(), StandardCharsets.UTF_8))
                    .isTrue();
        } else {
            assertThat(event.payload()).isEqualTo(json);
        }
    }

    private static Predicate<StoredEvent> holds(String json) {
        return event -> SameJson.same(event.payload(), json.getBytes(StandardCharsets.UTF_8));
    }
}
