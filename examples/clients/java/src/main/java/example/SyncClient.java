package example;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

/** AWS SDK for Java 2, synchronous: CBOR over HTTP/1.1. */
public final class SyncClient {

    private SyncClient() {}

    public static void main(String[] arguments) {
        String stream = System.getenv("STREAM");
        try (KinesisClient kinesis = KinesisClient.create()) {
            kinesis.createStream(request -> request.streamName(stream).shardCount(1));
            kinesis.waiter().waitUntilStreamExists(request -> request.streamName(stream));
            for (String text : Texts.ALL) {
                kinesis.putRecord(
                        request -> request.streamName(stream).partitionKey(text).data(SdkBytes.fromUtf8String(text)));
            }
            String iterator = kinesis.getShardIterator(request -> request.streamName(stream)
                            .shardId("shardId-000000000000")
                            .shardIteratorType(ShardIteratorType.TRIM_HORIZON))
                    .shardIterator();
            Set<String> received = new HashSet<>();
            while (!received.containsAll(List.of(Texts.ALL))) {
                String next = iterator;
                GetRecordsResponse page = kinesis.getRecords(request -> request.shardIterator(next));
                for (Record record : page.records()) {
                    Texts.received(record.data().asUtf8String());
                    received.add(record.data().asUtf8String());
                }
                iterator = page.nextShardIterator();
            }
        }
    }
}
