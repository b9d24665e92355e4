package dev.ingestkit.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.PutRecordRequest;
import software.amazon.awssdk.services.sqs.SqsClient;

@IngestTest(template = "src/test/resources/orders.yaml")
class ResetTest {

    @Test
    void everythingIsAsAfterTheStart(IngestPipeline pipeline, DynamoDbClient table, SqsClient queues) {
        pipeline.addFault("function-invoke:error,match=none");
        pipeline.clock().freeze();
        pipeline.put("Orders", "order-1", "{}");
        pipeline.await("order-1").stored();
        pipeline.put("Orders", "order-2", "refuse");
        pipeline.clock().advance(Duration.ofDays(2));
        pipeline.await("order-2").deadLettered();
        queues.sendMessage(request -> request.queueUrl(pipeline.name("Refused")).messageBody("one more"));

        pipeline.reset();

        assertThat(table.scan(request -> request.tableName(pipeline.name("Table")))
                        .items())
                .isEmpty();
        assertThat(pipeline.messages("Refused")).isEmpty();
        assertThat(pipeline.journal().after(0, 10)).isEmpty();
        assertThat(pipeline.log("Writer")).isEmpty();
        assertThat(pipeline.clock().now()).isBefore(Instant.now().plusSeconds(60));
        pipeline.put("Orders", "order-1", "{\"again\":true}");
        pipeline.await("order-1").stored();
        assertThat(table.getItem(request -> request.tableName(pipeline.name("Table"))
                                .key(Map.of("id", AttributeValue.fromS("order-1"))))
                        .item())
                .containsEntry("order", AttributeValue.fromS("{\"again\":true}"));
    }

    @Test
    void clientsOfTheSdkAreParameters(IngestPipeline pipeline, KinesisClient kinesis) {
        kinesis.putRecord(PutRecordRequest.builder()
                .streamName(pipeline.name("Orders"))
                .partitionKey("by-the-sdk")
                .data(software.amazon.awssdk.core.SdkBytes.fromUtf8String("{}"))
                .build());
        pipeline.await("by-the-sdk").processed();
        assertThat(pipeline.client(KinesisClient.class)).isSameAs(kinesis);
    }
}
