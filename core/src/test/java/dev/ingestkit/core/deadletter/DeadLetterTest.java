package dev.ingestkit.core.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ingestkit.core.deadletter.DeadLetter.OnFailure;
import dev.ingestkit.core.deadletter.DeadLetter.Parked;
import dev.ingestkit.core.event.PayloadDigest;
import dev.ingestkit.core.event.RecordOrigin;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeadLetterTest {

    private static final RecordOrigin ORIGIN = new RecordOrigin(
            "arn:aws:kinesis:us-east-1:000000000000:stream/s",
            "shardId-000000000000",
            "4959033827149025660855969253836157109592157598913658889",
            "key\uFFFF",
            Instant.parse("2026-11-22T10:15:30.123Z"));

    private final ParkedFormat format = new ParkedFormat(ParkedFormat.QUEUE_LIMIT);

    private static Parked parked(byte[] payload) {
        return new Parked(
                ReasonCode.NOT_JSON, "why", null, ORIGIN, payload.length, PayloadDigest.sha256(payload), payload);
    }

    private Parked roundTrip(byte[] payload) throws DeadLetterFormatException {
        String message = format.write(parked(payload));
        assertThat(message.getBytes(UTF_8)).hasSizeLessThanOrEqualTo(ParkedFormat.QUEUE_LIMIT);
        return (Parked) DeadLetterReader.read(message);
    }

    @Test
    void parkedEventComesBackByteForByte() throws Exception {
        byte[] payload = "no json: \u0000 \uFFFE \uD83D\uDE00 \"quoted\"".getBytes(UTF_8);

        Parked deadLetter = roundTrip(payload);

        assertThat(deadLetter.payload()).contains(payload);
        assertThat(deadLetter.origin()).isEqualTo(ORIGIN);
        assertThat(deadLetter.code()).isEqualTo(ReasonCode.NOT_JSON);
        assertThat(deadLetter.id()).isEmpty();
    }

    @Test
    void messageHoldsNoCharacterThatTheQueueRefuses() {
        String message = format.write(parked("\uFFFE\uFFFF\u0001".getBytes(UTF_8)));

        assertThat(message.chars()).noneMatch(c -> c < 0x20 || c == 0xFFFE || c == 0xFFFF);
    }

    @Test
    void bytesThatAreNotTextAreCompressed() throws Exception {
        byte[] payload = {(byte) 0xFF, 0, 1, 2};

        assertThat(format.write(parked(payload))).contains("gzip+base64");
        assertThat(roundTrip(payload).payload()).contains(payload);
    }

    @Test
    void textIsKeptUpToTheLimitAndCompressedBeyond() throws Exception {
        int frame = format.write(parked(new byte[0])).length() + 6;
        String fits = "x".repeat(ParkedFormat.QUEUE_LIMIT - frame);
        String exceeds = fits + "x";

        assertThat(format.write(parked(fits.getBytes(UTF_8))))
                .hasSize(ParkedFormat.QUEUE_LIMIT)
                .contains("utf8");
        assertThat(format.write(parked(exceeds.getBytes(UTF_8)))).contains("gzip+base64");
        assertThat(roundTrip(exceeds.getBytes(UTF_8)).payload()).contains(exceeds.getBytes(UTF_8));
    }

    @Test
    void payloadTooLargeForAMessageBecomesAPointerIntoTheStream() throws Exception {
        byte[] payload = new byte[1024 * 1024];
        new Random(3).nextBytes(payload);

        Parked deadLetter = roundTrip(payload);

        assertThat(deadLetter.payload()).isEmpty();
        assertThat(deadLetter.size()).isEqualTo(payload.length);
        assertThat(deadLetter.origin()).isEqualTo(ORIGIN);
    }

    @Test
    void readsTheRecordOfAnExhaustedBatch() throws Exception {
        DeadLetter deadLetter = DeadLetterReader.read("""
            {"requestContext":{"requestId":"r","functionArn":"arn:f","condition":"RetryAttemptsExhausted",
            "approximateInvokeCount":2},"responseContext":{"statusCode":200,"executedVersion":"$LATEST",
            "functionError":null},"version":"1.0","timestamp":"2019-11-14T00:38:06.021Z",
            "KinesisBatchInfo":{"shardId":"shardId-000000000000","startSequenceNumber":"1",
            "endSequenceNumber":"9","approximateArrivalOfFirstRecord":"2019-11-14T00:38:04.835Z",
            "approximateArrivalOfLastRecord":"2019-11-14T00:38:05.580Z","batchSize":3,"streamArn":"arn:s"}}
            """);

        assertThat(deadLetter).isInstanceOfSatisfying(OnFailure.class, it -> {
            assertThat(it.condition()).isEqualTo("RetryAttemptsExhausted");
            assertThat(it.invokeCount()).hasValue(2);
            assertThat(it.error()).isEmpty();
            assertThat(it.range().count()).isEqualTo(3);
            assertThat(it.range().lastSequenceNumber()).isEqualTo("9");
        });
    }

    @Test
    void readsAnOnFailureRecordWithoutContexts() throws Exception {
        DeadLetter deadLetter = DeadLetterReader.read("""
            {"version":"1.0","timestamp":"2019-11-14T00:38:06.021Z","KinesisBatchInfo":{"shardId":"s",
            "startSequenceNumber":"1","endSequenceNumber":"1",
            "approximateArrivalOfFirstRecord":"2019-11-14T00:38:04.835Z",
            "approximateArrivalOfLastRecord":"2019-11-14T00:38:05.580Z","batchSize":1,"streamArn":"arn:s"}}
            """);

        assertThat(deadLetter)
                .isInstanceOfSatisfying(
                        OnFailure.class, it -> assertThat(it.invokeCount()).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "text",
                "[1]",
                "{}",
                "{\"format\":\"other\"}",
                "{\"format\":\"ingest-kit/parked\",\"version\":2}",
                "{\"KinesisBatchInfo\":{\"shardId\":\"s\"}}"
            })
    void refusesOtherMessages(String message) {
        assertThatThrownBy(() -> DeadLetterReader.read(message))
                .isInstanceOf(DeadLetterFormatException.class)
                .hasMessageMatching("(?s).*\\w.*");
    }
}
