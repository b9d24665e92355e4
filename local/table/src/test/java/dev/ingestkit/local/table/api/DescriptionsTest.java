package dev.ingestkit.local.table.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Descriptions of tables, whole and to the letter. */
class DescriptionsTest {
    private static final String KEY = "\"KeySchema\":[{\"AttributeName\":\"pk\",\"KeyType\":\"HASH\"}";
    private static final String ARN = "arn:aws:dynamodb:eu-west-1:000000000000:table/";

    private final TestApi api = new TestApi().withTables();

    @Test
    void anOnDemandTableIsDescribed() {
        assertEquals(
                "{\"Table\":{\"AttributeDefinitions\":[{\"AttributeName\":\"pk\",\"AttributeType\":\"S\"}],"
                        + "\"TableName\":\"hash\"," + KEY + "],\"TableStatus\":\"ACTIVE\","
                        + "\"CreationDateTime\":1772359200.25,"
                        + "\"ProvisionedThroughput\":{\"NumberOfDecreasesToday\":0,\"ReadCapacityUnits\":0,"
                        + "\"WriteCapacityUnits\":0},\"TableSizeBytes\":0,\"ItemCount\":0,"
                        + "\"TableArn\":\"" + ARN + "hash\",\"TableId\":\"00000000-0000-0000-0000-000000000001\","
                        + "\"BillingModeSummary\":{\"BillingMode\":\"PAY_PER_REQUEST\","
                        + "\"LastUpdateToPayPerRequestDateTime\":1772359200.25},"
                        + "\"TableThroughputModeSummary\":{\"TableThroughputMode\":\"PAY_PER_REQUEST\","
                        + "\"LastUpdateToPayPerRequestDateTime\":1772359200.25},"
                        + "\"DeletionProtectionEnabled\":false,"
                        + "\"WarmThroughput\":{\"ReadUnitsPerSecond\":12000,\"WriteUnitsPerSecond\":4000,"
                        + "\"Status\":\"ACTIVE\"}}}",
                api.accepted("DescribeTable", "{\"TableName\": \"hash\"}"));
    }

    @Test
    void aProvisionedTableWithIndexesIsDescribed() {
        api.accepted(
                "PutItem",
                "{\"TableName\": \"range\", \"Item\": {\"pk\": {\"S\": \"ab\"}, \"sk\": {\"N\": \"1\"}, "
                        + "\"g\": {\"S\": \"c\"}, \"z\": {\"S\": \"xyz\"}}}");
        String table = api.accepted("DescribeTable", "{\"TableName\": \"range\"}");
        assertTrue(
                table.contains("\"LocalSecondaryIndexes\":[{\"IndexName\":\"lsi\"," + KEY
                        + ",{\"AttributeName\":\"a\",\"KeyType\":\"RANGE\"}],"
                        + "\"Projection\":{\"ProjectionType\":\"KEYS_ONLY\"},\"IndexSizeBytes\":0,\"ItemCount\":0,"
                        + "\"IndexArn\":\"" + ARN + "range/index/lsi\"}]"),
                table);
        assertTrue(
                table.contains("\"GlobalSecondaryIndexes\":[{\"IndexName\":\"gsi\","
                        + "\"KeySchema\":[{\"AttributeName\":\"g\",\"KeyType\":\"HASH\"}],"
                        + "\"Projection\":{\"ProjectionType\":\"INCLUDE\",\"NonKeyAttributes\":[\"i\"]},"
                        + "\"IndexStatus\":\"ACTIVE\",\"ProvisionedThroughput\":{\"NumberOfDecreasesToday\":0,"
                        + "\"ReadCapacityUnits\":3,\"WriteCapacityUnits\":4},"
                        + "\"WarmThroughput\":{\"ReadUnitsPerSecond\":3,\"WriteUnitsPerSecond\":4,"
                        + "\"Status\":\"ACTIVE\"},\"IndexSizeBytes\":"),
                table);
        assertTrue(table.contains("\"TableSizeBytes\":"), table);
        assertTrue(table.contains(",\"ItemCount\":1,\"TableArn\""), table);
        assertTrue(table.contains("\"ReadCapacityUnits\":5,\"WriteCapacityUnits\":6}"), table);
    }

