package dev.ingestkit.local.table.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A global index with several attributes in its partition key and its sort key, by the API. */
class MultiAttributeKeysTest {
    private static final Pattern ID = Pattern.compile("\"pk\":\\{\"S\":\"(p\\d)\"}");
    private static final String REFUSED_BY_PARTIQL = "PartiQL statements cannot be executed on tables with"
            + " multi-attribute HASH keys or multi-attribute RANGE keys.";

    private final TestApi api = new TestApi();

    @BeforeEach
    void createTable() {
        api.accepted("CreateTable", """
            {"TableName": "multi", "BillingMode": "PAY_PER_REQUEST",
             "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}],
             "AttributeDefinitions": [
               {"AttributeName": "pk", "AttributeType": "S"}, {"AttributeName": "h", "AttributeType": "S"},
               {"AttributeName": "i", "AttributeType": "S"}, {"AttributeName": "a", "AttributeType": "S"},
               {"AttributeName": "b", "AttributeType": "S"}, {"AttributeName": "c", "AttributeType": "N"}],
             "GlobalSecondaryIndexes": [{"IndexName": "gsi", "Projection": {"ProjectionType": "ALL"},
               "KeySchema": [{"AttributeName": "h", "KeyType": "HASH"}, {"AttributeName": "i", "KeyType": "HASH"},
                 {"AttributeName": "a", "KeyType": "RANGE"}, {"AttributeName": "b", "KeyType": "RANGE"},
                 {"AttributeName": "c", "KeyType": "RANGE"}]}]}\
            """);
        put("p1", "T", "live", "'c':{'N':'20'}");
        put("p2", "T", "live", "'c':{'N':'3'}");
        put("p3", "T", "draft", "'c':{'N':'1'}");
        put("p4", "F", "live", "'c':{'N':'7'}");
        put("p5", "T", "live", "'d':{'S':'no c, so not in the index'}");
    }

    private void put(String pk, String a, String b, String more) {
        api.accepted(
                "PutItem",
                json("{'TableName':'multi','Item':{'pk':{'S':'" + pk + "'},'h':{'S':'o'},'i':{'S':'x'},'a':{'S':'" + a
                        + "'},'b':{'S':'" + b + "'}," + more + "}}"));
    }

    private static String json(String text) {
        return text.replace('\'', '"');
    }

    private static String query(String condition, String more) {
        List<String> values = new ArrayList<>();
        for (String[] value : new String[][] {{"h", "o"}, {"i", "x"}, {"a", "T"}, {"b", "live"}}) {
            if (condition.contains(":" + value[0])) {
                values.add("':" + value[0] + "':{'S':'" + value[1] + "'}");
            }
        }
        if (condition.contains(":c")) {
            values.add("':c':{'N':'3'}");
        }
        return json("{'TableName':'multi','IndexName':'gsi','KeyConditionExpression':'" + condition
                + "','ExpressionAttributeValues':{" + String.join(",", values) + "}" + more + "}");
    }

    private List<String> found(String condition, String more) {
        return ids(api.accepted("Query", query(condition, more)));
    }

    private static List<String> ids(String answer) {
        List<String> ids = new ArrayList<>();
        for (Matcher matcher = ID.matcher(answer); matcher.find(); ) {
            ids.add(matcher.group(1));
        }
        return ids;
    }

    @ParameterizedTest
    @CsvSource({
        "h = :h AND i = :i, p4 p3 p2 p1",
        "h = :h AND i = :i AND a = :a, p3 p2 p1",
        "b = :b AND i = :i AND a = :a AND h = :h, p2 p1",
        "h = :h AND i = :i AND a = :a AND b < :b, p3",
        "'h = :h AND i = :i AND a = :a AND begins_with(b, :b)', p2 p1",
        "h = :h AND i = :i AND a = :a AND b = :b AND c > :c, p1",
        "h = :h AND i = :i AND a = :a AND b = :b AND c BETWEEN :c AND :c, p2"
    })
    void sortKeysAreComparedFromLeftToRight(String condition, String expected) {
        assertThat(found(condition, "")).isEqualTo(Arrays.asList(expected.split(" ", -1)));
        List<String> reversed = new ArrayList<>(found(condition, ",'ScanIndexForward':false"));
        Collections.reverse(reversed);
        assertThat(reversed).isEqualTo(found(condition, ""));
    }

