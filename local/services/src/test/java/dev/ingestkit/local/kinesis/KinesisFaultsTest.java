package dev.ingestkit.local.kinesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ingestkit.local.events.ShardId;
import dev.ingestkit.local.faults.FaultKind;
import dev.ingestkit.local.faults.FaultStage;
import dev.ingestkit.local.faults.Faults;
import dev.ingestkit.local.http.DroppedConnectionException;
import dev.ingestkit.local.protocol.ServiceException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class KinesisFaultsTest {

    private static final String PUT_TWO =
            "{'StreamName':'s','Records':[{'PartitionKey':'good','Data':'YQ=='},{'PartitionKey':'bad','Data':'Yg=='}]}";

    /** Injects a fault into calls on the target {@code bad}. */
    private static KinesisCalls with(FaultStage at, FaultKind kind, String target) {
        Faults faults = (stage, about) -> stage == at && about.equals(target)
                ? Optional.of(new Faults.Fault(kind, Duration.ofMillis(20)))
                : Optional.empty();
        KinesisCalls kinesis = new KinesisCalls(options -> options, faults);
        kinesis.createStream("s", 1);
        return kinesis;
    }

    private static long stored(KinesisCalls kinesis) {
        try (ShardCursor cursor =
                kinesis.service.stream("s").orElseThrow().open(new ShardId(0), new IteratorPosition.TrimHorizon())) {
            return cursor.read(100).records().size();
        }
    }

    @Test
    void throttlingFailsOnlyTheEntry() {
        try (KinesisCalls kinesis = with(FaultStage.KINESIS_PUT, FaultKind.THROTTLE, "bad")) {
            JsonNode response = kinesis.call("PutRecords", PUT_TWO);

            assertThat(response.path("FailedRecordCount").asInt()).isEqualTo(1);
            assertThat(response.at("/Records/0/SequenceNumber").asText()).hasSize(56);
            assertThat(response.at("/Records/1/ErrorCode").asText())
                    .isEqualTo("ProvisionedThroughputExceededException");
            assertThat(stored(kinesis)).isEqualTo(1);
        }
    }

    @Test
    void errorsStoreNoRecordAndReturn500() {
        try (KinesisCalls kinesis = with(FaultStage.KINESIS_PUT, FaultKind.ERROR, "bad")) {
            assertThatThrownBy(() -> kinesis.put("s", "bad", "x"))
                    .isInstanceOfSatisfying(
                            ServiceException.class,
                            error -> assertThat(error.status()).isEqualTo(500));
            assertThat(kinesis.call("PutRecords", PUT_TWO)
                            .at("/Records/1/ErrorCode")
                            .asText())
                    .isEqualTo("InternalFailure");
            assertThat(stored(kinesis)).isEqualTo(1);
        }
    }

    @Test
    void droppedConnectionsStoreTheRecordWithoutAResponse() {
        try (KinesisCalls kinesis = with(FaultStage.KINESIS_PUT, FaultKind.DROP, "bad")) {
            assertThatThrownBy(() -> kinesis.put("s", "bad", "x"))
                    .isInstanceOf(CompletionException.class)
                    .hasCauseInstanceOf(DroppedConnectionException.class);
            assertThat(stored(kinesis)).isEqualTo(1);
        }
    }

    @Test
    void duplicatesStoreTheRecordTwice() {
        try (KinesisCalls kinesis = with(FaultStage.KINESIS_PUT, FaultKind.DUPLICATE, "bad")) {
            kinesis.call("PutRecords", PUT_TWO);

            assertThat(stored(kinesis)).isEqualTo(3);
        }
    }

    @Test
    void delaysReturnTheSameResponseLater() {
        try (KinesisCalls kinesis = with(FaultStage.KINESIS_PUT, FaultKind.DELAY, "bad")) {
            assertThat(kinesis.put("s", "bad", "x").path("SequenceNumber").asText())
                    .hasSize(56);
        }
    }

    @Test
    void timeoutsStoreNoRecordAndNeverRespond() {
        try (KinesisCalls kinesis = with(FaultStage.KINESIS_PUT, FaultKind.TIMEOUT, "bad")) {
            CompletionStage<?> response = kinesis.service.handle(KinesisCalls.request("PutRecords", PUT_TWO));

            assertThat(response.toCompletableFuture()).isNotDone();
            assertThat(stored(kinesis)).isZero();
        }
    }

    @Test
    void readsCanBeThrottled() {
        try (KinesisCalls kinesis = with(FaultStage.KINESIS_GET, FaultKind.THROTTLE, "shardId-000000000000")) {
            String iterator = kinesis.iterator("s", "0", "'TRIM_HORIZON'");

            assertThatThrownBy(() -> kinesis.records(iterator))
                    .hasMessage("Rate exceeded for shard shardId-000000000000 in stream s under account 000000000000.");
        }
    }

    @Test
    void duplicatedReadsReturnTheirRecordsAgain() {
        AtomicBoolean due = new AtomicBoolean(true);
        Faults once = (stage, target) -> stage == FaultStage.KINESIS_GET && due.getAndSet(false)
                ? Optional.of(new Faults.Fault(FaultKind.DUPLICATE, Duration.ZERO))
                : Optional.empty();
        try (KinesisCalls kinesis = new KinesisCalls(options -> options, once)) {
            kinesis.createStream("s", 1);
            kinesis.put("s", "k", "one");

            JsonNode first = kinesis.records(kinesis.iterator("s", "0", "'TRIM_HORIZON'"));
            JsonNode second = kinesis.records(first.path("NextShardIterator").asText());
            JsonNode third = kinesis.records(second.path("NextShardIterator").asText());

            assertThat(KinesisCalls.texts(first)).containsExactly("one");
            assertThat(KinesisCalls.texts(second)).containsExactly("one");
            assertThat(KinesisCalls.texts(third)).isEmpty();
        }
    }
}
