package dev.ingestkit.local.table.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Answers of the item actions, whole and to the letter. */
class AnswersTest {
    private static final String KEY =
            "\"TableName\": \"range\", \"Key\": {\"pk\": {\"S\": \"a\"}, \"sk\": {\"N\": \"1\"}}";

    private final TestApi api = new TestApi().withTables();

    private String put(String attributes, String members) {
        return api.accepted(
                "PutItem",
                "{\"TableName\": \"range\", \"Item\": {\"pk\": {\"S\": \"a\"}, " + attributes + "}" + members + "}");
    }

    @Test
    void aWriteReportsCapacityByIndexAndItsCollection() {
        String answer = put(
                "\"sk\": {\"N\": \"1\"}, \"a\": {\"S\": \"x\"}, \"g\": {\"S\": \"y\"}",
                ", \"ReturnConsumedCapacity\": \"INDEXES\", \"ReturnItemCollectionMetrics\": \"SIZE\"");
        assertEquals(
                "{\"ConsumedCapacity\":{\"TableName\":\"range\",\"CapacityUnits\":3.0,\"Table\":{\"CapacityUnits\":1.0},"
                        + "\"LocalSecondaryIndexes\":{\"lsi\":{\"CapacityUnits\":1.0}},"
                        + "\"GlobalSecondaryIndexes\":{\"gsi\":{\"CapacityUnits\":1.0}}},"
                        + "\"ItemCollectionMetrics\":{\"ItemCollectionKey\":{\"pk\":{\"S\":\"a\"}},"
                        + "\"SizeEstimateRangeGB\":[0.0,1.0]}}",
                answer);
    }

    @Test
    void aReadReportsHalfAUnitUnlessItIsConsistent() {
        put("\"sk\": {\"N\": \"1\"}", "");
        assertEquals(
                "{\"Item\":{\"pk\":{\"S\":\"a\"},\"sk\":{\"N\":\"1\"}},"
                        + "\"ConsumedCapacity\":{\"TableName\":\"range\",\"CapacityUnits\":0.5}}",
                api.accepted("GetItem", "{" + KEY + ", \"ReturnConsumedCapacity\": \"TOTAL\"}"));
        assertEquals(
                "{\"ConsumedCapacity\":{\"TableName\":\"hash\",\"CapacityUnits\":1.0,\"Table\":{\"CapacityUnits\":1.0}}}",
                api.accepted(
                        "GetItem",
                        "{\"TableName\": \"hash\", \"Key\": {\"pk\": {\"S\": \"none\"}}, \"ConsistentRead\": true, "
                                + "\"ReturnConsumedCapacity\": \"INDEXES\"}"));
    }

    @Test
    void namesHaveUpTo65535Bytes() {
        String name = "x".repeat(65_535);
        put("\"sk\": {\"N\": \"1\"}, \"" + name + "\": {\"S\": \"c\"}", "");

        assertTrue(api.accepted("GetItem", "{" + KEY + "}").contains(name));
    }

    @Test
    void updatesReturnTheRequestedValues() {
        String update = "{" + KEY + ", \"UpdateExpression\": \"SET n = if_not_exists(n, :z) + :o\", "
                + "\"ExpressionAttributeValues\": {\":z\": {\"N\": \"0\"}, \":o\": {\"N\": \"1\"}}, \"ReturnValues\": ";
        assertEquals("{}", api.accepted("UpdateItem", update + "\"UPDATED_OLD\"}"));
        assertEquals("{\"Attributes\":{\"n\":{\"N\":\"2\"}}}", api.accepted("UpdateItem", update + "\"UPDATED_NEW\"}"));
        assertEquals(
                "{\"Attributes\":{\"n\":{\"N\":\"2\"},\"pk\":{\"S\":\"a\"},\"sk\":{\"N\":\"1\"}}}",
                api.accepted("UpdateItem", update + "\"ALL_OLD\"}"));
        assertEquals(
                "{\"Attributes\":{\"n\":{\"N\":\"4\"},\"pk\":{\"S\":\"a\"},\"sk\":{\"N\":\"1\"}}}",
                api.accepted("UpdateItem", update + "\"ALL_NEW\"}"));
        assertEquals("{}", api.accepted("UpdateItem", update + "\"NONE\"}"));
    }

    @Test
    void aFailedConditionReturnsTheStoredItemWhereAsked() {
        put("\"sk\": {\"N\": \"1\"}, \"n\": {\"N\": \"1\"}", "");
        assertEquals(
                "{\"__type\":\"com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException\","
                        + "\"message\":\"The conditional request failed\","
                        + "\"Item\":{\"n\":{\"N\":\"1\"},\"pk\":{\"S\":\"a\"},\"sk\":{\"N\":\"1\"}}}",
                TestApi.text(api.ask(
                        "DeleteItem",
                        "{" + KEY + ", \"ConditionExpression\": \"attribute_not_exists(n)\", "
                                + "\"ReturnValuesOnConditionCheckFailure\": \"ALL_OLD\"}")));
    }

