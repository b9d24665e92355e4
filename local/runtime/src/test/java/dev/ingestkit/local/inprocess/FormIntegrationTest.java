package dev.ingestkit.local.inprocess;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ingestkit.local.faults.Faults;
import dev.ingestkit.local.gateway.IdSource;
import dev.ingestkit.local.gateway.IntegrationBackend.Answer;
import dev.ingestkit.local.journal.Journal;
import dev.ingestkit.local.sqs.SqsService;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Integrations of SQS by path, whose request is a form. */
class FormIntegrationTest {

    private final SqsService sqs = new SqsService(
            new SqsService.Location("us-east-1", "000000000000", () -> "http://localhost:4566"),
            Clock.systemUTC(),
            new Journal(Clock.systemUTC()),
            header -> Optional.empty(),
            Faults.NONE,
            new SplittableRandom(1));
    private final ServiceIntegrationBackend backend = new ServiceIntegrationBackend(List.of(sqs), IdSource.random());

    @BeforeEach
    void createQueue() {
        assertThat(call("CreateQueue", "{\"QueueName\":\"orders\"}").status()).isEqualTo(200);
    }

    @AfterEach
    void close() {
        sqs.close();
    }

    @Test
    void aFormSendsItsDecodedBodyToTheQueueOfThePath() throws IOException {
        Answer answer = submit(
                "orders",
                "Action=SendMessage&MessageBody=a%26b%2Bc+d&MessageAttribute.1.Name=n"
                        + "&MessageAttribute.1.Value.DataType=String&MessageAttribute.1.Value.StringValue=v");

        JsonNode sent = json(answer).at("/SendMessageResponse/SendMessageResult");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(sent.path("MessageId").asText()).hasSize(36);
        assertThat(json(answer)
                        .at("/SendMessageResponse/ResponseMetadata/RequestId")
                        .asText())
                .isNotEmpty();
        Answer received = call("ReceiveMessage", """
            {"QueueUrl":"http://localhost/000000000000/orders","MessageAttributeNames":["All"]}\
            """);
        assertThat(json(received).at("/Messages/0/Body").asText()).isEqualTo("a&b+c d");
        assertThat(json(received)
                        .at("/Messages/0/MessageAttributes/n/StringValue")
                        .asText())
                .isEqualTo("v");
    }

    @Test
    void aMissingQueueIsTheErrorOfTheQueryProtocol() throws IOException {
        Answer answer = submit("none", "Action=SendMessage&MessageBody=a");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(json(answer).at("/Error/Code").asText()).isEqualTo("AWS.SimpleQueueService.NonExistentQueue");
        assertThat(json(answer).at("/Error/Type").asText()).isEqualTo("Sender");
    }

    @Test
    void aFormWithoutAnActionIsRefused() throws IOException {
        assertThat(json(submit("orders", "MessageBody=a")).at("/Error/Code").asText())
                .isEqualTo("MissingAction");
    }

    private static JsonNode json(Answer answer) throws IOException {
        return new ObjectMapper().readTree(answer.body());
    }

    private Answer submit(String queue, String form) {
        return answer(backend.submit("sqs", "000000000000/" + queue, Map.of(), form.getBytes(StandardCharsets.UTF_8)));
    }

    private Answer call(String action, String body) {
        return answer(backend.call("sqs", action, Map.of(), body.getBytes(StandardCharsets.UTF_8)));
    }

    private static Answer answer(CompletionStage<Answer> stage) {
        return stage.toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
    }
}