    @Test
    void creationAndDeletionTellTheirStates() {
        String created = api.accepted("CreateTable", """
            {"TableName": "new", "BillingMode": "PAY_PER_REQUEST", "TableClass": "STANDARD_INFREQUENT_ACCESS",
             "SSESpecification": {"Enabled": true}, "DeletionProtectionEnabled": true,
             "StreamSpecification": {"StreamEnabled": true, "StreamViewType": "NEW_IMAGE"},
             "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}],
             "AttributeDefinitions": [{"AttributeName": "pk", "AttributeType": "S"}]}\
            """);
        assertTrue(created.contains("\"TableStatus\":\"CREATING\""), created);
        assertTrue(
                created.contains("\"StreamSpecification\":{\"StreamEnabled\":true,\"StreamViewType\":\"NEW_IMAGE\"},"
                        + "\"LatestStreamLabel\":\"2026-03-01T10:00:00.250\","
                        + "\"LatestStreamArn\":\"" + ARN + "new/stream/2026-03-01T10:00:00.250\""),
                created);
        assertTrue(
                created.contains("\"SSEDescription\":{\"Status\":\"ENABLED\",\"SSEType\":\"KMS\","
                        + "\"KMSMasterKeyArn\":\"arn:aws:kms:eu-west-1:000000000000:key/"),
                created);
        assertTrue(created.contains("\"TableClassSummary\":{\"TableClass\":\"STANDARD_INFREQUENT_ACCESS\"}"), created);
        String refused = TestApi.text(api.ask("DeleteTable", "{\"TableName\": \"new\"}"));
        assertTrue(
                refused.contains("Resource cannot be deleted as it is currently protected against deletion. "
                        + "Disable deletion protection first."),
                refused);
        api.accepted("UpdateTable", "{\"TableName\": \"new\", \"DeletionProtectionEnabled\": false}");
        String deleted = api.accepted("DeleteTable", "{\"TableName\": \"new\"}");
        assertTrue(deleted.contains("\"TableStatus\":\"DELETING\""), deleted);
        assertEquals("{\"TableNames\":[\"hash\",\"range\"]}", api.accepted("ListTables", "{}"));
    }

    @Test
    void tablesAreListedPageByPage() {
        assertEquals(
                "{\"TableNames\":[\"hash\"],\"LastEvaluatedTableName\":\"hash\"}",
                api.accepted("ListTables", "{\"Limit\": 1}"));
        assertEquals(
                "{\"TableNames\":[\"range\"]}",
                api.accepted("ListTables", "{\"Limit\": 1, \"ExclusiveStartTableName\": \"hash\"}"));
    }

    @Test
    void anIndexIsAddedThenRemoved() {
        String added = api.accepted("UpdateTable", """
            {"TableName": "hash", "AttributeDefinitions": [{"AttributeName": "b", "AttributeType": "N"}],
             "GlobalSecondaryIndexUpdates": [{"Create": {"IndexName": "byB",
               "KeySchema": [{"AttributeName": "b", "KeyType": "HASH"}], "Projection": {"ProjectionType": "ALL"}}}]}\
            """);
        assertTrue(added.contains("\"TableStatus\":\"UPDATING\""), added);
        assertTrue(added.contains("\"IndexStatus\":\"CREATING\",\"Backfilling\":false"), added);
        String settled = api.accepted("DescribeTable", "{\"TableName\": \"hash\"}");
        assertTrue(settled.contains("\"IndexStatus\":\"ACTIVE\""), settled);
        String removed = api.accepted(
                "UpdateTable",
                "{\"TableName\": \"hash\", \"GlobalSecondaryIndexUpdates\": [{\"Delete\": {\"IndexName\": \"byB\"}}]}");
        assertTrue(removed.contains("\"IndexStatus\":\"DELETING\""), removed);
        assertTrue(!api.accepted("DescribeTable", "{\"TableName\": \"hash\"}").contains("byB\""));
    }

    @Test
    void throughputAndBillingChange() {
        api.passes(Duration.ofSeconds(60));
        api.accepted(
                "UpdateTable",
                "{\"TableName\": \"range\", "
                        + "\"ProvisionedThroughput\": {\"ReadCapacityUnits\": 9, \"WriteCapacityUnits\": 1}}");
        String changed = api.accepted("DescribeTable", "{\"TableName\": \"range\"}");
        assertTrue(
                changed.contains("\"ProvisionedThroughput\":{\"LastIncreaseDateTime\":1772359260.25,"
                        + "\"LastDecreaseDateTime\":1772359260.25,\"NumberOfDecreasesToday\":1,"
                        + "\"ReadCapacityUnits\":9,\"WriteCapacityUnits\":1}"),
                changed);
        api.accepted("UpdateTable", "{\"TableName\": \"range\", \"BillingMode\": \"PAY_PER_REQUEST\"}");
        String onDemand = api.accepted("DescribeTable", "{\"TableName\": \"range\"}");
        assertTrue(onDemand.contains("\"BillingMode\":\"PAY_PER_REQUEST\""), onDemand);
        assertTrue(onDemand.contains("\"ReadCapacityUnits\":0,\"WriteCapacityUnits\":0"), onDemand);
    }

