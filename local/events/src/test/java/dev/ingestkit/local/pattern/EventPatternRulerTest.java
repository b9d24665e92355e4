package dev.ingestkit.local.pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares event patterns with AWS's own library, software.amazon.event.ruler. */
final class EventPatternRulerTest {

    private static final int PATTERNS = 2_500;
    private static final int EVENTS_OF_A_PATTERN = 20;

    private static boolean matches(JsonNode pattern, JsonNode event) {
        return EventPattern.parse(pattern).matches(event);
    }

    @Test
    void patternsDecideLikeAwsLibrary() throws Exception {
        long seed = Long.getLong("ingest.seed", 20_261_128L);
        PatternCases cases = new PatternCases(seed);
        int matched = 0;
        for (int count = 0; count < PATTERNS; count++) {
            ObjectNode rules = cases.pattern();
            RulerOracle oracle = RulerOracle.of(rules);
            EventPattern pattern = EventPattern.parse(rules);
            for (int event = 0; event < EVENTS_OF_A_PATTERN; event++) {
                ObjectNode object = cases.event();
                boolean expected = oracle.matches(object);
                assertThat(pattern.matches(object))
                        .as("seed %d: pattern %s, event %s", seed, rules, object)
                        .isEqualTo(expected);
                matched += expected ? 1 : 0;
            }
        }
        assertThat(matched).isGreaterThan(PATTERNS * EVENTS_OF_A_PATTERN / 20);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "{\"a\":\"x\"}",
                "{\"a\":{}}",
                "{\"a\":[]}",
                "{\"a\":[[1]]}",
                "{\"a\":[{}]}",
                "{\"a\":[{\"like\":\"x\"}]}",
                "{\"a\":[{\"prefix\":\"x\",\"suffix\":\"y\"}]}",
                "{\"a\":[{\"prefix\":1}]}",
                "{\"a\":[{\"prefix\":{\"wildcard\":\"x\"}}]}",
                "{\"a\":[{\"suffix\":[\"x\"]}]}",
                "{\"a\":[{\"exists\":\"yes\"}]}",
                "{\"a\":[{\"exists\":false,\"prefix\":\"x\"}]}",
                "{\"a\":[{\"exactly\":1}]}",
                "{\"a\":[{\"equals-ignore-case\":[\"x\"]}]}",
                "{\"a\":[{\"wildcard\":\"a**b\"}]}",
                "{\"a\":[{\"wildcard\":\"a\\\\b\"}]}",
                "{\"a\":[{\"wildcard\":\"a\\\\\"}]}",
                "{\"a\":[{\"numeric\":1}]}",
                "{\"a\":[{\"numeric\":[]}]}",
                "{\"a\":[{\"numeric\":[\"!\",1]}]}",
                "{\"a\":[{\"numeric\":[\">\"]}]}",
                "{\"a\":[{\"numeric\":[\">\",\"1\"]}]}",
                "{\"a\":[{\"numeric\":[\">\",5,\"<\",0]}]}",
                "{\"a\":[{\"numeric\":[\">=\",5,\"<=\",5]}]}",
                "{\"a\":[{\"numeric\":[\"<\",10,\">\",0]}]}",
                "{\"a\":[{\"numeric\":[\">\",0,\">\",1]}]}",
                "{\"a\":[{\"numeric\":[\"=\",1,\"<\",2]}]}",
                "{\"a\":[{\"numeric\":[\"=\",9007199254740993]}]}",
                "{\"a\":[{\"anything-but\":[]}]}",
                "{\"a\":[{\"anything-but\":null}]}",
                "{\"a\":[{\"anything-but\":true}]}",
                "{\"a\":[{\"anything-but\":[null]}]}",
                "{\"a\":[{\"anything-but\":[\"x\",1]}]}",
                "{\"a\":[{\"anything-but\":9007199254740993}]}",
                "{\"a\":[{\"anything-but\":{}}]}",
                "{\"a\":[{\"anything-but\":{\"prefix\":\"\"}}]}",
                "{\"a\":[{\"anything-but\":{\"suffix\":[\"x\",\"\"]}}]}",
                "{\"a\":[{\"anything-but\":{\"prefix\":1}}]}",
                "{\"a\":[{\"anything-but\":{\"numeric\":[\"=\",1]}}]}",
                "{\"a\":[{\"anything-but\":{\"wildcard\":\"a**\"}}]}",
                "{\"a\":[{\"anything-but\":{\"prefix\":\"x\",\"suffix\":\"y\"}}]}",
                "{\"a\":[{\"cidr\":\"localhost/8\"}]}",
                "{\"a\":[{\"cidr\":\"10.0.0.0\"}]}",
                "{\"a\":[{\"cidr\":\"10.0.0.0/x\"}]}",
                "{\"a\":[{\"cidr\":\"10.0.0.0/-1\"}]}",
                "{\"a\":[{\"cidr\":\"10.0.0.0/32\"}]}",
                "{\"a\":[{\"cidr\":\"2001:db8::/128\"}]}",
                "{\"$or\":[{\"a\":[1]}]}",
                "{\"$or\":[{\"regex\":[1]},{\"a\":[1]}]}"
            })
    void patternsThatTheLibraryRefusesAreRefused(String pattern) {
        JsonNode tree = PatternCases.read(pattern);

        assertThat(RulerOracle.accepts(tree)).isFalse();
        assertThatThrownBy(() -> EventPattern.parse(tree)).isInstanceOf(IllegalArgumentException.class);
    }

    /** The library takes these for a plain member with this name, which no event of AWS has. */
    @ParameterizedTest
    @ValueSource(strings = {"{\"$or\":{\"a\":[1]}}", "{\"$or\":[1,2]}"})
    void alternativesThatAreNotAListOfPatternsAreRefused(String pattern) {
        JsonNode tree = PatternCases.read(pattern);

        assertThatThrownBy(() -> EventPattern.parse(tree)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"a\":[{\"equals-ignore-case\":\"k\"}]}            | {\"a\":\"\\u212a\"}                | false",
                "{\"a\":[{\"equals-ignore-case\":\"straße\"}]}       | {\"a\":\"STRASSE\"}                | true",
                "{\"a\":[{\"cidr\":\"10.0.0.0/8\"}]}                 | {\"a\":\"::ffff:10.0.0.1\"}        | false",
                "{\"a\":[\"2001:db8::1\"]}                           | {\"a\":\"2001:db8:0::1\"}          | true",
                "{\"a\":[9007199254740993]}                          | {\"a\":9007199254740993}           | true",
                "{\"a\":[9007199254740993]}                          | {\"a\":9007199254740992}           | false",
                "{\"a\":[{\"numeric\":[\">\",0]}]}                   | {\"a\":1764339424123456789}        | false",
                "{\"a.b\":[1]}                                       | {\"a\":{\"b\":1}}                  | true",
                "{\"a\":{\"b\":[1]}}                                 | {\"a.b\":1}                        | true",
                "{\"a\":{\"b\":[{\"exists\":false}]}}                | {\"a\":[]}                         | true",
                "{\"a\":[{\"exists\":false}]}                        | {\"a\":[[],1]}                     | false",
                "{\"a\":{\"b\":[{\"exists\":false}]}}                | {\"a\":[{\"c\":1},{\"b\":2}]}      | false",
                "{\"a\":{\"b\":[1],\"c\":[2]}}                       | {\"a\":[{\"b\":1},{\"c\":2}]}      | false",
                "{\"a\":{\"b\":[1],\"$or\":[{\"c\":[2]},{\"c\":[3]}]}} | {\"a\":[{\"b\":1},{\"c\":2}]}    | false",
            })
    void rareCasesDecideLikeAwsLibrary(String pattern, String event, boolean expected) throws Exception {
        JsonNode tree = PatternCases.read(pattern);
        JsonNode object = PatternCases.read(event);

        assertThat(RulerOracle.asked(tree, object)).isEqualTo(expected);
        assertThat(matches(tree, object)).isEqualTo(expected);
    }

    /** Each line is a mistake of the library that is not copied; the fidelity page says why. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"a\":[{\"cidr\":\"0.0.0.0/0\"}]}                          | {\"a\":1}                          |"
                        + " false",
                "{\"a\":[{\"cidr\":\"::/0\"}]}                               | {\"a\":\"10.0.0.1\"}               |"
                        + " false",
                "{\"a\":[{\"wildcard\":\"*x\"},{\"equals-ignore-case\":\"y\"}]} | {\"a\":\"true\"}                |"
                        + " false",
                "{\"a\":[1],\"$or\":[{\"a\":[2]},{\"b\":[3]}]}               | {\"a\":2}                          |"
                        + " false",
                "{\"l\":{\"b\":[\"A\"],\"a\":[{\"exists\":false}]}}          | {\"l\":[{\"b\":\"A\"},{\"a\":1}]}  |"
                        + " true",
            })
    void mistakesOfTheLibraryAreNotCopied(String pattern, String event, boolean here) throws Exception {
        JsonNode tree = PatternCases.read(pattern);
        JsonNode object = PatternCases.read(event);

        assertThat(matches(tree, object)).isEqualTo(here);
        assertThat(RulerOracle.asked(tree, object)).isNotEqualTo(here);
    }
}
