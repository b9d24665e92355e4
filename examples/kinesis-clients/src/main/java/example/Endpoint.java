package example;

import java.net.URI;
import java.util.concurrent.ExecutionException;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.services.cloudwatch.CloudWatchAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.kinesis.producer.KinesisProducer;
import software.amazon.kinesis.producer.KinesisProducerConfiguration;

/** The clients, all for the endpoint and the credentials that {@code ingest-cli env} has put into the environment. */
final class Endpoint implements AutoCloseable {

    final KinesisAsyncClient kinesis = KinesisAsyncClient.create();
    final DynamoDbAsyncClient dynamoDb = DynamoDbAsyncClient.create();
    final CloudWatchAsyncClient cloudWatch = CloudWatchAsyncClient.create();

    /** Returns a producer. It speaks TLS only, so it needs the certificate that the runtime has made. */
    KinesisProducer producer() {
        URI endpoint = URI.create(System.getenv("AWS_ENDPOINT_URL"));
        return new KinesisProducer(new KinesisProducerConfiguration()
                .setRegion(System.getenv("AWS_REGION"))
                .setCredentialsProvider(DefaultCredentialsProvider.builder().build())
                .setKinesisEndpoint(endpoint.getHost())
                .setKinesisPort(endpoint.getPort())
                .setCloudwatchEndpoint(endpoint.getHost())
                .setCloudwatchPort(endpoint.getPort())
                .setStsEndpoint(endpoint.getHost())
                .setStsPort(endpoint.getPort())
                .setCaCertFile(System.getenv("AWS_CA_BUNDLE"))
                .setRecordMaxBufferedTime(200));
    }

    void createStream(String name, int shards) throws InterruptedException, ExecutionException {
        kinesis.createStream(request -> request.streamName(name).shardCount(shards))
                .get();
        kinesis.waiter()
                .waitUntilStreamExists(request -> request.streamName(name))
                .get();
    }

    @Override
    public void close() {
        kinesis.close();
        dynamoDb.close();
        cloudWatch.close();
    }
}
