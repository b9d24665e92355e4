package dev.ingestkit.local.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ingestkit.local.events.EventSourceKind;
import dev.ingestkit.local.events.SequenceNumber;
import dev.ingestkit.local.mapping.StreamSource.StreamRecord;
import dev.ingestkit.local.mapping.filter.EventFilter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Covers the event pattern language on a record's data and metadata. */
final class EventFilterTest {

    private static boolean passes(String pattern, String data) {
        StreamRecord record = new StreamRecord(
                new SequenceNumber("42"),
                "key-1",
                data.getBytes(StandardCharsets.UTF_8),
                Instant.parse("2026-01-01T00:00:00.500Z"),
                null);
        return EventFilter.compile(EventSourceKind.KINESIS, List.of(pattern)).passes(record);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[\"x\"]                                      | \"x\"            | true",
                "[\"x\"]                                      | \"X\"            | false",
                "[\"x\",\"y\"]                                | \"y\"            | true",
                "[\"\"]                                       | \"\"             | true",
                "[null]                                       | null             | true",
                "[null]                                       | 0                | false",
                "[true]                                       | true             | true",
                "[true]                                       | \"true\"         | false",
                "[300]                                        | 300              | true",
                "[300]                                        | 300.0            | true",
                "[300]                                        | 3.0e2            | true",
                "[\"x\"]                                      | [\"a\",\"x\"]    | true",
                "[\"x\"]                                      | [\"a\",\"b\"]    | false",
                "[{\"prefix\":\"us-\"}]                       | \"us-east-1\"    | true",
                "[{\"prefix\":\"us-\"}]                       | \"eu-us-1\"      | false",
                "[{\"prefix\":{\"equals-ignore-case\":\"US-\"}}] | \"us-east-1\" | true",
                "[{\"suffix\":\".png\"}]                      | \"a.png\"        | true",
                "[{\"suffix\":\".png\"}]                      | \"a.PNG\"        | false",
                "[{\"suffix\":{\"equals-ignore-case\":\".png\"}}] | \"a.PNG\"    | true",
                "[{\"equals-ignore-case\":\"alice\"}]         | \"ALICE\"        | true",
                "[{\"equals-ignore-case\":\"alice\"}]         | \"alic\"         | false",
                "[{\"anything-but\":\"x\"}]                   | \"y\"            | true",
                "[{\"anything-but\":\"x\"}]                   | \"x\"            | false",
                "[{\"anything-but\":[1,2]}]                   | 3                | true",
                "[{\"anything-but\":[1,2]}]                   | 2                | false",
                "[{\"anything-but\":{\"prefix\":\"us-\"}}]    | \"us-1\"         | false",
                "[{\"anything-but\":{\"prefix\":\"us-\"}}]    | \"eu-1\"         | true",
                "[{\"anything-but\":{\"prefix\":[\"us-\",\"eu-\"]}}] | \"eu-1\"  | false",
                "[{\"anything-but\":{\"suffix\":\"-1\"}}]     | \"eu-1\"         | false",
                "[{\"anything-but\":{\"equals-ignore-case\":[\"a\",\"B\"]}}] | \"b\" | false",
                "[{\"anything-but\":{\"wildcard\":\"*/lib/*\"}}] | \"a/lib/b\"   | false",
                "[{\"anything-but\":{\"wildcard\":\"*/lib/*\"}}] | \"a/bin/b\"   | true",
                "[{\"numeric\":[\"=\",100]}]                  | 100.0            | true",
                "[{\"numeric\":[\">\",10,\"<=\",20]}]         | 20               | true",
                "[{\"numeric\":[\">\",10,\"<=\",20]}]         | 10               | false",
                "[{\"numeric\":[\"<\",0]}]                    | -0.5             | true",
                "[{\"numeric\":[\">=\",1e3]}]                 | 1000             | true",
                "[{\"numeric\":[\"=\",1]}]                    | \"1\"            | false",
                "[{\"exists\":true}]                          | null             | true",
                "[{\"exists\":false}]                         | 1                | false",
                "[{\"exists\":true}]                          | {\"b\":1}        | false",
                "[{\"wildcard\":\"a*c\"}]                     | \"abbc\"         | true",
                "[{\"wildcard\":\"a*c\"}]                     | \"abb\"          | false",
                "[{\"wildcard\":\"a.c\"}]                     | \"abc\"          | false",
                "[{\"wildcard\":\"a\\\\*c\"}]                 | \"a*c\"          | true",
                "[{\"wildcard\":\"a\\\\*c\"}]                 | \"abc\"          | false",
                "[{\"cidr\":\"10.0.0.0/24\"}]                 | \"10.0.0.77\"    | true",
                "[{\"cidr\":\"10.0.0.0/24\"}]                 | \"10.0.1.77\"    | false",
                "[{\"cidr\":\"10.0.0.0/24\"}]                 | \"example.org\"  | false",
                "[{\"cidr\":\"2001:db8::/32\"}]               | \"2001:db8::1\"  | true",
                "[{\"prefix\":\"a\"},{\"suffix\":\"z\"}]      | \"xyz\"          | true",
                "{\"b\":{\"c\":[1]}}                          | {\"b\":{\"c\":1}} | true",
                "{\"b\":{\"c\":[1]}}                          | {\"b\":1}        | false",
                "{\"b\":[1],\"c\":[2]}                        | {\"b\":1,\"c\":2,\"d\":3} | true",
                "{\"b\":[1],\"c\":[2]}                        | {\"b\":1,\"c\":3} | false",
                "{\"b\":[1]}                                  | [{\"b\":0},{\"b\":1}] | true",
                "{\"$or\":[{\"b\":[1]},{\"c\":[2]}]}          | {\"c\":2}        | true",
                "{\"$or\":[{\"b\":[1]},{\"c\":[2]}]}          | {\"b\":2,\"c\":1} | false",
            })
    void rulesDecideAsInEventBridge(String rules, String value, boolean passes) {
        assertThat(passes("{\"data\":{\"a\":" + rules + "}}", "{\"a\":" + value + "}"))
                .isEqualTo(passes);
    }

