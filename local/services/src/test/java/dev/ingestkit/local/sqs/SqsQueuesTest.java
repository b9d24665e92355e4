package dev.ingestkit.local.sqs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ingestkit.local.events.Arn;
import dev.ingestkit.local.protocol.ServiceException;
import dev.ingestkit.local.protocol.ServiceResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Covers queues: names, attributes, tags, permissions. */
final class SqsQueuesTest {

    private final SqsCalls sqs = new SqsCalls();

    @AfterEach
    void close() {
        sqs.close();
    }

    @Test
    void queuesCanBePurgedOnceAMinute() {
        String queue = sqs.create("q", "");
        sqs.send(queue, "one");
        String purge = "{'QueueUrl':'%s'}".formatted(queue);
        sqs.call("PurgeQueue", purge);

        assertThat(sqs.bodies(queue)).isEmpty();
        sqs.assertError("PurgeQueueInProgress", "PurgeQueue", purge);
        sqs.clock.advance(Duration.ofSeconds(60));
        sqs.call("PurgeQueue", purge);
    }

    @Test
    void repeatedCreationReturnsTheQueue() {
        String url = sqs.create("q", "'DelaySeconds':'1'");

        assertThat(sqs.create("q", "'DelaySeconds':'1'")).isEqualTo(url);
        assertThat(url).isEqualTo("http://localhost:4566/queue/us-east-1/000000000000/q");
        assertThatExceptionOfType(ServiceException.class)
                .isThrownBy(() -> sqs.create("q", "'DelaySeconds':'2'"))
                .satisfies(error -> assertThat(error.queryCode()).contains("QueueAlreadyExists"));
    }

