package dev.ingestkit.local.kinesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ingestkit.local.protocol.ServiceException;
import java.math.BigInteger;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class KinesisErrorsTest {

    private static final String ARN = "arn:aws:kinesis:us-east-1:000000000000:stream/s";

    private final KinesisCalls kinesis = new KinesisCalls();

    @AfterEach
    void close() {
        kinesis.close();
    }

    static Stream<Arguments> putRecordValidations() {
        return Stream.of(
                Arguments.of(
                        "PutRecord",
                        "{'StreamName':'s','PartitionKey':'%s','Data':''}".formatted("k".repeat(257)),
                        "1 validation error detected: Value '%s' at 'partitionKey' failed to satisfy constraint: Member must have length less than or equal to 256"
                                .formatted("k".repeat(257))),
                Arguments.of(
                        "PutRecord",
                        "{'StreamName':'s','PartitionKey':'','Data':''}",
                        "1 validation error detected: Value '' at 'partitionKey' failed to satisfy constraint: Member"
                                + " must have length greater than or equal to 1"),
                Arguments.of(
                        "PutRecord",
                        "{'StreamName':'a b','PartitionKey':'k'}",
                        "2 validation errors detected: Value 'a b' at 'streamName' failed to satisfy constraint:"
                                + " Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+; Value null at 'data'"
                                + " failed to satisfy constraint: Member must not be null"),
                Arguments.of(
                        "PutRecord",
                        "{'StreamName':'s','PartitionKey':'k','Data':'','ExplicitHashKey':'-1'}",
                        "1 validation error detected: Value '-1' at 'explicitHashKey' failed to satisfy constraint:"
                                + " Member must satisfy regular expression pattern: 0|([1-9]\\d{0,38})"),
                Arguments.of(
                        "PutRecord",
                        "{'StreamName':'s','PartitionKey':'k','Data':'%s'}"
                                .formatted(KinesisCalls.base64("x".repeat(1_048_577))),
                        "1 validation error detected: Value 'HeapByteBuffer[pos=0 lim=1048577 cap=1048577]' at 'data'"
                                + " failed to satisfy constraint: Member must have length less than or equal to 1048576"));
    }

    static Stream<Arguments> otherValidations() {
        return Stream.of(
                Arguments.of(
                        "PutRecords",
                        "{'StreamName':'s','Records':[]}",
                        "1 validation error detected: Value '[]' at 'records' failed to satisfy constraint: Member"
                                + " must have length greater than or equal to 1"),
                Arguments.of(
                        "PutRecords",
                        "{'StreamName':'s','Records':[{'Data':'','PartitionKey':'k'},{'Data':''}]}",
                        "1 validation error detected: Value null at 'records.2.member.partitionKey' failed to satisfy"
                                + " constraint: Member must not be null"),
                Arguments.of(
                        "GetRecords",
                        "{'ShardIterator':'x','Limit':10001}",
                        "1 validation error detected: Value '10001' at 'limit' failed to satisfy constraint: Member"
                                + " must have value less than or equal to 10000"),
                Arguments.of(
                        "GetShardIterator",
                        "{'StreamName':'s','ShardId':'shardId-000000000000','ShardIteratorType':'FIRST'}",
                        "1 validation error detected: Value 'FIRST' at 'shardIteratorType' failed to satisfy"
                                + " constraint: Member must satisfy enum value set: [AFTER_SEQUENCE_NUMBER, LATEST,"
                                + " AT_TIMESTAMP, AT_SEQUENCE_NUMBER, TRIM_HORIZON]"),
                Arguments.of(
                        "CreateStream",
                        "{'StreamName':'t','ShardCount':0}",
                        "1 validation error detected: Value '0' at 'shardCount' failed to satisfy constraint: Member"
                                + " must have value greater than or equal to 1"));
    }

    @ParameterizedTest
    @MethodSource({"putRecordValidations", "otherValidations"})
    void violatedConstraintsAreNamedInAwsWords(String action, String input, String message) {
        kinesis.createStream("s", 1);

        assertFails("ValidationException", message, action, input);
    }

    static Stream<Arguments> streamErrors() {
        return Stream.of(
                Arguments.of(
                        "CreateStream",
                        "{'StreamName':'s','ShardCount':1}",
                        "ResourceInUseException",
                        "Stream s under account 000000000000 already exists."),
                Arguments.of(
                        "CreateStream",
                        "{'StreamName':'t','ShardCount':20001}",
                        "LimitExceededException",
                        "This request would exceed the shard limit for the account 000000000000 in us-east-1. Current"
                                + " shard count for the account: 1. Limit: 20000. Number of additional shards that would"
                                + " have resulted from this request: 20001. Refer to the AWS Service Limits page"
                                + " (http://docs.aws.amazon.com/general/latest/gr/aws_service_limits.html) for current"
                                + " limits and how to request higher limits."),
                Arguments.of(
                        "DescribeStream",
                        "{'StreamName':'t'}",
                        "ResourceNotFoundException",
                        "Stream t under account 000000000000 not found."),
                Arguments.of(
                        "DescribeStream",
                        "{'StreamARN':'arn:aws::kinesis:us-east-1:000000000000:stream/s'}",
                        "ResourceNotFoundException",
                        "Stream arn:aws::kinesis:us-east-1:000000000000:stream/s under account 000000000000 not"
                                + " found."));
    }

    static Stream<Arguments> iteratorErrors() {
        return Stream.of(
                Arguments.of(
                        "GetShardIterator",
                        "{'StreamName':'s','ShardId':'shardId-000000000007','ShardIteratorType':'LATEST'}",
                        "ResourceNotFoundException",
                        "Shard shardId-000000000007 in stream s under account 000000000000 does not exist"),
                Arguments.of(
                        "GetShardIterator",
                        "{'StreamName':'s','ShardId':'nonsense','ShardIteratorType':'LATEST'}",
                        "ResourceNotFoundException",
                        "Could not find shard nonsense in stream s under account 000000000000."),
                Arguments.of(
                        "GetShardIterator",
                        "{'StreamName':'s','ShardId':'0','ShardIteratorType':'AT_SEQUENCE_NUMBER'}",
                        "InvalidArgumentException",
                        "Must either specify (1) AT_SEQUENCE_NUMBER or AFTER_SEQUENCE_NUMBER and"
                                + " StartingSequenceNumber or (2) TRIM_HORIZON or LATEST and no StartingSequenceNumber."
                                + " Request specified AT_SEQUENCE_NUMBER and no StartingSequenceNumber."),
                Arguments.of(
                        "GetShardIterator",
                        "{'StreamName':'s','ShardId':'0','ShardIteratorType':'LATEST','StartingSequenceNumber':'0'}",
                        "InvalidArgumentException",
                        "Must either specify (1) AT_SEQUENCE_NUMBER or AFTER_SEQUENCE_NUMBER and"
                                + " StartingSequenceNumber or (2) TRIM_HORIZON or LATEST and no StartingSequenceNumber."
                                + " Request specified LATEST and also a StartingSequenceNumber."),
                Arguments.of(
                        "GetShardIterator",
                        "{'StreamName':'s','ShardId':'0','ShardIteratorType':'AT_SEQUENCE_NUMBER','StartingSequenceNumber':'5'}",
                        "InvalidArgumentException",
                        "StartingSequenceNumber 5 used in GetShardIterator on shard shardId-000000000000 in stream s"
                                + " under account 000000000000 is invalid."),
                Arguments.of(
                        "GetShardIterator",
                        "{'StreamName':'s','ShardId':'0','ShardIteratorType':'AT_TIMESTAMP','Timestamp':1767225601}",
                        "InvalidArgumentException",
                        "The timestampInMillis parameter cannot be greater than the currentTimestampInMillis."
                                + " timestampInMillis: 1767225601000, currentTimestampInMillis: 1767225600000"));
    }

    static Stream<Arguments> putErrors() {
        return Stream.of(
                Arguments.of(
                        "PutRecord",
                        "{'StreamName':'s','PartitionKey':'k','Data':'','SequenceNumberForOrdering':'5'}",
                        "InvalidArgumentException",
                        "ExclusiveMinimumSequenceNumber 5 used in PutRecord on stream s under account 000000000000 is"
                                + " invalid."),
                Arguments.of(
                        "PutRecord",
                        "{'PartitionKey':'k','Data':''}",
                        "InvalidArgumentException",
                        "Either StreamName or StreamARN must be provided."));
    }

    @ParameterizedTest
    @MethodSource({"streamErrors", "iteratorErrors", "putErrors"})
    void invalidCallsGetTheErrorsOfAws(String action, String input, String code, String message) {
        kinesis.createStream("s", 1);

        assertFails(code, message, action, input);
    }

    private void assertFails(String code, String message, String action, String input) {
        assertThatThrownBy(() -> kinesis.call(action, input))
                .hasMessage(message)
                .isInstanceOfSatisfying(ServiceException.class, error -> {
                    assertThat(error.code()).isEqualTo(code);
                    assertThat(error.status()).isEqualTo(400);
                });
    }

    @Test
    void sequenceNumbersOfAnotherShardAndStreamGetDifferentErrors() {
        kinesis.createStream("s", 2);
        String number = kinesis.put("s", "a", "x").path("SequenceNumber").asText();

        assertFails(
                "InvalidArgumentException",
                "Invalid StartingSequenceNumber. It encodes shardId-000000000000, while it was used in a call to"
                        + " shardId-000000000001",
                "GetShardIterator",
                "{'StreamName':'s','ShardId':'1','ShardIteratorType':'AT_SEQUENCE_NUMBER','StartingSequenceNumber':'%s'}"
                        .formatted(number));
        kinesis.clock.advance(Duration.ofSeconds(2));
        kinesis.createStream("t", 1);
        assertFails(
                "InvalidArgumentException",
                ("StartingSequenceNumber %s used in GetShardIterator on shard shardId-000000000000 in stream t under"
                                + " account 000000000000 is invalid because it did not come from this stream.")
                        .formatted(number),
                "GetShardIterator",
                "{'StreamName':'t','ShardId':'0','ShardIteratorType':'AT_SEQUENCE_NUMBER','StartingSequenceNumber':'%s'}"
                        .formatted(number));
    }

    @Test
    void requestsLargerThanTenMebibytesAreRejected() {
        kinesis.createStream("s", 1);
        String entry = "{'PartitionKey':'k','Data':'%s'}".formatted(KinesisCalls.base64("x".repeat(1_000_000)));

        assertFails(
                "InvalidArgumentException",
                "Records size exceeds 10 MB limit",
                "PutRecords",
                "{'StreamName':'s','Records':[%s]}".formatted((entry + ",").repeat(10) + entry));
    }

    @Test
    void streamsAreAddressedByNameArnOrId() {
        kinesis.createStream("s", 1);
        JsonNode summary = kinesis.call("DescribeStreamSummary", "{'StreamARN':'" + ARN + "'}")
                .path("StreamDescriptionSummary");

        assertThat(summary.path("StreamName").asText()).isEqualTo("s");
        assertThat(summary.has("StreamId"))
                .as("a client that sends it back leaves the endpoint")
                .isFalse();
        assertFails(
                "ResourceNotFoundException",
                "Stream gone under account 000000000000 not found.",
                "DescribeStream",
                "{'StreamARN':'%sgone'}".formatted(ARN.substring(0, ARN.length() - 1)));
    }

    @Test
    void numbersAfterTheLastOneAndTheEndOfAClosedShardAreRejected() {
        kinesis.createStream("s", 1);
        String number = kinesis.put("s", "a", "x").path("SequenceNumber").asText();
        String future = new BigInteger(number).add(BigInteger.TWO.pow(80)).toString();
        String put = "{'StreamName':'s','PartitionKey':'a','Data':'','SequenceNumberForOrdering':'%s'}";

        kinesis.call("PutRecord", put.formatted(number));
        assertFails(
                "InvalidArgumentException",
                "ExclusiveMinimumSequenceNumber %s used in PutRecord on stream s under account 000000000000 is invalid."
                        .formatted(future),
                "PutRecord",
                put.formatted(future));
        kinesis.call(
                "SplitShard",
                "{'StreamName':'s','ShardToSplit':'0','NewStartingHashKey':'%s'}".formatted(BigInteger.TWO.pow(127)));
        String end = kinesis.call("ListShards", "{'StreamName':'s'}")
                .at("/Shards/0/SequenceNumberRange/EndingSequenceNumber")
                .asText();
        assertFails(
                "InvalidArgumentException",
                ("StartingSequenceNumber %s used in GetShardIterator on shard shardId-000000000000 in stream s under"
                                + " account 000000000000 has reached max possible value for the shard.")
                        .formatted(end),
                "GetShardIterator",
                ("{'StreamName':'s','ShardId':'0','ShardIteratorType':'AFTER_SEQUENCE_NUMBER',"
                                + "'StartingSequenceNumber':'%s'}")
                        .formatted(end));
    }

    @Test
    void streamsOfANameOnlyHaveFourShards() {
        kinesis.call("CreateStream", "{'StreamName':'s'}");

        assertThat(kinesis.call("ListShards", "{'StreamName':'s'}").path("Shards"))
                .hasSize(4);
    }

    @Test
    void iteratorsMayBeQuoted() {
        kinesis.createStream("s", 1);
        kinesis.put("s", "a", "x");
        String iterator = kinesis.iterator("s", "0", "'TRIM_HORIZON'");

        assertThat(kinesis.call("GetRecords", "{'ShardIterator':'\\u0022%s\\u0022'}".formatted(iterator))
                        .path("Records"))
                .hasSize(1);
    }

    @Test
    void tagsOutsideTheAllowedCharactersAreRejected() {
        kinesis.createStream("s", 1);
        for (String tag : new String[] {"a;b", "a,b", "a%b", "a\\tb", "a\\nb", "aws:x"}) {
            for (String call : new String[] {
                "AddTagsToStream {'StreamName':'s','Tags':{'%s':'v'}}",
                "RemoveTagsFromStream {'StreamName':'s','TagKeys':['%s']}",
                "CreateStream {'StreamName':'t','ShardCount':1,'Tags':{'%s':'v'}}"
            }) {
                String[] parts = call.formatted(tag).split(" ", 2);
                assertThatThrownBy(() -> kinesis.call(parts[0], parts[1]))
                        .as(call)
                        .isInstanceOfSatisfying(
                                ServiceException.class,
                                error -> assertThat(error.code()).isEqualTo("InvalidArgumentException"));
            }
        }
    }

    @Test
    void everyActionOfAwsIsListedAndAnswers() {
        Stream<String> sdk = Stream.of(software.amazon.awssdk.services.kinesis.KinesisAsyncClient.class.getMethods())
                .filter(method -> method.getParameterCount() == 1
                        && method.getParameterTypes()[0].getSimpleName().endsWith("Request"))
                .map(method -> method.getParameterTypes()[0].getSimpleName().replaceAll("Request$", ""))
                .filter(name -> !name.equals("SubscribeToShard"));

        assertThat(sdk).isNotEmpty().allSatisfy(action -> {
            KinesisAction known = KinesisAction.named(action).orElseThrow(() -> new AssertionError(action));
            if (known.state() == KinesisAction.State.UNSUPPORTED) {
                assertThatThrownBy(() -> kinesis.call(action, "{}")).hasMessageContaining(action);
                return;
            }
            try {
                kinesis.call(action, "{}");
            } catch (ServiceException error) {
                assertThat(error.code()).isNotEqualTo("NotImplementedException");
            }
        });
        assertThatThrownBy(() -> kinesis.call("InventStream", "{}")).hasMessageContaining("InventStream");
    }
}
