package dev.ingestkit.local.table.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A table's stream, from its listing to its records. */
class StreamsApiTest {
    private static final String LABEL = "2026-03-01T10:00:00.250";
    private static final String ARN = "arn:aws:dynamodb:eu-west-1:000000000000:table/watched/stream/" + LABEL;

    private final TestApi api = new TestApi();

    StreamsApiTest() {
        api.accepted("CreateTable", """
            {"TableName": "watched", "BillingMode": "PAY_PER_REQUEST",
             "StreamSpecification": {"StreamEnabled": true, "StreamViewType": "NEW_AND_OLD_IMAGES"},
             "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}],
             "AttributeDefinitions": [{"AttributeName": "pk", "AttributeType": "S"}]}\
            """);
    }

    private void put(String key, int version) {
        api.accepted(
                "PutItem",
                "{\"TableName\": \"watched\", \"Item\": {\"pk\": {\"S\": \"" + key + "\"}, \"v\": {\"N\": \"" + version
                        + "\"}}}");
    }

    private static String member(String json, String name) {
        Matcher matcher = Pattern.compile("\"" + name + "\":\"([^\"]*)\"").matcher(json);
        assertTrue(matcher.find(), () -> "no " + name + " in " + json);
        return matcher.group(1);
    }

    private String iterator(String type) {
        String shard = member(api.accepted("DescribeStream", "{\"StreamArn\": \"" + ARN + "\"}"), "ShardId");
        return member(
                api.accepted(
                        "GetShardIterator",
                        "{\"StreamArn\": \"" + ARN + "\", \"ShardId\": \"" + shard + "\", \"ShardIteratorType\": \""
                                + type + "\"}"),
                "ShardIterator");
    }

    private String records(String iterator) {
        return api.accepted("GetRecords", "{\"ShardIterator\": \"" + iterator + "\"}");
    }

    @Test
    void streamsAreListedAndDescribed() {
        assertEquals(
                "{\"Streams\":[{\"StreamArn\":\"" + ARN + "\",\"StreamLabel\":\"" + LABEL
                        + "\",\"TableName\":\"watched\"}]}",
                api.accepted("ListStreams", "{}"));
        assertEquals("{\"Streams\":[]}", api.accepted("ListStreams", "{\"TableName\": \"other\"}"));
        String described = api.accepted("DescribeStream", "{\"StreamArn\": \"" + ARN + "\"}");
        assertTrue(
                described.startsWith(
                        "{\"StreamDescription\":{\"StreamArn\":\"" + ARN + "\",\"StreamLabel\":\"" + LABEL
                                + "\",\"StreamStatus\":\"ENABLED\",\"StreamViewType\":\"NEW_AND_OLD_IMAGES\","
                                + "\"CreationRequestDateTime\":1772359200.25,\"TableName\":\"watched\","
                                + "\"KeySchema\":[{\"AttributeName\":\"pk\",\"KeyType\":\"HASH\"}],\"Shards\":[{\"ShardId\":\""),
                described);
        assertTrue(member(described, "StartingSequenceNumber").matches("\\d{21,40}"), described);
        assertTrue(member(described, "ShardId").length() >= 28, described);
    }

    @Test
    void limitsOfListsAreAtMostAHundred() {
        String refusal =
                "Value '101' at 'limit' failed to satisfy constraint: Member must have value less than or equal to 100";
        String stream = "{\"StreamArn\": \"" + ARN + "\", \"Limit\": ";

        assertTrue(TestApi.text(api.ask("ListStreams", "{\"Limit\": 101}")).contains(refusal));
        assertTrue(TestApi.text(api.ask("DescribeStream", stream + "101}")).contains(refusal));
        api.accepted("DescribeStream", stream + "100}");
    }

