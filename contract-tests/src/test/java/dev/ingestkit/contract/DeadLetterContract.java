package dev.ingestkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ingestkit.cli.deadletter.DeadLetterQueue;
import dev.ingestkit.core.deadletter.DeadLetter;
import dev.ingestkit.core.deadletter.ReasonCode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.kinesis.model.PutRecordResponse;

/** Events that cannot be stored are parked with payload and reason, and do not delay other events. */
interface DeadLetterContract {

    Pipeline pipeline();

    @Test
    default void invalidJsonIsParkedWithItsPayloadAndTheRestIsStored() {
        List<String> good = new ArrayList<>();
        String poisonKey = pipeline().id("poison");
        byte[] poison = "this is not JSON: {".getBytes(StandardCharsets.UTF_8);
        for (int index = 0; index < 5; index++) {
            good.add(putGood());
        }
        PutRecordResponse put = pipeline().putStraight(poisonKey, poison);
        for (int index = 0; index < 5; index++) {
            good.add(putGood());
        }

        DeadLetter.Parked parked = awaitParked(put.sequenceNumber());

        assertThat(parked.code()).isEqualTo(ReasonCode.NOT_JSON);
        assertThat(parked.reason()).isNotBlank();
        assertThat(parked.payload())
                .hasValueSatisfying(payload -> assertThat(payload).isEqualTo(poison));
        assertThat(parked.size()).isEqualTo(poison.length);
        assertThat(parked.origin().shard()).isEqualTo(put.shardId());
        assertThat(parked.origin().partitionKey()).isEqualTo(poisonKey);
        assertThat(parked.origin().stream()).endsWith(pipeline().outputs().streamName());
        good.forEach(id -> pipeline().awaitStored(id));
    }

    @Test
    default void binaryPayloadsAreParkedByteForByte() {
        byte[] noise = new byte[5_000];
        new Random(7).nextBytes(noise);
        PutRecordResponse put = pipeline().putStraight(pipeline().id("noise"), noise);

        DeadLetter.Parked parked = awaitParked(put.sequenceNumber());

        assertThat(parked.code()).isEqualTo(ReasonCode.NOT_JSON);
        assertThat(parked.payload())
                .hasValueSatisfying(payload -> assertThat(payload).isEqualTo(noise));
    }

    @Test
    default void anEventIdTooLongForAKeyIsParked() {
        byte[] event = ("{\"eventId\":\"" + "k".repeat(2_049) + "\"}").getBytes(StandardCharsets.UTF_8);
        PutRecordResponse put = pipeline().putStraight(pipeline().id("long"), event);

        DeadLetter.Parked parked = awaitParked(put.sequenceNumber());

        assertThat(parked.code()).isEqualTo(ReasonCode.EVENT_ID_INVALID);
        assertThat(parked.payload())
                .hasValueSatisfying(payload -> assertThat(payload).isEqualTo(event));
    }

    @Test
    default void payloadsLargerThanAMessageAreParkedWithTheirStreamPosition() {
        byte[] noise = new byte[1_048_000];
        new Random(11).nextBytes(noise);
        PutRecordResponse put = pipeline().putStraight(pipeline().id("large"), noise);

        DeadLetter.Parked parked = awaitParked(put.sequenceNumber());

        assertThat(parked.payload()).isEmpty();
        assertThat(parked.size()).isEqualTo(noise.length);
        assertThat(parked.origin().shard()).isEqualTo(put.shardId());
    }

    @Test
    default void aDeletedDeadLetterDoesNotReappear() {
        PutRecordResponse put =
                pipeline().putStraight(pipeline().id("gone"), "no JSON".getBytes(StandardCharsets.UTF_8));
        DeadLetterQueue.ReceivedMessage taken = pipeline().awaitDeadLetter(parked(put.sequenceNumber()));

        assertThat(pipeline().deadLetters())
                .noneMatch(deadLetter -> deadLetter.messageId().equals(taken.messageId()));
    }

    private String putGood() {
        String id = pipeline().id("good");
        pipeline().putStraight(id, ("{\"name\":\"" + id + "\"}").getBytes(StandardCharsets.UTF_8));
        return id;
    }

    private DeadLetter.Parked awaitParked(String sequenceNumber) {
        return pipeline()
                .awaitDeadLetter(parked(sequenceNumber))
                .content()
                .map(DeadLetter.Parked.class::cast)
                .orElseThrow();
    }

    private static Predicate<DeadLetter> parked(String sequenceNumber) {
        return deadLetter -> deadLetter instanceof DeadLetter.Parked parked
                && parked.origin().sequenceNumber().equals(sequenceNumber);
    }
}
