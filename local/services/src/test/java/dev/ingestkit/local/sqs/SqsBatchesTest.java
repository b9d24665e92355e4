package dev.ingestkit.local.sqs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Covers batches of messages: their limits, and entries that fail. */
final class SqsBatchesTest {

    private final SqsCalls sqs = new SqsCalls();

    @AfterEach
    void close() {
        sqs.close();
    }

    @Test
    void batchEntriesSucceedAndFailIndependently() {
        String queue = sqs.create("q", "");
        JsonNode response = sqs.call("SendMessageBatch", """
            {'QueueUrl':'%s','Entries':[{'Id':'good','MessageBody':'a'},
             {'Id':'bad','MessageBody':'\\u0001'},{'Id':'late','MessageBody':'b','DelaySeconds':901}]}\
            """.formatted(queue));

        assertThat(response.path("Successful"))
                .extracting(entry -> entry.path("Id").asText())
                .containsExactly("good");
        assertThat(response.path("Failed"))
                .extracting(entry -> entry.path("Id").asText())
                .containsExactly("bad", "late");

        String handle = sqs.receive(queue, "").path(0).path("ReceiptHandle").asText();
        JsonNode deleted = sqs.call(
                "DeleteMessageBatch",
                "{'QueueUrl':'%s','Entries':[{'Id':'a','ReceiptHandle':'%s'},{'Id':'b','ReceiptHandle':'x'}]}"
                        .formatted(queue, handle));
        assertThat(deleted.path("Successful")).hasSize(1);
        assertThat(deleted.path("Failed").path(0).path("Code").asText()).isEqualTo("ReceiptHandleIsInvalid");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[] | EmptyBatchRequest",
                "[{'Id':'a','MessageBody':'x'},{'Id':'a','MessageBody':'y'}] | BatchEntryIdsNotDistinct",
                "[{'Id':'a b','MessageBody':'x'}] | InvalidBatchEntryId"
            },
            quoteCharacter = '"')
    void invalidBatchesAreRejected(String entries, String code) {
        String queue = sqs.create("q", "");

        sqs.assertError(code, "SendMessageBatch", "{'QueueUrl':'%s','Entries':%s}".formatted(queue, entries));
    }

    @Test
    void batchesHaveAtMostTenEntries() {
        String queue = sqs.create("q", "");
        List<String> entries = new ArrayList<>();
        for (int number = 0; number < 11; number++) {
            entries.add("{'Id':'%d','MessageBody':'x'}".formatted(number));
        }
        sqs.assertError(
                "TooManyEntriesInBatchRequest",
                "SendMessageBatch",
                "{'QueueUrl':'%s','Entries':[%s]}".formatted(queue, String.join(",", entries)));
    }
}