    @Test
    void recordsTellEveryKindOfChange() {
        put("a", 1);
        put("a", 2);
        api.accepted("DeleteItem", "{\"TableName\": \"watched\", \"Key\": {\"pk\": {\"S\": \"a\"}}}");
        String read = records(iterator("TRIM_HORIZON"));
        String[] changes = read.split("\\{\"eventID\":", -1);
        assertEquals(4, changes.length, read);
        assertTrue(
                changes[1].matches("\"[0-9a-f]{32}\",\"eventName\":\"INSERT\",\"eventVersion\":\"1.1\","
                        + "\"eventSource\":\"aws:dynamodb\",\"awsRegion\":\"eu-west-1\",\"dynamodb\":\\{"
                        + "\"ApproximateCreationDateTime\":1772359200,\"Keys\":\\{\"pk\":\\{\"S\":\"a\"}},"
                        + "\"NewImage\":\\{\"pk\":\\{\"S\":\"a\"},\"v\":\\{\"N\":\"1\"}},"
                        + "\"SequenceNumber\":\"\\d{21}\",\"SizeBytes\":9,"
                        + "\"StreamViewType\":\"NEW_AND_OLD_IMAGES\"}},"),
                changes[1]);
        assertTrue(changes[2].contains("\"eventName\":\"MODIFY\""), changes[2]);
        assertTrue(changes[2].contains("\"OldImage\":{\"pk\":{\"S\":\"a\"},\"v\":{\"N\":\"1\"}}"), changes[2]);
        assertTrue(changes[3].contains("\"eventName\":\"REMOVE\""), changes[3]);
        assertFalse(changes[3].contains("NewImage"), changes[3]);
        String next = member(read, "NextShardIterator");
        assertTrue(records(next).startsWith("{\"Records\":[],\"NextShardIterator\":"), next);
    }

    @Test
    void aWriteThatChangesNothingLeavesNoRecord() {
        put("a", 1);
        put("a", 1);
        assertEquals(2, records(iterator("TRIM_HORIZON")).split("eventID").length);
    }

    @Test
    void readersStartAtTheEndOrAtASequenceNumber() {
        put("a", 1);
        String latest = iterator("LATEST");
        put("b", 1);
        String read = records(latest);
        assertTrue(read.contains("\"Keys\":{\"pk\":{\"S\":\"b\"}}"), read);
        assertEquals(2, read.split("eventID").length, read);
        String shard = member(api.accepted("DescribeStream", "{\"StreamArn\": \"" + ARN + "\"}"), "ShardId");
        String at = api.accepted(
                "GetShardIterator",
                "{\"StreamArn\": \"" + ARN + "\", \"ShardId\": \"" + shard
                        + "\", \"ShardIteratorType\": \"AT_SEQUENCE_NUMBER\", \"SequenceNumber\": \""
                        + member(read, "SequenceNumber") + "\"}");
        assertTrue(records(member(at, "ShardIterator")).contains("\"S\":\"b\""));
        String behind = api.accepted(
                "GetShardIterator",
                "{\"StreamArn\": \"" + ARN + "\", \"ShardId\": \"" + shard
                        + "\", \"ShardIteratorType\": \"AFTER_SEQUENCE_NUMBER\", \"SequenceNumber\": \""
                        + member(read, "SequenceNumber") + "\"}");
        assertTrue(records(member(behind, "ShardIterator")).startsWith("{\"Records\":[],"));
    }

    @Test
    void iteratorsExpireAfterFifteenMinutes() {
        String iterator = iterator("TRIM_HORIZON");
        api.passes(Duration.ofMinutes(15));
        records(iterator);
        api.passes(Duration.ofSeconds(1));
        String refused = TestApi.text(api.ask("GetRecords", "{\"ShardIterator\": \"" + iterator + "\"}"));
        assertTrue(refused.contains("#ExpiredIteratorException"), refused);
    }

    @Test
    void expiredItemsAreRemovedByTheService() {
        api.accepted(
                "UpdateTimeToLive",
                "{\"TableName\": \"watched\", "
                        + "\"TimeToLiveSpecification\": {\"AttributeName\": \"v\", \"Enabled\": true}}");
        put("a", (int) TestApi.START.getEpochSecond() + 5);
        api.passes(Duration.ofSeconds(10));
        assertEquals(1, api.sweep());
        String read = records(iterator("TRIM_HORIZON"));
        assertTrue(
                read.contains("\"userIdentity\":{\"PrincipalId\":\"dynamodb.amazonaws.com\",\"Type\":\"Service\"}"),
                read);
    }
}
