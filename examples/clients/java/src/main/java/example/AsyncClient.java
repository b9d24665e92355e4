package example;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.model.ConsumerStatus;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;
import software.amazon.awssdk.services.kinesis.model.StartingPosition;
import software.amazon.awssdk.services.kinesis.model.SubscribeToShardEvent;
import software.amazon.awssdk.services.kinesis.model.SubscribeToShardResponseHandler;

/** AWS SDK for Java 2, asynchronous: CBOR over HTTP/2, and enhanced fan-out. */
public final class AsyncClient {

    private AsyncClient() {}

    public static void main(String[] arguments) throws Exception {
        String stream = System.getenv("STREAM");
        try (KinesisAsyncClient kinesis = KinesisAsyncClient.create()) {
            kinesis.createStream(request -> request.streamName(stream).shardCount(1))
                    .get();
            String arn = kinesis.describeStreamSummary(request -> request.streamName(stream))
                    .get()
                    .streamDescriptionSummary()
                    .streamARN();
            String consumer = kinesis.registerStreamConsumer(
                            request -> request.streamARN(arn).consumerName("async"))
                    .get()
                    .consumer()
                    .consumerARN();
            while (kinesis.describeStreamConsumer(request -> request.consumerARN(consumer))
                            .get()
                            .consumerDescription()
                            .consumerStatus()
                    != ConsumerStatus.ACTIVE) {
                Thread.sleep(100);
            }
            CountDownLatch missing = new CountDownLatch(Texts.ALL.length);
            kinesis.subscribeToShard(
                    request -> request.consumerARN(consumer)
                            .shardId("shardId-000000000000")
                            .startingPosition(StartingPosition.builder()
                                    .type(ShardIteratorType.TRIM_HORIZON)
                                    .build()),
                    SubscribeToShardResponseHandler.builder()
                            .subscriber(event -> print(event, missing))
                            .build());
            for (String text : Texts.ALL) {
                kinesis.putRecord(request ->
                                request.streamName(stream).partitionKey(text).data(SdkBytes.fromUtf8String(text)))
                        .get();
            }
            if (!missing.await(60, TimeUnit.SECONDS)) {
                throw new IllegalStateException("%d records are missing".formatted(missing.getCount()));
            }
        }
        System.exit(0); // The subscription is still open.
    }

    private static void print(Object event, CountDownLatch missing) {
        if (event instanceof SubscribeToShardEvent records) {
            records.records().forEach(record -> {
                Texts.received(record.data().asUtf8String());
                missing.countDown();
            });
        }
    }
}
