package dev.ingestkit.core.item;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ingestkit.core.deadletter.ReasonCode;
import dev.ingestkit.core.event.EventId;
import dev.ingestkit.core.event.PayloadDigest;
import dev.ingestkit.core.event.RecordOrigin;
import dev.ingestkit.core.item.AttributeValue.MapValue;
import dev.ingestkit.core.item.Encoding.Encoded;
import dev.ingestkit.core.item.Encoding.Unstorable;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ItemCodecTest {

    private static final RecordOrigin ORIGIN = new RecordOrigin(
            "arn:aws:kinesis:us-east-1:000000000000:stream/s",
            "shardId-000000000000",
            "49590338271490256608559692538361571095921575989136588898",
            "path-id",
            Instant.parse("2026-11-22T10:15:30.123Z"));

    private final ItemEncoder encoder = new ItemEncoder(ItemOptions.DEFAULT);

    private Encoded encode(String json) {
        return (Encoded) encoder.encode(json.getBytes(UTF_8), ORIGIN);
    }

    private static String decode(Encoded event) throws ItemFormatException {
        return new String(ItemDecoder.decode(event.parts()).payload(), UTF_8);
    }

    private static EventMetadata metadata(Encoded event) throws ItemFormatException {
        return ItemDecoder.metadata(event.parts().get(0));
    }

    @Test
    void anyJsonRoundTripsWithEqualValues() throws Exception {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        int[] attributes = new int[1];
        for (int i = 0; i < 20_000; i++) {
            String json = RandomJson.text(random);
            byte[] payload = json.getBytes(UTF_8);
            Encoding encoding = encoder.encode(payload, ORIGIN);
            if (encoding instanceof Unstorable unstorable) {
                assertThat(unstorable.code())
                        .as("seed %d, round %d: %s", seed, i, json)
                        .isEqualTo(ReasonCode.EVENT_ID_INVALID);
                continue;
            }
            Encoded event = (Encoded) encoding;
            StoredEvent stored = ItemDecoder.decode(event.parts());
            if (stored.metadata().payload().encoding() == PayloadEncoding.ATTRIBUTES) {
                attributes[0]++;
                assertThat(JsonValues.of(stored.payload()))
                        .as("seed %d, round %d: %s", seed, i, json)
                        .isEqualTo(JsonValues.of(payload));
            } else {
                assertThat(stored.payload()).as("seed %d, round %d", seed, i).isEqualTo(payload);
            }
            assertThat(event.parts()).allMatch(part -> part.size() <= ItemSize.MAX_BYTES);
        }
        assertThat(attributes[0]).as("seed %d: both encodings must occur", seed).isBetween(2_000, 18_000);
    }

    @Test
    void topLevelFieldsBecomeAttributes() {
        Item item = encode("{\"eventId\":\"e1\",\"kind\":\"order\",\"n\":1.50,\"ok\":true}")
                .parts()
                .get(0);

        assertThat(item.attributes()).containsOnlyKeys("eventId", "part", "kind", "n", "ok", "_ingest");
        assertThat(item.text("eventId")).contains("e1");
        assertThat(item.text("kind")).contains("order");
        assertThat(item.integer("part")).hasValue(0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"eventId\":\"body\"}|body|BODY",
                "{\"eventId\":42}|42|BODY",
                "{\"eventId\":1.0}|1.0|BODY",
                "{\"eventId\":\"\"}|path-id|PATH",
                "{\"eventId\":null}|path-id|PATH",
                "{\"eventId\":{\"a\":1}}|path-id|PATH",
                "{}|path-id|PATH",
                "[1]|path-id|PATH",
                "{\"eventId\":\"first\",\"eventId\":\"last\"}|last|BODY"
            })
    void eventIdComesFromTheBodyElseThePath(String json, String id, EventId.Source source) throws Exception {
        Encoded event = encode(json);

        assertThat(event.id()).isEqualTo(new EventId(id, source));
        assertThat(JsonValues.of(decode(event).getBytes(UTF_8))).isEqualTo(JsonValues.of(json.getBytes(UTF_8)));
    }

    @Test
    void fieldsUnderReservedNamesAreKeptAside() throws Exception {
        String json = "{\"part\":7,\"_ingest\":{\"x\":[1]},\"_expires\":\"soon\",\"a\":1}";
        Encoded event = encode(json);

        assertThat(metadata(event).payload().encoding()).isEqualTo(PayloadEncoding.ATTRIBUTES);
        assertThat(event.parts().get(0).attributes()).doesNotContainKey("_expires");
        assertThat(JsonValues.of(decode(event).getBytes(UTF_8))).isEqualTo(JsonValues.of(json.getBytes(UTF_8)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[1,2]|ROOT_NOT_OBJECT",
                "\"text\"|ROOT_NOT_OBJECT",
                "{\"n\":123456789012345678901234567890123456789}|NUMBER",
                "{\"n\":9.9E-131}|NUMBER",
                "{\"n\":1E126}|NUMBER",
                "{\"n\":-0.0}|NUMBER",
                "{\"\":1}|NAME",
                "{\"a\":{\"\":1}}|NAME",
                "{\"a\":1,\"a\":2}|DUPLICATE_NAME",
                "{\"a\":\"\\ud800\"}|TEXT"
            })
    void payloadsThatAttributesCannotHoldAreStoredAsBytes(String json, BinaryReason reason) throws Exception {
        Encoded event = encode(json);

        assertThat(metadata(event).payload().encoding()).isEqualTo(PayloadEncoding.BINARY);
        assertThat(metadata(event).payload().reason()).contains(reason);
        assertThat(decode(event)).isEqualTo(json);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "12345678901234567890123456789012345678",
                "1E-130",
                "9.9E125",
                "0",
                "-1",
                "0e5",
                "123456789012345678901234567890123456780000"
            })
    void numbersWithinDynamoDbsRangeAreAttributes(String number) throws Exception {
        assertThat(metadata(encode("{\"n\":" + number + "}")).payload().encoding())
                .isEqualTo(PayloadEncoding.ATTRIBUTES);
    }

    @Test
    void nestingUpTo32LevelsIsAttributesAndDeeperIsBytes() throws Exception {
        String depth32 = "{\"a\":" + "[".repeat(31) + "]".repeat(31) + "}";
        String depth33 = "{\"a\":" + "[".repeat(32) + "]".repeat(32) + "}";

        assertThat(metadata(encode(depth32)).payload().encoding()).isEqualTo(PayloadEncoding.ATTRIBUTES);
        assertThat(decode(encode(depth32))).isEqualTo(depth32);
        assertThat(metadata(encode(depth33)).payload().reason()).contains(BinaryReason.NESTING);
        assertThat(decode(encode(depth33))).isEqualTo(depth33);
    }

    @Test
    void nestingOfAHundredThousandLevelsIsStored() throws Exception {
        String json = "[".repeat(100_000) + "]".repeat(100_000);

        assertThat(decode(encode(json))).isEqualTo(json);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "{}{}",
                "{} x",
                "nul",
                "{'a':1}",
                "{\"a\":01}",
                "{\"a\":NaN}",
                "\"open",
                "[1,]",
                "plain text"
            })
    void invalidJsonIsUnstorable(String payload) {
        Encoding encoding = encoder.encode(payload.getBytes(UTF_8), ORIGIN);

        assertThat(encoding).isInstanceOfSatisfying(Unstorable.class, unstorable -> {
            assertThat(unstorable.code()).isEqualTo(ReasonCode.NOT_JSON);
            assertThat(unstorable.text()).doesNotContain("plain");
        });
    }

    @Test
    void invalidUtf8IsUnstorable() {
        byte[] payload = {'"', (byte) 0xC3, '"'};

        assertThat(encoder.encode(payload, ORIGIN)).isInstanceOf(Unstorable.class);
    }

    @Test
    void eventIdThatCannotBeAKeyIsUnstorable() {
        Encoding tooLong = encoder.encode(("{\"eventId\":\"" + "x".repeat(2049) + "\"}").getBytes(UTF_8), ORIGIN);
        Encoding noUnicode = encoder.encode("{\"eventId\":\"\\ud800\"}".getBytes(UTF_8), ORIGIN);

        assertThat(tooLong)
                .isInstanceOfSatisfying(
                        Unstorable.class, it -> assertThat(it.code()).isEqualTo(ReasonCode.EVENT_ID_INVALID));
        assertThat(noUnicode).isInstanceOf(Unstorable.class);
        assertThat(encode("{\"eventId\":\"" + "x".repeat(2048) + "\"}").parts()).hasSize(1);
    }

    @Test
    void itemOf400KbIsAttributesAndOneByteMoreIsNot() throws Exception {
        int room = ItemSize.MAX_BYTES - encode("{\"a\":\"\"}").parts().get(0).size();
        // The stored size then has six digits rather than one: two more pairs.
        int largest = room - 2;
        Encoded fits = encode("{\"a\":\"" + "x".repeat(largest) + "\"}");
        Encoded exceeds = encode("{\"a\":\"" + "x".repeat(largest + 1) + "\"}");

        assertThat(fits.parts().get(0).size()).isEqualTo(ItemSize.MAX_BYTES);
        assertThat(metadata(fits).payload().encoding()).isEqualTo(PayloadEncoding.ATTRIBUTES);
        assertThat(metadata(exceeds).payload().reason()).contains(BinaryReason.SIZE);
        assertThat(decode(exceeds)).hasSize(largest + 9);
    }

    @Test
    void mebibyteThatHardlyCompressesIsStoredInParts() throws Exception {
        String json = incompressible(1024 * 1024);
        Encoded event = encode(json);

        assertThat(event.parts()).hasSizeBetween(3, 4).allMatch(part -> part.size() <= ItemSize.MAX_BYTES);
        assertThat(metadata(event).payload().encoding()).isEqualTo(PayloadEncoding.GZIP);
        assertThat(decode(event)).isEqualTo(json);
    }

    @Test
    void partsOfTwoVersionsAreNotMixed() {
        Encoded one = encode(incompressible(1024 * 1024));
        RecordOrigin later = new RecordOrigin(
                ORIGIN.stream(),
                ORIGIN.shard(),
                "5" + ORIGIN.sequenceNumber(),
                ORIGIN.partitionKey(),
                ORIGIN.arrivedAt());
        Encoded two = (Encoded) encoder.encode(incompressible(1024 * 1024).getBytes(UTF_8), later);

        assertThatThrownBy(() -> ItemDecoder.decode(List.of(
                        one.parts().get(0), two.parts().get(1), one.parts().get(2))))
                .isInstanceOfSatisfying(
                        ItemFormatException.class, e -> assertThat(e.kind()).isEqualTo(ItemFormatException.Kind.TORN));
        assertThatThrownBy(() -> ItemDecoder.decode(one.parts().subList(0, 1)))
                .isInstanceOfSatisfying(
                        ItemFormatException.class, e -> assertThat(e.kind()).isEqualTo(ItemFormatException.Kind.TORN));
    }

    @Test
    void payloadTooLargeForOneTransactionIsUnstorable() {
        Encoding encoding = encoder.encode(incompressible(6 * 1024 * 1024).getBytes(UTF_8), ORIGIN);

        assertThat(encoding)
                .isInstanceOfSatisfying(
                        Unstorable.class, it -> assertThat(it.code()).isEqualTo(ReasonCode.TOO_LARGE));
    }

    @Test
    void itemsOfOtherProgramsAreForeign() {
        Item item = new Item(Map.of("eventId", AttributeValue.of("x"), "part", AttributeValue.of(0)));

        assertThatThrownBy(() -> ItemDecoder.decode(List.of(item)))
                .isInstanceOfSatisfying(
                        ItemFormatException.class,
                        e -> assertThat(e.kind()).isEqualTo(ItemFormatException.Kind.FOREIGN));
    }

    @Test
    void expiryAndTimeIndexAreWrittenOnRequest() {
        ItemEncoder full = new ItemEncoder(new ItemOptions(2, true));
        Encoded event = (Encoded) full.encode("{\"a\":1}".getBytes(UTF_8), ORIGIN);
        Item item = event.parts().get(0);

        assertThat(item.integer(ItemLayout.EXPIRES))
                .hasValue(Instant.parse("2026-11-24T10:15:30Z").getEpochSecond());
        assertThat(ItemLayout.dayKeys(LocalDate.of(2026, 11, 22)))
                .contains(item.text(ItemLayout.DAY).orElseThrow());
        assertThat(item.text(ItemLayout.ARRIVED)).contains(event.version().value());
    }

    @Test
    void metadataCarriesTheRecordsOrigin() throws Exception {
        Encoded event = encode("{\"a\":1}");

        EventMetadata metadata = metadata(event);
        assertThat(metadata.record().arrivedAt()).isEqualTo(ORIGIN.arrivedAt());
        assertThat(metadata.record().sequenceNumber()).isEqualTo(ORIGIN.sequenceNumber());
        assertThat(metadata.payload().sha256()).isEqualTo(PayloadDigest.sha256("{\"a\":1}".getBytes(UTF_8)));
        assertThat(metadata.payload().size()).isEqualTo(7);
        assertThat(metadata.payload().parts()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"1,2", "12,2", "123,3", "-1,3", "1.5,3", "10,2", "1.23,3", "0,1", "100000,2", "0.001,2", "1e5,2"})
    void numbersTakeTheBytesThatDynamoDbCounts(String number, int bytes) {
        assertThat(ItemSize.of(new AttributeValue.NumberValue(number))).isEqualTo(bytes);
    }

    @Test
    void containersTakeThreeBytesAndOneForEachElement() {
        AttributeValue one = AttributeValue.of("a");

        assertThat(ItemSize.of(new AttributeValue.ListValue(List.of(one, one)))).isEqualTo(7);
        assertThat(ItemSize.of(new MapValue(Map.of("n", one)))).isEqualTo(6);
        assertThat(ItemSize.of(AttributeValue.of("\uD83D\uDE00é"))).isEqualTo(6);
    }

    private static String incompressible(int length) {
        Random random = new Random(7);
        StringBuilder json = new StringBuilder(length).append("{\"a\":\"");
        while (json.length() < length - 2) {
            char c = (char) random.nextInt(0x20, 0x7f);
            json.append(c == '"' || c == '\\' ? 'x' : c);
        }
        return json.append("\"}").toString();
    }
}