    @Test
    void pagesEndWithTheKeyAtWhichToContinue() {
        for (int i = 1; i <= 5; i++) {
            put("\"sk\": {\"N\": \"" + i + "\"}, \"g\": {\"S\": \"y\"}", "");
        }
        String query = "{\"TableName\": \"range\", \"KeyConditionExpression\": \"pk = :a and sk > :b\", "
                + "\"ExpressionAttributeValues\": {\":a\": {\"S\": \"a\"}, \":b\": {\"N\": \"1\"}}, ";
        assertEquals(
                "{\"Items\":[{\"sk\":{\"N\":\"2\"}},{\"sk\":{\"N\":\"3\"}}],\"Count\":2,\"ScannedCount\":2,"
                        + "\"LastEvaluatedKey\":{\"pk\":{\"S\":\"a\"},\"sk\":{\"N\":\"3\"}}}",
                api.accepted("Query", query + "\"Limit\": 2, \"ProjectionExpression\": \"sk\"}"));
        assertEquals(
                "{\"Count\":2,\"ScannedCount\":2}",
                api.accepted(
                        "Query",
                        query + "\"Select\": \"COUNT\", "
                                + "\"ExclusiveStartKey\": {\"pk\": {\"S\": \"a\"}, \"sk\": {\"N\": \"3\"}}}"));
        assertEquals(
                "{\"Items\":[],\"Count\":0,\"ScannedCount\":1,"
                        + "\"LastEvaluatedKey\":{\"g\":{\"S\":\"y\"},\"pk\":{\"S\":\"a\"},\"sk\":{\"N\":\"1\"}}}",
                api.accepted(
                        "Scan",
                        "{\"TableName\": \"range\", \"IndexName\": \"gsi\", \"Limit\": 1, "
                                + "\"FilterExpression\": \"attribute_exists(zz)\"}"));
    }

    @Test
    void keyConditionsWorkBesideAFilterAndAProjectionExpression() {
        for (int i = 1; i <= 3; i++) {
            put("\"sk\": {\"N\": \"" + i + "\"}, \"n\": {\"N\": \"" + i % 2 + "\"}", "");
        }
        assertEquals(
                "{\"Items\":[{\"sk\":{\"N\":\"3\"}}],\"Count\":1,\"ScannedCount\":2}",
                api.accepted(
                        "Query",
                        "{\"TableName\": \"range\", \"KeyConditions\": {"
                                + "\"pk\": {\"ComparisonOperator\": \"EQ\", \"AttributeValueList\": [{\"S\": \"a\"}]}, "
                                + "\"sk\": {\"ComparisonOperator\": \"GT\", \"AttributeValueList\": [{\"N\": \"1\"}]}}, "
                                + "\"FilterExpression\": \"n = :n\", \"ExpressionAttributeValues\": {\":n\": {\"N\": \"1\"}}, "
                                + "\"ProjectionExpression\": \"sk\"}"));
    }

    @Test
    void batchesAnswerByTableUnderTheNameGiven() {
        String arn = "arn:aws:dynamodb:eu-west-1:000000000000:table/hash";
        assertEquals(
                "{\"UnprocessedItems\":{},\"ConsumedCapacity\":[{\"TableName\":\"hash\",\"CapacityUnits\":2.0}]}",
                api.accepted(
                        "BatchWriteItem",
                        "{\"RequestItems\": {\"" + arn + "\": [{\"PutRequest\": {\"Item\": {\"pk\": {\"S\": \"a\"}}}}, "
                                + "{\"PutRequest\": {\"Item\": {\"pk\": {\"S\": \"b\"}}}}]}, "
                                + "\"ReturnConsumedCapacity\": \"TOTAL\"}"));
        assertEquals(
                "{\"Responses\":{\"" + arn + "\":[{\"pk\":{\"S\":\"a\"}}]},\"UnprocessedKeys\":{}}",
                api.accepted(
                        "BatchGetItem",
                        "{\"RequestItems\": {\"" + arn
                                + "\": {\"Keys\": [{\"pk\": {\"S\": \"a\"}}, {\"pk\": {\"S\": \"c\"}}]}}}"));
    }

