package dev.ingestkit.local.sqs;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ingestkit.local.faults.Faults;
import dev.ingestkit.local.http.HttpServer;
import dev.ingestkit.local.http.HttpServerConfig;
import dev.ingestkit.local.journal.Journal;
import dev.ingestkit.local.journal.Origins;
import dev.ingestkit.local.protocol.ServiceRouter;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/** Calls the service over its port with AWS's own client, which verifies digests, and in the query protocol. */
final class SqsHttpTest {

    private final SqsService service;
    private final HttpServer server;

    SqsHttpTest() {
        int[] port = new int[1];
        service = new SqsService(
                new SqsService.Location("us-east-1", "000000000000", () -> "http://localhost:" + port[0]),
                Clock.systemUTC(),
                new Journal(Clock.systemUTC()),
                Origins.NONE,
                Faults.NONE,
                new SplittableRandom(9));
        server = HttpServer.start(
                HttpServerConfig.loopback(0),
                ServiceRouter.builder().service(service).build());
        port[0] = server.port();
    }

    @AfterEach
    void close() {
        server.close();
        service.close();
    }

    @Test
    void sdkClientSendsReceivesAndDeletes() {
        try (SqsClient client = client(URI.create("http://localhost:" + server.port()))) {
            String queue = client.createQueue(create -> create.queueName("q")).queueUrl();
            client.sendMessage(send -> send.queueUrl(queue)
                    .messageBody("é 𝄞")
                    .messageAttributes(Map.of(
                            "b",
                            MessageAttributeValue.builder()
                                    .dataType("Binary")
                                    .binaryValue(SdkBytes.fromByteArray(new byte[] {0, 1, 2}))
                                    .build())));

            Message message = client.receiveMessage(receive -> receive.queueUrl(queue)
                            .waitTimeSeconds(1)
                            .messageAttributeNames("All")
                            .messageSystemAttributeNames(MessageSystemAttributeName.ALL))
                    .messages()
                    .get(0);

            assertThat(message.body()).isEqualTo("é 𝄞");
            assertThat(requireNonNull(message.messageAttributes().get("b"))
                            .binaryValue()
                            .asByteArray())
                    .containsExactly(0, 1, 2);
            client.deleteMessage(delete -> delete.queueUrl(queue).receiptHandle(message.receiptHandle()));
            assertThat(client.getQueueAttributes(get -> get.queueUrl(queue)
                                    .attributeNames(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE))
                            .attributesAsStrings())
                    .containsEntry("ApproximateNumberOfMessagesNotVisible", "0");
            assertThatExceptionOfType(QueueDoesNotExistException.class)
                    .isThrownBy(() -> client.getQueueUrl(get -> get.queueName("nowhere")));
        }
    }

    @Test
    void sdkClientSendsBatches() {
        try (SqsClient client = client(URI.create("http://localhost:" + server.port()))) {
            String queue = client.createQueue(create -> create.queueName("q")).queueUrl();

            var response = client.sendMessageBatch(batch -> batch.queueUrl(queue)
                    .entries(
                            SendMessageBatchRequestEntry.builder()
                                    .id("a")
                                    .messageBody("1")
                                    .build(),
                            SendMessageBatchRequestEntry.builder()
                                    .id("b")
                                    .messageBody("\u0001")
                                    .build()));

            assertThat(response.successful())
                    .singleElement()
                    .satisfies(entry -> assertThat(entry.id()).isEqualTo("a"));
            assertThat(response.failed())
                    .singleElement()
                    .satisfies(entry -> assertThat(entry.senderFault()).isTrue());
        }
    }

    @Test
    void queryProtocolIsSupported() throws Exception {
        String created = query(
                "/",
                "Action=CreateQueue&QueueName=q&Attribute.1.Name=DelaySeconds&Attribute.1.Value=0"
                        + "&Tag.1.Key=team&Tag.1.Value=a");
        assertThat(created)
                .contains("<CreateQueueResponse xmlns=\"http://queue.amazonaws.com/doc/2012-11-05/\">")
                .contains("<QueueUrl>http://localhost:" + server.port() + "/queue/us-east-1/000000000000/q</QueueUrl>");

        String sent = query(
                "/000000000000/q",
                "Action=SendMessage&MessageBody=a%26b&MessageAttribute.1.Name=n&MessageAttribute.1.Value.DataType=String"
                        + "&MessageAttribute.1.Value.StringValue=v");
        assertThat(sent).contains("<MD5OfMessageBody>").contains("<MD5OfMessageAttributes>");

        String received = query(
                "/queue/us-east-1/000000000000/q",
                "Action=ReceiveMessage&MaxNumberOfMessages=2&AttributeName.1=All&MessageAttributeName.1=All");
        assertThat(received)
                .contains("<Message><MessageId>")
                .contains("<Body>a&amp;b</Body>")
                .contains("<Attribute><Name>SenderId</Name><Value>000000000000</Value></Attribute>")
                .contains("<MessageAttribute><Name>n</Name><Value><StringValue>v</StringValue>");

        assertThat(query("/000000000000/q", "Action=ListQueueTags"))
                .contains("<Tag><Key>team</Key><Value>a</Value></Tag>");
        assertThat(query("/", "Action=ListQueues")).contains("<ListQueuesResult><QueueUrl>");
        assertThat(query(
                        "/000000000000/q",
                        "Action=SendMessageBatch&SendMessageBatchRequestEntry.1.Id=x"
                                + "&SendMessageBatchRequestEntry.1.MessageBody=1"
                                + "&SendMessageBatchRequestEntry.1.DelaySeconds=2"))
                .contains("<SendMessageBatchResultEntry>")
                .contains("<Id>x</Id>");
        assertThat(query("/", "Action=GetQueueUrl&QueueName=nowhere"))
                .contains(
                        "<Code>AWS.SimpleQueueService.NonExistentQueue</Code>"
                                + "<Message>The specified queue does not exist for this wsdl version.</Message><Detail/></Error>");
    }

    @Test
    void queryProtocolHasEmptyResultsAndEmptyLists() throws Exception {
        String path = "/000000000000/q";
        query("/", "Action=CreateQueue&QueueName=q");

        assertThat(query(path, "Action=ReceiveMessage&AttributeNames=&MessageAttributeName="))
                .contains("<ReceiveMessageResult/>");
        assertThat(query(path, "Action=ListQueueTags")).contains("<ListQueueTagsResult/>");
        assertThat(query(path, "Action=GetQueueAttributes")).contains("<GetQueueAttributesResult/>");
        assertThat(query(path, "Action=PurgeQueue")).doesNotContain("Result");
        assertThat(query(path, "Action=SendMessageBatch&Entries="))
                .contains("<Code>AWS.SimpleQueueService.EmptyBatchRequest</Code>");
        assertThat(query(path, "Action=Nonsense")).contains("<Code>InvalidAction</Code>");
    }

    private String query(String path, String form) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + server.port() + path))
                .version(HttpClient.Version.HTTP_1_1)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header(
                        "Authorization",
                        "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/sqs/aws4_request, SignedHeaders=host,"
                                + " Signature=0")
                .POST(HttpRequest.BodyPublishers.ofString(form + "&Version=2012-11-05"))
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private static SqsClient client(URI endpoint) {
        return SqsClient.builder()
                .endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
                .httpClient(UrlConnectionHttpClient.create())
                .build();
    }
}
