package dev.ingestkit.local.sqs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ingestkit.local.faults.Faults;
import dev.ingestkit.local.http.HttpRequest;
import dev.ingestkit.local.journal.Journal;
import dev.ingestkit.local.journal.Origin;
import dev.ingestkit.local.journal.Origins;
import dev.ingestkit.local.protocol.ServiceException;
import dev.ingestkit.local.protocol.ServiceRequest;
import dev.ingestkit.local.protocol.ServiceResponse;
import dev.ingestkit.local.store.Store;
import dev.ingestkit.local.time.MutableClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** A separate service, called as by the protocol layer. For readability JSON is written with single quotes. */
final class SqsCalls implements AutoCloseable {

    static final ObjectMapper JSON = new ObjectMapper();

    final MutableClock clock;
    final Journal journal;
    final SqsService service;

    SqsCalls() {
        this(Faults.NONE);
    }

    /** Starts a service over a store, with what an earlier one has left there. */
    SqsCalls(Store store, MutableClock clock) {
        this.clock = clock;
        this.journal = new Journal(clock);
        this.service = SqsService.over(
                store,
                new SqsService.Location("us-east-1", "000000000000", () -> "http://localhost:4566"),
                clock,
                journal,
                Origins.NONE,
                Faults.NONE,
                new SplittableRandom(5));
    }

    SqsCalls(Faults faults) {
        this.clock = new MutableClock();
        this.journal = new Journal(clock);
        this.service = new SqsService(
                new SqsService.Location("us-east-1", "000000000000", () -> "http://localhost:4566"),
                clock,
                journal,
                header ->
                        header.equals("Root=known") ? Optional.of(new Origin("request-7", "writer")) : Optional.empty(),
                faults,
                new SplittableRandom(5));
    }

    JsonNode call(String action, String input) {
        return join(start(action, input, Map.of()));
    }

    CompletableFuture<ServiceResponse> start(String action, String input, Map<String, List<String>> headers) {
        try {
            JsonNode members = JSON.readTree(input.replace('\'', '"'));
            HttpRequest http = new HttpRequest("POST", "/", "", headers, new byte[0], "127.0.0.1");
            return service.handle(new ServiceRequest(action, members, "request-1", ServiceRequest.Wire.JSON_1_0, http))
                    .toCompletableFuture();
        } catch (IOException notJson) {
            throw new UncheckedIOException(input, notJson);
        }
    }

    static JsonNode join(CompletableFuture<ServiceResponse> response) {
        try {
            return ((ServiceResponse.Tree) response.join()).members();
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof ServiceException error) {
                throw error;
            }
            throw failed;
        }
    }

    String create(String name, String attributes) {
        return call("CreateQueue", "{'QueueName':'%s','Attributes':{%s}}".formatted(name, attributes))
                .path("QueueUrl")
                .asText();
    }

    String send(String queue, String body) {
        return call("SendMessage", "{'QueueUrl':'%s','MessageBody':'%s'}".formatted(queue, body))
                .path("MessageId")
                .asText();
    }

    JsonNode sendFifo(String queue, String body, String group, String deduplication) {
        return call(
                "SendMessage",
                "{'QueueUrl':'%s','MessageBody':'%s','MessageGroupId':'%s','MessageDeduplicationId':'%s'}"
                        .formatted(queue, body, group, deduplication));
    }

    JsonNode receive(String queue, String more) {
        return call("ReceiveMessage", "{'QueueUrl':'%s','MaxNumberOfMessages':10%s}".formatted(queue, more))
                .path("Messages");
    }

    List<String> bodies(String queue) {
        List<String> bodies = new ArrayList<>();
        receive(queue, "").forEach(message -> bodies.add(message.path("Body").asText()));
        return bodies;
    }

    void delete(String queue, JsonNode message) {
        call(
                "DeleteMessage",
                "{'QueueUrl':'%s','ReceiptHandle':'%s'}"
                        .formatted(queue, message.path("ReceiptHandle").asText()));
    }

    String attribute(String queue, String name) {
        return call("GetQueueAttributes", "{'QueueUrl':'%s','AttributeNames':['All']}".formatted(queue))
                .path("Attributes")
                .path(name)
                .asText();
    }

    static String arn(String name) {
        return "arn:aws:sqs:us-east-1:000000000000:" + name;
    }

    /** Returns the attribute that moves repeatedly received messages to another queue. */
    static String redrive(String target, int receives) {
        return "'RedrivePolicy':'{\\\"deadLetterTargetArn\\\":\\\"%s\\\",\\\"maxReceiveCount\\\":%d}'"
                .formatted(arn(target), receives);
    }

    void assertError(String code, String action, String input) {
        assertThatExceptionOfType(ServiceException.class)
                .isThrownBy(() -> call(action, input))
                .satisfies(error -> assertThat(error.code()).isEqualTo(code));
    }

    @Override
    public void close() {
        service.close();
    }
}