    @Test
    void transactionsReportUnitsOfEachKind() {
        String write = "{\"TransactItems\": [{\"Put\": {\"TableName\": \"hash\", \"Item\": {\"pk\": {\"S\": \"a\"}}}}, "
                + "{\"ConditionCheck\": {\"TableName\": \"hash\", \"Key\": {\"pk\": {\"S\": \"b\"}}, "
                + "\"ConditionExpression\": \"attribute_not_exists(pk)\"}}], \"ClientRequestToken\": \"t\", "
                + "\"ReturnConsumedCapacity\": \"TOTAL\"}";
        assertEquals(
                "{\"ConsumedCapacity\":[{\"TableName\":\"hash\",\"CapacityUnits\":4.0,\"WriteCapacityUnits\":4.0}]}",
                api.accepted("TransactWriteItems", write));
        assertEquals(
                "{\"ConsumedCapacity\":[{\"TableName\":\"hash\",\"CapacityUnits\":4.0,\"ReadCapacityUnits\":4.0}]}",
                api.accepted("TransactWriteItems", write));
        String other = TestApi.text(api.ask("TransactWriteItems", write.replace("\"S\": \"b\"", "\"S\": \"c\"")));
        assertTrue(other.contains("#IdempotentParameterMismatchException"), other);
        assertEquals(
                "{\"Responses\":[{\"Item\":{\"pk\":{\"S\":\"a\"}}},{}],"
                        + "\"ConsumedCapacity\":[{\"TableName\":\"hash\",\"CapacityUnits\":4.0,\"ReadCapacityUnits\":4.0}]}",
                api.accepted(
                        "TransactGetItems",
                        "{\"TransactItems\": [{\"Get\": {\"TableName\": \"hash\", \"Key\": {\"pk\": {\"S\": \"a\"}}}}, "
                                + "{\"Get\": {\"TableName\": \"hash\", \"Key\": {\"pk\": {\"S\": \"z\"}}}}], "
                                + "\"ReturnConsumedCapacity\": \"TOTAL\"}"));
    }

    @Test
    void everyReasonOfACanceledTransactionIsReported() {
        assertEquals(
                "{\"__type\":\"com.amazonaws.dynamodb.v20120810#TransactionCanceledException\","
                        + "\"Message\":\"Transaction cancelled, please refer cancellation reasons for specific reasons "
                        + "[None, ConditionalCheckFailed]\",\"CancellationReasons\":[{\"Code\":\"None\"},"
                        + "{\"Code\":\"ConditionalCheckFailed\",\"Message\":\"The conditional request failed\"}]}",
                TestApi.text(api.ask(
                        "TransactWriteItems",
                        "{\"TransactItems\": [{\"Put\": {\"TableName\": \"hash\", \"Item\": {\"pk\": {\"S\":"
                                + " \"a\"}}}}, {\"ConditionCheck\": {\"TableName\": \"hash\", \"Key\": {\"pk\": {\"S\":"
                                + " \"b\"}}, \"ConditionExpression\": \"attribute_exists(pk)\"}}]}")));
    }

    @Test
    void batchesAndTransactionsHaveLimits() {
        assertLimit(
                "BatchWriteItem",
                "{\"RequestItems\": {\"hash\": [",
                "{\"PutRequest\": {\"Item\": {\"pk\": {\"S\": \"%d\"}}}}",
                "]}}",
                25,
                "]}' at 'requestItems' failed to satisfy constraint: Map value must satisfy constraint: [Member must have"
                        + " length less than or equal to 25, Member must have length greater than or equal to 1]\"}");
        assertLimit(
                "BatchGetItem",
                "{\"RequestItems\": {\"hash\": {\"Keys\": [",
                "{\"pk\": {\"S\": \"%d\"}}",
                "]}}}",
                100,
                "failed to satisfy constraint: Member must have length less than or equal to 100\"}");
        String tooMany = "]' at 'transactItems' failed to satisfy constraint:"
                + " Member must have length less than or equal to 100\"}";
        assertLimit(
                "TransactWriteItems",
                "{\"TransactItems\": [",
                "{\"Put\": {\"TableName\": \"hash\", \"Item\": {\"pk\": {\"S\": \"%d\"}}}}",
                "]}",
                100,
                tooMany);
        assertLimit(
                "TransactGetItems",
                "{\"TransactItems\": [",
                "{\"Get\": {\"TableName\": \"hash\", \"Key\": {\"pk\": {\"S\": \"%d\"}}}}",
                "]}",
                100,
                tooMany);
    }

    private void assertLimit(String action, String start, String entry, String end, int limit, String refusal) {
        List<String> entries =
                IntStream.rangeClosed(0, limit).mapToObj(entry::formatted).toList();
        api.accepted(action, start + String.join(",", entries.subList(0, limit)) + end);
        String refused = TestApi.text(api.ask(action, start + String.join(",", entries) + end));
        assertTrue(refused.contains("1 validation error detected: Value "), refused);
        assertTrue(refused.endsWith(refusal), refused);
    }

    @Test
    void flagsAreReadFromWordsAndNullsAreAbsent() {
        put(
                "\"sk\": {\"N\": \"1\"}, \"f\": {\"BOOL\": \"yes\"}",
                ", \"ReturnValues\": null, \"Unknown\": {\"a\": [1]}");
        assertTrue(api.accepted("GetItem", "{" + KEY + ", \"ConsistentRead\": \"true\"}")
                .contains("\"f\":{\"BOOL\":true}"));
    }
}