    @Test
    void deletedQueueNamesAreFreeAfterAMinute() {
        String queue = sqs.create("q", "");
        CompletableFuture<ServiceResponse> poll =
                sqs.start("ReceiveMessage", "{'QueueUrl':'%s','WaitTimeSeconds':20}".formatted(queue), Map.of());
        sqs.call("DeleteQueue", "{'QueueUrl':'%s'}".formatted(queue));

        assertThat(poll).isCompletedExceptionally();
        sqs.assertError("QueueDoesNotExist", "GetQueueUrl", "{'QueueName':'q'}");
        sqs.assertError("QueueDeletedRecently", "CreateQueue", "{'QueueName':'q'}");
        sqs.clock.advance(Duration.ofSeconds(60));
        sqs.create("q", "");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'VisibilityTimeout':'43201' | InvalidAttributeValue",
                "'DelaySeconds':'-1' | InvalidAttributeValue",
                "'MaximumMessageSize':'1048577' | InvalidAttributeValue",
                "'MessageRetentionPeriod':'59' | InvalidAttributeValue",
                "'ContentBasedDeduplication':'true' | InvalidAttributeName",
                "'FifoQueue':'false' | InvalidAttributeName",
                "'KmsMasterKeyId':'k','SqsManagedSseEnabled':'true' | InvalidAttributeName",
                "'RedrivePolicy':'no json' | InvalidAttributeValue",
                "'Color':'blue' | InvalidAttributeName"
            },
            quoteCharacter = '"')
    void invalidQueueAttributesAreRejected(String attribute, String code) {
        sqs.assertError(code, "CreateQueue", "{'QueueName':'q','Attributes':{%s}}".formatted(attribute));
    }

    @Test
    void queuesAreListedByPrefixAndPage() {
        for (String name : List.of("a1", "a2", "a3", "b")) {
            sqs.create(name, "");
        }
        JsonNode page = sqs.call("ListQueues", "{'QueueNamePrefix':'a','MaxResults':2}");
        assertThat(page.path("QueueUrls")).hasSize(2);
        JsonNode rest = sqs.call(
                "ListQueues",
                "{'QueueNamePrefix':'a','MaxResults':2,'NextToken':'%s'}"
                        .formatted(page.path("NextToken").asText()));
        assertThat(rest.path("QueueUrls")).hasSize(1);
        assertThat(rest.has("NextToken")).isFalse();
    }

    @Test
    void tagsAreStored() {
        String queue = sqs.create("q", "");
        sqs.call("TagQueue", "{'QueueUrl':'%s','Tags':{'a':'1','b':'2'}}".formatted(queue));
        sqs.call("UntagQueue", "{'QueueUrl':'%s','TagKeys':['a']}".formatted(queue));

        assertThat(sqs.call("ListQueueTags", "{'QueueUrl':'%s'}".formatted(queue))
                        .path("Tags")
                        .toString())
                .isEqualTo("{\"b\":\"2\"}");
    }

    @Test
    void permissionsArePolicyStatements() {
        String queue = sqs.create("q", "");
        String label = "{'QueueUrl':'%s','Label':'send'".formatted(queue);
        sqs.call("AddPermission", label + ",'AWSAccountIds':['123456789012'],'Actions':['SendMessage']}");
        assertThat(sqs.attribute(queue, "Policy"))
                .contains("\"Action\":\"SQS:SendMessage\"")
                .contains("arn:aws:iam::123456789012:root");

        sqs.call("RemovePermission", label + "}");
        assertThat(sqs.attribute(queue, "Policy")).isEmpty();
        sqs.assertError("InvalidParameterValueException", "RemovePermission", label + "}");
    }

    @Test
    void permissionsAreForUpToSevenActionsOfMessages() {
        String queue = sqs.create("q", "");
        String label = "{'QueueUrl':'%s','Label':'l','AWSAccountIds':['123456789012'],'Actions':".formatted(queue);

        sqs.assertError("OverLimit", "AddPermission", label + "['SendMessage','a','b','c','d','e','f','g']}");
        sqs.assertError("InvalidParameterValueException", "AddPermission", label + "['CreateQueue']}");
        sqs.assertError("InvalidParameterValueException", "AddPermission", label + "['SendMessageBatch']}");
        sqs.call("AddPermission", label + "['*']}");
    }

    @Test
    void namesWithTheSuffixNeedAFifoQueue() {
        sqs.assertError("InvalidParameterValueException", "CreateQueue", "{'QueueName':'q.fifo'}");
        sqs.assertError(
                "InvalidParameterValueException", "CreateQueue", "{'QueueName':'q','Attributes':{'FifoQueue':'true'}}");
    }

    @Test
    void templatePropertiesAreQueueAttributes() throws Exception {
        sqs.create("dead", "");
        Arn arn = sqs.service.createFromTemplate("unused", SqsCalls.JSON.readTree("""
            {"QueueName":"mine","VisibilityTimeout":7,"SqsManagedSseEnabled":true,"Tags":[{"Key":"a","Value":"1"}],
             "RedrivePolicy":{"deadLetterTargetArn":"arn:aws:sqs:us-east-1:000000000000:dead","maxReceiveCount":3}}\
            """));

        assertThat(arn).hasToString(SqsCalls.arn("mine"));
        assertThat(sqs.attribute("mine", "VisibilityTimeout")).isEqualTo("7");
        assertThat(sqs.attribute("mine", "RedrivePolicy")).contains("\"maxReceiveCount\":3");
    }

    @Test
    void booleanAttributesAreReadInAnyCase() {
        String queue = sqs.create("q.fifo", "'FifoQueue':'True','ContentBasedDeduplication':'True'");

        assertThat(sqs.attribute(queue, "ContentBasedDeduplication")).isEqualTo("true");
        assertThat(sqs.create("q.fifo", "'FifoQueue':'True','ContentBasedDeduplication':'TRUE'"))
                .isEqualTo(queue);
    }

    @Test
    void oneKindOfEncryptionIsShown() {
        String queue = sqs.create("q", "'KmsDataKeyReusePeriodSeconds':'60'");
        assertThat(sqs.attribute(queue, "KmsDataKeyReusePeriodSeconds")).isEmpty();
        assertThat(sqs.attribute(queue, "SqsManagedSseEnabled")).isEqualTo("true");

        sqs.call("SetQueueAttributes", "{'QueueUrl':'%s','Attributes':{'KmsMasterKeyId':'k'}}".formatted(queue));
        assertThat(sqs.attribute(queue, "KmsDataKeyReusePeriodSeconds")).isEqualTo("60");
        assertThat(sqs.attribute(queue, "SqsManagedSseEnabled")).isEqualTo("false");
    }

    @Test
    void listsWithoutAQueueHaveNoUrls() {
        assertThat(sqs.call("ListQueues", "{}").isEmpty()).isTrue();
    }
}