    @Test
    void tagsAreKeptPageByPage() {
        String arn = "\"ResourceArn\": \"" + ARN + "hash\"";
        StringBuilder tags = new StringBuilder();
        for (int i = 10; i < 22; i++) {
            tags.append(tags.isEmpty() ? "" : ", ").append("{\"Key\": \"k" + i + "\", \"Value\": \"v\"}");
        }
        assertEquals("{}", api.accepted("TagResource", "{" + arn + ", \"Tags\": [" + tags + "]}"));
        assertEquals("{}", api.accepted("UntagResource", "{" + arn + ", \"TagKeys\": [\"k10\", \"absent\"]}"));
        String first = api.accepted("ListTagsOfResource", "{" + arn + "}");
        assertTrue(first.startsWith("{\"Tags\":[{\"Key\":\"k11\",\"Value\":\"v\"},"), first);
        assertTrue(first.endsWith(",\"NextToken\":\"10\"}"), first);
        assertEquals(
                "{\"Tags\":[{\"Key\":\"k21\",\"Value\":\"v\"}]}",
                api.accepted("ListTagsOfResource", "{" + arn + ", \"NextToken\": \"10\"}"));
    }

    @Test
    void timeToLiveIsDescribed() {
        String name = "{\"TableName\": \"hash\"";
        assertEquals(
                "{\"TimeToLiveDescription\":{\"TimeToLiveStatus\":\"DISABLED\"}}",
                api.accepted("DescribeTimeToLive", name + "}"));
        assertEquals(
                "{\"TimeToLiveSpecification\":{\"AttributeName\":\"t\",\"Enabled\":true}}",
                api.accepted(
                        "UpdateTimeToLive",
                        name + ", \"TimeToLiveSpecification\": {\"AttributeName\": \"t\", \"Enabled\": true}}"));
        assertEquals(
                "{\"TimeToLiveDescription\":{\"TimeToLiveStatus\":\"ENABLED\",\"AttributeName\":\"t\"}}",
                api.accepted("DescribeTimeToLive", name + "}"));
        String again = TestApi.text(api.ask(
                "UpdateTimeToLive",
                name + ", \"TimeToLiveSpecification\": {\"AttributeName\": \"u\", \"Enabled\": true}}"));
        assertTrue(
                again.contains("TimeToLive is active on a different AttributeName: current AttributeName is t"), again);
    }

    @Test
    void limitsEndpointsAndBackupsAreDescribed() {
        assertEquals(
                "{\"AccountMaxReadCapacityUnits\":80000,\"AccountMaxWriteCapacityUnits\":80000,"
                        + "\"TableMaxReadCapacityUnits\":40000,\"TableMaxWriteCapacityUnits\":40000}",
                api.accepted("DescribeLimits", "{}"));
        assertEquals(
                "{\"Endpoints\":[{\"Address\":\"dynamodb.eu-west-1.amazonaws.com\",\"CachePeriodInMinutes\":1440}]}",
                api.accepted("DescribeEndpoints", "{}"));
        assertEquals(
                "{\"ContinuousBackupsDescription\":{\"ContinuousBackupsStatus\":\"ENABLED\","
                        + "\"PointInTimeRecoveryDescription\":{\"PointInTimeRecoveryStatus\":\"DISABLED\"}}}",
                api.accepted("DescribeContinuousBackups", "{\"TableName\": \"hash\"}"));
        assertEquals(
                "{\"ContinuousBackupsDescription\":{\"ContinuousBackupsStatus\":\"ENABLED\","
                        + "\"PointInTimeRecoveryDescription\":{\"PointInTimeRecoveryStatus\":\"ENABLED\","
                        + "\"RecoveryPeriodInDays\":35,\"EarliestRestorableDateTime\":1772359200,"
                        + "\"LatestRestorableDateTime\":1772359200}}}",
                api.accepted(
                        "UpdateContinuousBackups",
                        "{\"TableName\": \"hash\", "
                                + "\"PointInTimeRecoverySpecification\": {\"PointInTimeRecoveryEnabled\": true}}"));
    }
}
