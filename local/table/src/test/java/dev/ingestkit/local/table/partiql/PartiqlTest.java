package dev.ingestkit.local.table.partiql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PartiqlTest {
    private static final String NONE = "{'Items':[]}";
    private static final String DUPLICATE = "Duplicate primary key exists in table";
    private final Database database = new Database();

    @BeforeEach
    void items() {
        database.run("INSERT INTO hash VALUE {'pk': 'x', 'n': 5, 's': 'str', 'ss': <<'a', 'b'>>, 'flag': true, "
                + "'nul': null, 'm': {'sub': [1, {'deep': 'yes'}]}, 'bin': 'it''s'}");
        for (String item : List.of(
                "{'pk': 'p', 'sk': 1, 'a': 'a3', 'g': 'x', 'i': 'i1', 'u': 'u1'}",
                "{'pk': 'p', 'sk': 2, 'a': 'a2', 'g': 'x', 'i': 'i2', 'u': 'u2'}",
                "{'pk': 'p', 'sk': 3, 'a': 'a1'}",
                "{'pk': 'q', 'sk': 1}")) {
            database.run("INSERT INTO \"range\" VALUE " + item);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "n = 5",
                "n > -5",
                "n = - - 5",
                "5.0e0 = n",
                "n BETWEEN 4 AND .6e1",
                "n IN [4, 5]",
                "n IN (5)",
                "n NOT BETWEEN 6 AND 7",
                "n != 6 AND NOT n = 6",
                "(n = 6 OR s = 'str')",
                "begins_with(\"s\", 'st')",
                "contains(ss, 'a')",
                "CONTAINS(s, 'tr')",
                "size(s) = 3",
                "attribute_type(ss, 'SS')",
                "attribute_exists(m.sub[1].deep)",
                "attribute_exists(ss) = true",
                "attribute_exists(absent) = false",
                "absent IS MISSING",
                "s IS NOT MISSING",
                "nul IS NULL",
                "s IS NOT NULL",
                "flag IS BOOL AND s IS STRING",
                "ss = <<'b', 'a'>>",
                "m.sub = [1, {'deep': 'yes'}]",
                "bin = 'it''s'",
                "m.sub[0] = 1 -- a note",
                "flag = TRUE /* a note */ ;"
            })
    void conditionsFindTheItem(String condition) {
        assertThat(database.run("SELECT pk FROM \"hash\" WHERE pk = 'x' AND " + condition))
                .isEqualTo("{'Items':[{'pk':{'S':'x'}}]}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"n = 6", "n <> 5", "absent = 1", "s IS NULL", "absent IS NULL", "s IS BOOL"})
    void conditionsThatDoNotHoldFindNothing(String condition) {
        assertThat(database.run("SELECT pk FROM \"hash\" WHERE pk = 'x' AND " + condition))
                .isEqualTo(NONE);
    }

    @Test
    void pathsAreReturnedUnderTheirLastNames() {
        assertThat(database.run("SELECT m.sub[1].deep, m.sub[0], absent, n FROM hash WHERE pk = 'x'"))
                .isEqualTo("{'Items':[{'deep':{'S':'yes'},'n':{'N':'5'},'sub[0]':{'N':'1'}}]}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "pk = 'p' | 1 2 3",
                "pk = 'p' ORDER BY sk DESC | 3 2 1",
                "pk = 'p' AND sk > 1 | 2 3",
                "2 >= sk AND pk = 'p' | 1 2",
                "pk = 'p' AND sk BETWEEN 2 AND 3 ORDER BY sk ASC | 2 3",
                "pk = 'p' AND sk = 1 AND sk > 0 | 1",
                "pk = 'p' AND sk <> 1 | 2 3",
                "pk = 'p' AND NOT sk = 1 | 2 3",
                "pk = 'p' AND sk IN [1, 3] | 1 3",
                "pk = 'p' AND (sk = 1 OR sk = 2) | 1 2",
                "pk = 'p' AND a = 'a1' | 3"
            })
    void keysAreQueriedInOrder(String where, String keys) {
        String expected = Pattern.compile(" ")
                .splitAsStream(keys)
                .map(key -> "{'sk':{'N':'" + key + "'}}")
                .collect(Collectors.joining(",", "{'Items':[", "]}"));
        assertThat(database.run("SELECT sk FROM \"range\" WHERE " + where)).isEqualTo(expected);
    }

    @Test
    void aStatementWithoutPartitionKeyScans() {
        assertThat(database.run("SELECT sk FROM \"range\" WHERE a = 'a2'")).isEqualTo("{'Items':[{'sk':{'N':'2'}}]}");
        assertThat(database.run("SELECT * FROM hash WHERE n = 4")).isEqualTo(NONE);
        assertThat(database.run("SELECT pk FROM hash")).isEqualTo("{'Items':[{'pk':{'S':'x'}}]}");
    }

    @Test
    void pagesContinueAtTheirTokens() {
        String first = database.accepted(
                "ExecuteStatement", "{\"Statement\": \"SELECT sk FROM \\\"range\\\" WHERE pk = 'p'\", \"Limit\": 2}");
        assertThat(first).contains("\"Items\":[{\"sk\":{\"N\":\"1\"}},{\"sk\":{\"N\":\"2\"}}]");
        String token = first.replaceAll(".*\"NextToken\":\"([^\"]*)\".*", "$1");

        assertThat(database.accepted(
                        "ExecuteStatement",
                        "{\"Statement\": \"SELECT sk FROM \\\"range\\\" WHERE pk = 'p'\", \"NextToken\": \"" + token
                                + "\"}"))
                .isEqualTo("{\"Items\":[{\"sk\":{\"N\":\"3\"}}]}");
        assertThat(database.refused(
                        "ExecuteStatement",
                        "{\"Statement\": \"SELECT * FROM hash\", \"NextToken\": \"" + token + "\"}"))
                .contains("NextToken does not match request");
    }

    @Test
    void partitionsAreLookedUpOneAfterTheOther() {
        for (int number = 0; number < 30; number++) {
            database.run("INSERT INTO \"range\" VALUE {'pk': 'k%d', 'sk': %d, 'n': %d}"
                    .formatted(number % 10, number, number % 2));
        }
        String statement = "SELECT sk FROM \\\"range\\\" WHERE pk IN ['k3', 'none', 'k5', 'k3', 7] AND sk > 4";
        String all = database.accepted(
                "ExecuteStatement", "{\"Statement\": \"" + statement + "\", \"ReturnConsumedCapacity\": \"TOTAL\"}");
        assertThat(all)
                .as("five small items of two partitions, and nothing else is read")
                .isEqualTo("{\"Items\":[{\"sk\":{\"N\":\"13\"}},{\"sk\":{\"N\":\"23\"}},{\"sk\":{\"N\":\"5\"}},"
                        + "{\"sk\":{\"N\":\"15\"}},{\"sk\":{\"N\":\"25\"}}],"
                        + "\"ConsumedCapacity\":{\"TableName\":\"range\",\"CapacityUnits\":1.5}}");

        List<String> pages = new ArrayList<>();
        String token = "";
        do {
            String page = database.accepted(
                    "ExecuteStatement", "{\"Statement\": \"" + statement + "\", \"Limit\": 2" + token + "}");
            pages.add(page.replaceAll(",\"NextToken.*", "")
                    .replaceAll("[^0-9,]", "")
                    .replaceAll(",+", ","));
            token = page.contains("NextToken")
                    ? ", \"NextToken\": \"" + page.replaceAll(".*\"NextToken\":\"([^\"]*)\".*", "$1") + "\""
                    : "";
        } while (!token.isEmpty());
        assertThat(String.join("|", pages)).isEqualTo("13,23|5,15|25");
    }

    @Test
    void indexesHoldTheirProjection() {
        assertThat(database.run("SELECT * FROM \"range\".\"gsi\" WHERE g = 'x' AND i = 'i2'"))
                .isEqualTo("{'Items':[{'g':{'S':'x'},'i':{'S':'i2'},'pk':{'S':'p'},'sk':{'N':'2'}}]}");
        assertThat(database.run("SELECT sk FROM \"range\".lsi WHERE pk = 'p' AND a > 'a1' ORDER BY a DESC"))
                .isEqualTo("{'Items':[{'sk':{'N':'1'}},{'sk':{'N':'2'}}]}");
        assertThat(database.run("SELECT u FROM \"range\".\"lsi\" WHERE pk = 'p' AND a = 'a3'"))
                .isEqualTo("{'Items':[{'u':{'S':'u1'}}]}");
        assertThat(database.run("SELECT sk FROM \"range\".\"gsi\" WHERE u = 'u1'"))
                .isEqualTo(NONE);
    }

    @Test
    void updatesChangeTheItemOfTheKey() {
        assertThat(database.run("UPDATE hash SET n = n - 1, m.sub[0] = 'new' SET l = list_append([1], m.sub) "
                        + "REMOVE s, flag WHERE pk = 'x' AND n = 5"))
                .isEqualTo(NONE);
        assertThat(database.run("SELECT n, m.sub[0], s, l[0] FROM hash WHERE pk = 'x'"))
                .isEqualTo("{'Items':[{'l[0]':{'N':'1'},'n':{'N':'4'},'sub[0]':{'S':'new'}}]}");
    }

    @Test
    void setsGainAndLoseElements() {
        database.run("UPDATE hash SET ss = SET_ADD(ss, <<'z'>>) SET fresh = set_add(fresh, <<1>>) WHERE pk = 'x'");
        database.run("FROM hash WHERE pk = 'x' SET ss = set_delete(ss, <<'a', 'b'>>) REMOVE nul");

        assertThat(database.run("SELECT ss, fresh, nul FROM hash WHERE pk = 'x'"))
                .isEqualTo("{'Items':[{'fresh':{'NS':['1']},'ss':{'SS':['z']}}]}");
    }

    @Test
    void returningGivesTheItemBeforeOrAfter() {
        assertThat(database.run("UPDATE hash SET n = 6 WHERE pk = 'x' RETURNING MODIFIED OLD *"))
                .isEqualTo("{'Items':[{'n':{'N':'5'}}]}");
        assertThat(database.run("UPDATE hash SET n = 7 WHERE pk = 'x' RETURNING MODIFIED NEW *"))
                .isEqualTo("{'Items':[{'n':{'N':'7'}}]}");
        assertThat(database.run("UPDATE hash REMOVE n WHERE pk = 'x' RETURNING MODIFIED NEW *"))
                .isEqualTo(NONE);
        assertThat(database.run("DELETE FROM \"range\" WHERE pk = 'q' AND sk = 1 RETURNING ALL OLD *"))
                .isEqualTo("{'Items':[{'pk':{'S':'q'},'sk':{'N':'1'}}]}");
    }

    @Test
    void writesThatFindNoItemOrFailTheirCondition() {
        String failed = "ConditionalCheckFailedException','message':'The conditional request failed'}";

        assertThat(database.refused("UPDATE hash SET n = 1 WHERE pk = 'absent'"))
                .endsWith(failed);
        assertThat(database.refused("UPDATE hash SET n = 1 WHERE pk = 'absent' AND attribute_not_exists(pk)"))
                .endsWith(failed);
        assertThat(database.refused("UPDATE hash SET n = 1 WHERE pk = 'x' AND n = 4"))
                .endsWith(failed);
        assertThat(database.refused("DELETE FROM hash WHERE pk = 'x' AND n = 4"))
                .endsWith(failed);
        assertThat(database.run("DELETE FROM hash WHERE pk = 'absent'")).isEqualTo(NONE);
        assertThat(database.refused("INSERT INTO hash VALUE {'pk': 'x'}"))
                .isEqualTo("{'__type':'com.amazonaws.dynamodb.v20120810#DuplicateItemException','message':'" + DUPLICATE
                        + "'}");
    }

    @Test
    void transactionsDoAllOrNothing() {
        assertThat(database.transaction(
                        "EXISTS(SELECT * FROM hash WHERE pk = 'x' AND absent IS MISSING)",
                        "INSERT INTO hash VALUE {'pk': 'y'}",
                        "UPDATE \"range\" SET n = 1 WHERE pk = 'p' AND sk = 1",
                        "DELETE FROM \"range\" WHERE pk = 'q' AND sk = 1"))
                .isEqualTo("{'Responses':[]}");
        assertThat(database.transaction(
                        "SELECT n FROM \"range\" WHERE sk = 1 AND pk = 'p'", "SELECT * FROM hash WHERE pk IN ['none']"))
                .isEqualTo("{'Responses':[{'Item':{'n':{'N':'1'}}},{}]}");
        assertThat(database.refusedTransaction(
                        "INSERT INTO hash VALUE {'pk': 'x'}",
                        "UPDATE hash SET n = 1 WHERE pk = 'absent'",
                        "INSERT INTO hash VALUE {'pk': 'z'}"))
                .endsWith("'Transaction cancelled, please refer cancellation reasons for specific reasons "
                        + "[DuplicateItem, ConditionalCheckFailed, None]','CancellationReasons':["
                        + "{'Code':'DuplicateItem','Message':'" + DUPLICATE + "'},"
                        + "{'Code':'ConditionalCheckFailed','Message':'The conditional request failed'},"
                        + "{'Code':'None'}]}");
        assertThat(database.run("SELECT * FROM hash WHERE pk = 'z'")).isEqualTo(NONE);
        assertThat(database.refusedTransaction(
                        "SELECT * FROM absent WHERE pk = 'x'", "SELECT * FROM hash WHERE pk = 'x'"))
                .contains("[ResourceNotFound, None]");
    }

    @Test
    void batchesTellErrorsInPlace() {
        assertThat(database.batch(
                        "SELECT n FROM hash WHERE pk = 'x'",
                        "SLECT * FROM hash",
                        "SELECT * FROM absent WHERE pk = 'x'",
                        "INSERT INTO hash VALUE {'pk': 'x'}",
                        "UPDATE hash SET n = 1 WHERE pk = 'x' RETURNING MODIFIED NEW *",
                        "SELECT * FROM hash WHERE n = 1"))
                .isEqualTo("{'Responses':["
                        + "{'TableName':'hash','Item':{'n':{'N':'5'}}},"
                        + "{'Error':{'Code':'ValidationError','Message':'Statement wasn't well formed, "
                        + "can't be processed: Expected data manipulation'}},"
                        + "{'Error':{'Code':'ResourceNotFound','Message':'Requested resource not found'}},"
                        + "{'Error':{'Code':'DuplicateItem','Message':'" + DUPLICATE
                        + "'}},{'TableName':'hash','Item':{'n':{'N':'1'}}},{'Error':{'Code':'ValidationError','Message':'Select"
                        + " statements within BatchExecuteStatement must specify the primary key in the where"
                        + " clause.'}}]}");
    }

    @Test
    void parametersStandForValues() {
        assertThat(database.accepted(
                        "ExecuteStatement",
                        "{\"Statement\": \"SELECT pk FROM hash WHERE pk = ? AND ss = ?\", "
                                + "\"Parameters\": [{\"S\": \"x\"}, {\"SS\": [\"b\", \"a\"]}], "
                                + "\"ReturnConsumedCapacity\": \"TOTAL\"}"))
                .isEqualTo("{\"Items\":[{\"pk\":{\"S\":\"x\"}}],"
                        + "\"ConsumedCapacity\":{\"TableName\":\"hash\",\"CapacityUnits\":0.5}}");
    }
}