    @ParameterizedTest
    @CsvSource({
        "h = :h AND a = :a, Query condition missed key schema element: i",
        "i = :i, Query condition missed key schema element: h",
        "h = :h AND i > :i, Query key condition not supported",
        "h = :h AND i = :i AND b = :b, 'RANGE key attributes a must have equality conditions specified in the query"
                + " because a condition is present on key attribute b'",
        "h = :h AND i = :i AND a > :a AND b = :b, 'RANGE key attributes a must have equality conditions specified in"
                + " the query because a condition is present on key attribute b'"
    })
    void conditionsWithAGapAreRefused(String condition, String message) {
        assertThat(TestApi.text(api.ask("Query", query(condition, ""))))
                .contains("ValidationException")
                .contains("\"" + message + "\"");
    }

    @Test
    void pagesEndWithAllKeys() {
        String first = api.accepted("Query", query("h = :h AND i = :i", ",'Limit':2"));
        String last = first.substring(first.indexOf("\"LastEvaluatedKey\":") + "\"LastEvaluatedKey\":".length());
        String key = last.substring(0, last.lastIndexOf('}'));

        assertThat(key).contains("\"pk\":", "\"h\":", "\"i\":", "\"a\":", "\"b\":", "\"c\":");
        assertThat(found("h = :h AND i = :i", ",'ExclusiveStartKey':" + key)).containsExactly("p2", "p1");
        assertThat(TestApi.text(api.ask(
                        "Query", query("h = :h AND i = :i AND a = :a AND b = :b", ",'ExclusiveStartKey':" + key))))
                .contains("The provided starting key does not match the range key predicate");
    }

    @Test
    void keysOfSeveralAttributesAreDescribed() {
        assertThat(api.accepted("DescribeTable", "{\"TableName\":\"multi\"}"))
                .contains(json("'KeySchema':[{'AttributeName':'h','KeyType':'HASH'},"
                        + "{'AttributeName':'i','KeyType':'HASH'},{'AttributeName':'a','KeyType':'RANGE'},"
                        + "{'AttributeName':'b','KeyType':'RANGE'},{'AttributeName':'c','KeyType':'RANGE'}]"));
    }

    @Test
    void anUpdateThatRemovesOneKeyLeavesTheIndex() {
        api.accepted("UpdateItem", json("{'TableName':'multi','Key':{'pk':{'S':'p2'}},'UpdateExpression':'REMOVE b'}"));

        assertThat(found("h = :h AND i = :i", "")).containsExactly("p4", "p3", "p1");
        assertThat(ids(api.accepted("Scan", json("{'TableName':'multi','IndexName':'gsi'}"))))
                .containsExactlyInAnyOrder("p1", "p3", "p4");
    }

    @Test
    void partiqlReadsTheTableButNotTheIndex() {
        String index = "{\"Statement\":\"SELECT * FROM \\\"multi\\\".\\\"gsi\\\" WHERE h = 'o'\"}";
        assertThat(TestApi.text(api.ask("ExecuteStatement", index))).contains(REFUSED_BY_PARTIQL);
        assertThat(api.accepted("BatchExecuteStatement", "{\"Statements\":[" + index + "]}"))
                .contains(REFUSED_BY_PARTIQL);
        assertThat(ids(api.accepted(
                        "ExecuteStatement", "{\"Statement\":\"SELECT * FROM \\\"multi\\\" WHERE pk = 'p1'\"}")))
                .containsExactly("p1");
    }
}
