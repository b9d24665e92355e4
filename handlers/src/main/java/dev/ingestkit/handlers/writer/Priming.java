package dev.ingestkit.handlers.writer;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ingestkit.core.event.RecordOrigin;
import dev.ingestkit.core.item.Encoding.Encoded;
import dev.ingestkit.core.item.ItemEncoder;
import java.io.ByteArrayInputStream;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Processes a made-up record in the init phase, when the function has the full CPU and no caller waits. The classes
 * that the first write needs are then loaded, and part of the snapshot under SnapStart. Nothing is sent: the answers
 * come from memory.
 */
final class Priming {

    private static final byte[] PAYLOAD =
            "{\"kind\":\"priming\",\"amount\":1.5,\"items\":[1,true,null],\"more\":{\"a\":\"b\"}}".getBytes(UTF_8);
    private static final RecordOrigin ORIGIN = new RecordOrigin(
            "arn:aws:kinesis:us-east-1:000000000000:stream/priming",
            "shardId-000000000000",
            "49590338271490256608559692538361571095921575989136588898",
            "priming",
            Instant.EPOCH);

    private Priming() {}

    static void run(WriterConfig config) {
        try (DynamoDbClient client = AwsClients.dynamoDb(new AnswersFromMemory())) {
            Outcome unused = store(client, config);
            List<WriteResult> unusedResults = insert(client, config);
        }
    }

    /** Writes a sample. A failure is an outcome, not an exception; the first real write will meet and report it. */
    static Outcome store(DynamoDbClient client, WriterConfig config) {
        EventProcessor processor = new EventProcessor(
                new DynamoDbTable(client, config.tableName()), message -> {}, config.policy(), Clock.systemUTC());
        return processor.process(
                new EventRecord(PAYLOAD, ORIGIN), new ItemEncoder(config.options()).encode(PAYLOAD, ORIGIN));
    }

    /** Inserts two samples by one call, as most events of a batch are stored. */
    static List<WriteResult> insert(DynamoDbClient client, WriterConfig config) {
        if (!(new ItemEncoder(config.options()).encode(PAYLOAD, ORIGIN) instanceof Encoded sample)) {
            throw new IllegalStateException("the sample cannot be stored");
        }
        return new EventProcessor(
                        new DynamoDbTable(client, config.tableName()),
                        message -> {},
                        config.policy(),
                        Clock.systemUTC())
                .insert(List.of(sample, sample));
    }

    /** Answers every request as DynamoDB answers a successful put or a batch of two; a put ignores the members. */
    static final class AnswersFromMemory implements SdkHttpClient {

        private static final byte[] STORED =
                "{\"Responses\":[{\"TableName\":\"t\"},{\"TableName\":\"t\"}]}".getBytes(UTF_8);

        @Override
        public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
            return new ExecutableHttpRequest() {
                @Override
                public HttpExecuteResponse call() {
                    return HttpExecuteResponse.builder()
                            .response(SdkHttpResponse.builder()
                                    .statusCode(200)
                                    .putHeader("Content-Type", "application/x-amz-json-1.0")
                                    .putHeader("Content-Length", Integer.toString(STORED.length))
                                    .build())
                            .responseBody(AbortableInputStream.create(new ByteArrayInputStream(STORED)))
                            .build();
                }

                @Override
                public void abort() {
                    // the answer is available at once
                }
            };
        }

        @Override
        public void close() {
            // holds nothing
        }
    }
}
