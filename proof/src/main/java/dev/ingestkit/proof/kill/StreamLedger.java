package dev.ingestkit.proof.kill;

import static java.util.Objects.requireNonNull;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

/** Puts records into a stream of its own and reads them by one iterator after the other. For one thread. */
final class StreamLedger implements Ledger {

    private static final String STREAM = "kill-ledger";

    private final KinesisClient kinesis;
    private final Map<String, Integer> acknowledged = new HashMap<>();
    private final Map<String, Integer> read = new HashMap<>();
    private int number;

    StreamLedger(KinesisClient kinesis) {
        this.kinesis = requireNonNull(kinesis, "kinesis");
        kinesis.createStream(request -> request.streamName(STREAM).shardCount(1));
    }

    /** Puts a record; now and then reads the youngest, which must not be another one later. */
    @Override
    public void step() {
        int own = number++;
        String sequenceNumber = kinesis.putRecord(request -> request.streamName(STREAM)
                        .partitionKey("key")
                        .data(SdkBytes.fromUtf8String(Integer.toString(own))))
                .sequenceNumber();
        Integer other = acknowledged.put(sequenceNumber, own);
        if (other != null) {
            throw new IllegalStateException(
                    "the sequence number %s was given to the records %d and %d".formatted(sequenceNumber, other, own));
        }
        if (own % 20 == 0) {
            kinesis.getRecords(request -> request.shardIterator(iterator(sequenceNumber)))
                    .records()
                    .forEach(record -> read.put(record.sequenceNumber(), number(record)));
        }
    }

    private static int number(Record record) {
        return Integer.parseInt(record.data().asUtf8String());
    }

    private String iterator(String sequenceNumber) {
        return kinesis.getShardIterator(request -> request.streamName(STREAM)
                        .shardId("shardId-000000000000")
                        .shardIteratorType(ShardIteratorType.AT_SEQUENCE_NUMBER)
                        .startingSequenceNumber(sequenceNumber))
                .shardIterator();
    }

    @Override
    public void close(List<String> broken) {
        Map<String, Integer> all = new HashMap<>();
        String iterator = first();
        boolean more = true;
        while (more) {
            GetRecordsResponse page = page(iterator);
            page.records().forEach(record -> all.put(record.sequenceNumber(), number(record)));
            more = !page.records().isEmpty();
            iterator = page.nextShardIterator();
        }
        compare("acknowledged", acknowledged, all, broken);
        compare("read", read, all, broken);
    }

    private static void compare(
            String kind, Map<String, Integer> expected, Map<String, Integer> all, List<String> broken) {
        expected.forEach((sequenceNumber, record) -> {
            if (!record.equals(all.get(sequenceNumber))) {
                broken.add("record %d was %s at %s, where %s is now"
                        .formatted(record, kind, sequenceNumber, all.get(sequenceNumber)));
            }
        });
    }

    private String first() {
        try {
            return kinesis.getShardIterator(request -> request.streamName(STREAM)
                            .shardId("shardId-000000000000")
                            .shardIteratorType(ShardIteratorType.TRIM_HORIZON))
                    .shardIterator();
        } catch (SdkException injected) {
            return first();
        }
    }

    private GetRecordsResponse page(String iterator) {
        try {
            return kinesis.getRecords(request -> request.shardIterator(iterator));
        } catch (SdkException injected) {
            return page(iterator);
        }
    }

    @Override
    public String toString() {
        return "%d records".formatted(acknowledged.size());
    }
}