    @Test
    void aMissingMemberMatchesOnlyExistsFalse() {
        assertThat(passes("{\"data\":{\"a\":[{\"exists\":false}]}}", "{}")).isTrue();
        assertThat(passes("{\"data\":{\"a\":[{\"exists\":false}]}}", "{\"a\":[]}"))
                .isTrue();
        assertThat(passes("{\"data\":{\"a\":[{\"exists\":true}]}}", "{}")).isFalse();
        assertThat(passes("{\"data\":{\"a\":[{\"anything-but\":\"x\"}]}}", "{}"))
                .isFalse();
    }

    @Test
    void metadataIsFilteredToo() {
        assertThat(passes("{\"partitionKey\":[\"key-1\"]}", "{}")).isTrue();
        assertThat(passes("{\"partitionKey\":[\"key-2\"]}", "{}")).isFalse();
        assertThat(passes("{\"approximateArrivalTimestamp\":[{\"numeric\":[\">\",1767225600]}]}", "{}"))
                .isTrue();
        assertThat(passes("{\"$or\":[{\"partitionKey\":[\"other\"]},{\"data\":{\"a\":[1]}}]}", "{\"a\":1}"))
                .isTrue();
    }

    @Test
    void dataThatIsNotJsonPassesOnlyPatternsWithoutData() {
        assertThat(passes("{\"data\":{\"a\":[{\"exists\":false}]}}", "plain text"))
                .isFalse();
        assertThat(passes("{\"data\":{\"a\":[{\"exists\":false}]}}", "")).isFalse();
        assertThat(passes("{\"partitionKey\":[\"key-1\"]}", "plain text")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "{\"data\":[\"text\"]}",
                "{\"data\":\"text\"}",
                "{\"a\":\"x\"}",
                "{\"a\":[]}",
                "{\"a\":[[1]]}",
                "{\"a\":[{\"like\":\"x\"}]}",
                "{\"a\":[{\"prefix\":\"x\",\"suffix\":\"y\"}]}",
                "{\"a\":[{\"prefix\":1}]}",
                "{\"a\":[{\"exists\":\"yes\"}]}",
                "{\"a\":[{\"numeric\":[\"!\",1]}]}",
                "{\"a\":[{\"numeric\":[\">\"]}]}",
                "{\"a\":[{\"numeric\":[\">\",\"1\"]}]}",
                "{\"a\":[{\"wildcard\":\"a**b\"}]}",
                "{\"a\":[{\"wildcard\":\"a\\\\b\"}]}",
                "{\"a\":[{\"anything-but\":[]}]}",
                "{\"a\":[{\"anything-but\":{\"numeric\":[\"=\",1]}}]}",
                "{\"a\":[{\"cidr\":\"localhost/8\"}]}",
                "{\"a\":[{\"cidr\":\"10.0.0.0/33\"}]}",
                "{\"$or\":[{\"a\":[1]}]}"
            })
    void invalidPatternsAreRejected(String pattern) {
        MappingConfig.Builder config = MappingScenario.config().filterPatterns(List.of(pattern));

        assertThatThrownBy(config::build)
                .isInstanceOf(InvalidMappingException.class)
                .hasMessageStartingWith("Invalid filter pattern definition.");
    }

    @Test
    void filteredRecordsCountAsProcessedAndOthersKeepTheirBytes() {
        MappingScenario scenario = new MappingScenario();
        scenario.stream.put("key", "{\"kind\":  \"a\"}");
        scenario.stream.put("key", "{\"kind\":\"b\"}");
        scenario.stream.put("key", "no json");
        EventSourceMapping mapping = scenario.start(config ->
                config.filterPatterns(List.of("{\"data\":{\"kind\":[\"a\"]}}", "{\"data\":{\"kind\":[\"c\"]}}")));
        scenario.time.settle();

        assertThat(scenario.function.deliveries()).containsExactly(List.of("{\"kind\":  \"a\"}"));
        assertThat(mapping.metrics().filtered()).isEqualTo(2);
        assertThat(scenario.checkpoint()).endsWith("3");
    }
}
